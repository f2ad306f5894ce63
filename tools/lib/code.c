#include <stdlib.h>
#include <string.h>

#include "lib.h"

struct block {
	char *code;
	char *why;      /* why it does not parse, or null */
	int python;     /* 1 if it is labelled so, 0 without a label */
};

enum { BLOCKS = 100 };  /* asking about each takes time */
static const char cut_off[] = "the reply was cut at the token limit";

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
	*b = (struct block){text[0], NULL, kind(f->lang)};
	i = 0;
	if (body->end == n && cut)
		b->why = (char *)cut_off;
	else if (b->python >= 0 && !hollow(b))
		i = first_python(text, k, &b->why);
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

/* The block that is most likely the script.  Without code if there is none;
 * then python is -1 if there are blocks of something else. */
static struct block
best_block(char **line, size_t n, int cut, const char *marker)
{
	struct block b, best = {NULL, NULL, 0};
	struct fence f;
	size_t i, tried = 0;

	for (i = 0; i < n && tried < BLOCKS; ) {
		if (!fence_opens(line[i++], &f))
			continue;
		i = take(line, n, i, &f, cut, &b);
		if (b.python < 0 && !best.code)
			best.python = -1;
		if (b.python < 0 || hollow(&b))
			continue;
		tried++;
		if (!best.code || preferable(&b, &best, marker))
			best = b;
	}
	if (i < n)
		best.why = (char *)"the reply holds too many code blocks";
	return best;
}

char *
reply_code(const char *text, int cut, const char *marker, char **why)
{
	char *s = reply_text(text, why), **line;
	struct block best;
	struct fence f;
	size_t n;

	if (!s)
		return NULL;
	line = split_lines(s, &n);
	if (!cut && !fence_opens(*line, &f) && is_script(s))
		return s;
	best = best_block(line, n, cut, marker);
	if (!best.code && !best.python && !cut)
		best.code = script_in_prose(s);
	if (!best.code)
		best.why = (char *)(cut ? cut_off : "no code block found");
	*why = best.why;
	return best.why ? NULL : trimmed(best.code);
}
