#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum level {
	EXACT,          /* the same lines */
	TRAILING,       /* but for blanks at their ends */
	INDENTED,       /* and for the indentation common to all */
	FIRST,          /* or for that of the first line alone */
	LEVELS
};

struct lines {
	char **s;
	size_t n;
};

static struct lines
lines_of(const char *s)
{
	struct lines l;

	l.s = split_lines(s, &l.n);
	l.n = trim_lines(&l.s, l.n);
	return l;
}

/* Whether no line stands further left than the first. */
static int
flush(struct lines l)
{
	return indent(*l.s) == common_indent(l.s, l.n);
}

static int
same(const char *a, const char *b)
{
	for (; *a && *a == *b; a++)
		b++;
	return blank(a) && blank(b);
}

static int
fits(char **script, struct lines block, enum level level)
{
	size_t i, n = block.n, a = 0, b = 0;

	if (level == FIRST && !flush((struct lines){script, n}))
		return 0;
	if (level == INDENTED) {
		a = common_indent(script, n);
		b = common_indent(block.s, n);
	}
	for (i = 0; i < n; i++) {
		if (level == FIRST)
			a = b = i ? 0 : (size_t)-1;
		if (level == EXACT ? strcmp(script[i], block.s[i]) != 0
		    : !same(unindented(script[i], a),
		            unindented(block.s[i], b)))
			return 0;
	}
	return 1;
}

/* The line of the script where the block stands; -1 with *why. */
static ssize_t
find(struct lines script, struct lines block, char **why)
{
	enum level level;
	size_t i, count = 0;
	ssize_t at = -1;

	*why = (char *)"the block is empty";
	if (!block.n)
		return -1;
	*why = (char *)"the block is not in the script";
	for (level = EXACT; level < LEVELS && !count; level++)
		for (i = 0; i + block.n <= script.n; i++)
			if (fits(script.s + i, block, level)) {
				at = i;
				count++;
			}
	if (count == 1)
		*why = NULL;
	if (count > 1)
		*why = (char *)"the block occurs more than once in the script";
	return count == 1 ? at : -1;
}

/* Moves the new lines to where the old ones stand, which block describes.
 * A model that was shown a block of a function's body gives it back at the
 * left margin as often as not, so then the block's own place is no matter. */
static void
reindent(struct lines with, struct lines block, struct lines old)
{
	int own = flush(old) && flush(with);
	size_t to = common_indent(old.s, old.n), i;
	size_t from = own ? common_indent(with.s, with.n)
	    : common_indent(block.s, block.n);

	if (!own && from == to)
		return;
	for (i = 0; i < with.n; i++)
		if (!blank(with.s[i]))
			with.s[i] = format("%.*s%s", (int)to, *old.s,
			    unindented(with.s[i], from));
}

char *
find_block(const char *script, const char *block, char **why)
{
	struct lines s, b = lines_of(block);
	ssize_t at;
	char *found;

	s.s = split_lines(script, &s.n);
	if ((at = find(s, b, why)) < 0)
		return NULL;
	found = join_lines(s.s + at, b.n);
	found[strlen(found) - 1] = 0;
	return found;
}

char *
splice_code(const char *script, const char *block, const char *with, char **why)
{
	struct lines s, b = lines_of(block), w = lines_of(with), old;
	ssize_t at;
	char *new;

	s.s = split_lines(script, &s.n);
	if ((at = find(s, b, why)) < 0)
		return NULL;
	if (!w.n) {
		*why = (char *)"the new block is empty";
		return NULL;
	}
	old = (struct lines){s.s + at, b.n};
	reindent(w, b, old);
	new = join_lines(w.s, w.n);
	if (strcmp(new, join_lines(old.s, old.n)) == 0) {
		*why = (char *)"the new block is the same as the old";
		return NULL;
	}
	return format("%s%s%s", join_lines(s.s, at), new,
	    join_lines(s.s + at + b.n, s.n - at - b.n));
}
