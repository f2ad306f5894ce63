#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

struct block {
	char *code;
	char *why;      /* why it does not parse, or null */
	int python;     /* 1 if it is labelled so, 0 without a label */
};

static const char cut_off[] = "the reply was cut at the token limit";

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

/* The text itself, if it is a script and nothing else: prose of one word,
 * "Note: done" and "None (unchanged)" parse too. */
static char *
bare(char *s)
{
	static const char re[] = "^[ \t]*(import |from [[:alnum:]_.]+ import "
	    "|def |class |[[:alnum:]_.]+\\(|[[:alnum:]_.]+ *=)";
	struct fence f;
	size_t n;
	char **line = split_lines(s, &n);

	if (!n || fence_opens(*line, &f) || !pythonic(s, re))
		return NULL;
	return syntax_error(s) ? NULL : s;
}

/* The script between prose before and up to 30 lines of prose after. */
static char *
between(const char *s)
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
	return i < k ? trimmed(text[i]) : NULL;
}

/* 1 labelled Python, 0 without a label, -1 something else */
static int
kind(const char *lang)
{
	static const char *const name[] = {
		"python", "py", "python3", "py3", "ipython", "ipython3"
	};
	size_t i;

	for (i = 0; i < sizeof name / sizeof *name; i++)
		if (strcmp(lang, name[i]) == 0)
			return 1;
	return *lang ? -1 : 0;
}

/* Nothing but blanks and comments; or, without a label, nothing that could do
 * anything: words, as in a message, parse too. */
static int
hollow(const struct block *b)
{
	const char *s = b->code;

	if (!b->python && !strpbrk(s, "=(") && !strstr(s, "import "))
		return 1;
	for (; *s; s += strcspn(s, "\n"), s += *s == '\n')
		if (!strchr("#\n", s[strspn(s, " \t\f")]))
			return 0;
	return 1;
}

/* Fills b from the fence that opened before line[from]; returns the line to
 * go on at.  Of several ends the first that leaves a script is right: in
 * a docstring there may be fences. */
static size_t
take(char **line, size_t n, size_t from, const struct fence *f, int cut,
    struct block *b)
{
	struct body body[BODIES];
	char *text[BODIES];
	size_t i, k = fence_bodies(line, n, from, f, body);

	for (i = 0; i < k; i++)
		text[i] = dedent(body[i].s);
	b->python = kind(f->lang);
	b->why = NULL;
	i = 0;
	if (body->end == n && cut)
		b->why = (char *)cut_off;
	else if (b->python >= 0 && (i = first_python(text, k, &b->why)) < k)
		b->why = NULL;
	i = i < k ? i : 0;
	b->code = text[i];
	return body[i].end + 1;
}

/* Whether a is to be taken rather than b, which stands before it. */
static int
preferable(const struct block *a, const struct block *b, const char *marker)
{
	int x = marker && strstr(a->code, marker);
	int y = marker && strstr(b->code, marker);

	if (a->python != b->python)
		return a->python > b->python;
	if (!a->python && !a->why != !b->why)
		return !a->why; /* without a label it may be anything */
	if (x != y)
		return x;
	return strlen(a->code) >= strlen(b->code);
}

char *
reply_code(const char *text, int cut, const char *marker, char **why)
{
	struct block b, best = {NULL, NULL, -1};
	struct fence f;
	size_t i, n;
	int other = 0;
	char *s = reply_text(text, why), *code, **line;

	if (!s)
		return NULL;
	if (!cut && (code = bare(s)))
		return code;
	line = split_lines(s, &n);
	for (i = 0; i < n; ) {
		if (!fence_opens(line[i++], &f))
			continue;
		i = take(line, n, i, &f, cut, &b);
		if (b.python < 0)
			other = 1;
		else if (!hollow(&b) && (!best.code
		    || preferable(&b, &best, marker)))
			best = b;
	}
	if (best.code) {
		*why = best.why;
		return best.why ? NULL : trimmed(best.code);
	}
	*why = (char *)(cut ? cut_off : "no code block found");
	return cut || other ? NULL : between(s);
}
