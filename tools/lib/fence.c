#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

static size_t
run_of(const char *s, char c)
{
	size_t n;

	for (n = 0; s[n] == c; n++)
		;
	return n;
}

/* The width of what may stand before a fence: blanks, and a list's mark. */
static size_t
margin(const char *s)
{
	size_t n = indent(s), digits = strspn(s + n, "0123456789");
	size_t mark = n + digits;

	if (s[mark] && strchr(digits ? ".)" : "-*+", s[mark])
	    && indent(s + mark + 1))
		return mark + 1 + indent(s + mark + 1);
	return n;
}

int
fence_opens(const char *line, struct fence *f)
{
	const char *s = line + margin(line);
	size_t n = 0;

	if (*s != '`' && *s != '~')
		return 0;
	f->width = s - line;
	f->mark = *s;
	f->n = run_of(s, *s);
	if (f->n < 3)
		return 0;
	s += f->n;
	if (f->mark == '`' && strchr(s, '`'))
		return 0;
	for (s += strspn(s, " \t{."); isalnum((unsigned char)*s); s++)
		if (n < sizeof f->lang - 1)
			f->lang[n++] = tolower((unsigned char)*s);
	f->lang[n] = 0;
	return 1;
}

int
fence_closes(const char *line, const struct fence *f)
{
	const char *s = line + indent(line);
	size_t n = run_of(s, f->mark);

	return n >= f->n && blank(s + n);
}

static char *
body(char **line, size_t n, size_t width)
{
	struct text t = {0};
	size_t i;

	addn(&t, "", 0);
	for (i = 0; i < n; i++)
		addf(&t, "%s\n", unindented(line[i], width));
	return t.s;
}

size_t
fence_bodies(char **line, size_t n, size_t from, const struct fence *f,
    struct body *b)
{
	size_t i, k = 0;

	for (i = from; i < n && k < BODIES; i++)
		if (fence_closes(line[i], f))
			b[k++].end = i;
	if (!k)
		b[k++].end = n;
	for (i = 0; i < k; i++)
		b[i].s = body(line + from, b[i].end - from, f->width);
	return k;
}
