/* A block that a model names: it is found as it stands in the script, which
 * then holds the new one exactly there, and nothing else of it changes.
 * Parts: the script, the block, the new block.
 */
#include "net/net.h"
#include "fuzz.h"

/* The lines of s that hold something, without their indentation. */
static char *
bare(const char *s)
{
	struct text t = {0};
	size_t n, i;
	char **line = split_lines(s, &n);

	add(&t, "");
	for (i = 0; i < n; i++)
		if (!blank(line[i]))
			addf(&t, "%s\n", line[i] + indent(line[i]));
	return t.s;
}

/* What stands before and after the one found stays as it is. */
static void
check(const char *script, const char *block, const char *with)
{
	char *why, *found = find_block(script, block, &why), *s, *at, *end, *again;
	size_t n;

	must(!found == !!why);
	s = splice_code(script, block, with, &why);
	must(!s == !!why && (!s || found));
	if (!s)
		return;
	again = find_block(script, found, &why);
	must(again ? !strcmp(again, found) : ends(why, "more than once in the script"));
	for (at = strstr(script, found); at; at = strstr(at + 1, found)) {
		n = at - script;
		if ((n && at[-1] != '\n') || strncmp(s, script, n))
			continue;
		end = at + strlen(found);
		end += *end == '\n';
		if (ends(s, end) && strlen(s) >= n + strlen(end)
		    && !strcmp(bare(format("%.*s", (int)(strlen(s)
		    - strlen(end) - n), s + n)), bare(with)))
			return;
	}
	must(0);
}

void
fuzz_splice(const char *data, size_t n)
{
	char *rest = clean(data, n), *script = next_part(&rest);
	char *block = next_part(&rest), *with = next_part(&rest);

	check(script, block, with);
	if (find_block(script, block, &rest))
		check(script, block, "unheard_of = 1");
}
