/* What a model says: a reason is told if, and only if, there is nothing; a
 * script that is taken parses; JSON is read as cJSON reads it.
 * compile.c is left out: what parses is decided by counting brackets.
 */
#include "net/net.h"
#include "fuzz.h"

char *
syntax_error(const char *text)
{
	int depth = 0, quotes = 0;

	for (; *text && depth >= 0; text++) {
		depth += *text == '(';
		depth -= *text == ')';
		quotes += *text == '"';
	}
	return depth || quotes % 2 ? (char *)"line 1: brackets" : NULL;
}

size_t
first_python(char **text, size_t n, char **why)
{
	size_t i;

	for (i = 0; i < n && (*why = syntax_error(text[i])); i++)
		;
	return i;
}

static const char *
check(cJSON *j, void *arg)
{
	int *wanted = arg;

	if (*wanted == 0)
		return NULL;
	if (*wanted == 1)
		return cJSON_IsArray(j) && j->child ? NULL : "no list";
	return jopt(j, "/a") ? NULL : "no a";
}

/* What cJSON reads the lax reader reads the same, unless it is too deep. */
static void
compare(const char *s)
{
	cJSON *j = cJSON_Parse(s);
	struct lax r = {0};
	char *text;

	if (!j)
		return;
	r.s = text = cJSON_PrintUnformatted(j);
	j = lax_value(&r);
	must(j ? !*r.s && strcmp(cJSON_PrintUnformatted(j), text) == 0
	    : strlen(text) > 32);
}

void
fuzz_reply(const char *data, size_t size)
{
	char *s, *why, *code;
	int cut, wanted;

	if (!size)
		return;
	cut = *data & 1;
	wanted = (*data >> 1 & 3) % 3;
	s = clean(data + 1, size - 1);
	must(!reply_text(s, &why) == !!why);
	code = reply_code(s, cut, *data & 8 ? "Score" : NULL, &why);
	must(code ? ends(code, "\n") && !why && !syntax_error(code) : !!why);
	must(!reply_json(s, cut, check, &wanted, &why) == !!why);
	compare(s);
}
