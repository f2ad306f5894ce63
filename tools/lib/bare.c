#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

/* Where the first line that looks like Python starts; null if none does. */
static const char *
pythonic(const char *s, const char *re)
{
	regex_t r;
	regmatch_t m;
	int found;

	if (regcomp(&r, re, REG_EXTENDED | REG_NEWLINE))
		need(NULL);
	found = regexec(&r, s, 1, &m, 0) == 0;
	regfree(&r);
	return found ? s + m.rm_so : NULL;
}

int
is_script(const char *s)
{
	static const char re[] = "^[ \t]*(import |from [[:alnum:]_.]+ import "
	    "|def |class |[[:alnum:]_.]+\\(|[[:alnum:]_.]+ *=)";

	return pythonic(s, re) && !syntax_error(s);
}

char *
script_in_prose(const char *s)
{
	static const char re[] = "^(import [[:alnum:]_.]+|from "
	    "[[:alnum:]_.]+ import |def [[:alnum:]_]+\\("
	    "|class [[:alnum:]_]+[(:]|@[[:alpha:]]|#!/)";
	char *text[31], *why, **line;
	size_t i, k, n;

	if (!(s = pythonic(s, re)))
		return NULL;
	line = split_lines(s, &n);
	for (k = 0; k < 31 && k + 2 <= n; k++)
		text[k] = join_lines(line, n - k);
	i = first_python(text, k, &why);
	return i < k ? text[i] : NULL;
}
