/* What a model says, thrown at all that reads it.
 *   clang -std=c11 -D_GNU_SOURCE -Itools -g -fsanitize=fuzzer,address,undefined
 *     tests/fuzz/reply.c tools/lib/{die,text,file,json,lines,fence,bare,reply,code}.c
 *     tools/lib/{lax,quoted,pick,splice}.c -lcjson
 *   ./a.out -fork=1 -rss_limit_mb=4096 -max_total_time=120
 * compile.c is left out: what parses is decided by counting brackets.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/lib.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

/* The house frees nothing. */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

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

static void
must(int truth)
{
	if (!truth)
		abort();
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

/* A block that was found can be replaced; then the script holds the new. */
static void
replace(const char *script, const char *block)
{
	char *why, *found = find_block(script, block, &why), *s;

	must(!found == !!why);
	if (!found)
		return;
	must(strstr(script, found) != NULL);
	s = splice_code(script, found, "new = 1", &why);
	must(!s || strstr(s, "new = 1"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s, *why, *code;
	int cut, wanted;

	if (size < 2)
		return -1;
	cut = data[0] & 1;
	wanted = (data[0] >> 1) % 3;
	s = clean((const char *)data + 1, size - 1);
	must(!reply_text(s, &why) == !!why);
	code = reply_code(s, cut, data[0] & 8 ? "Score" : NULL, &why);
	must(code ? ends(code, "\n") && !why && !syntax_error(code) : !!why);
	must(!reply_json(s, cut, check, &wanted, &why) == !!why);
	compare(s);
	if ((code = strstr(s, "@@"))) {
		*code = 0;
		replace(s, code + 2);
	}
	return 0;
}
