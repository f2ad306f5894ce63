#include <stdlib.h>
#include <string.h>

#include "lib.h"

static void
room(struct text *t, size_t more)
{
	if (t->n + more + 1 <= t->cap)
		return;
	t->cap = (t->n + more + 1) * 2;
	t->s = need(realloc(t->s, t->cap));
}

void
addn(struct text *t, const char *s, size_t n)
{
	room(t, n);
	memcpy(t->s + t->n, s, n);
	t->s[t->n += n] = 0;
}

void
add(struct text *t, const char *s)
{
	addn(t, s, strlen(s));
}

char *
vformat(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) < 0)
		need(NULL);
	return s;
}

void
addf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	add(t, s);
	free(s);
}

char *
format(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	return s;
}

size_t
uncut(const char *s, size_t n)
{
	while (n && (s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

size_t
unpadded(const char **s)
{
	size_t n;

	*s += strspn(*s, " \t");
	for (n = strlen(*s); n && strchr(" \t", (*s)[n - 1]); n--)
		;
	return n;
}

size_t
utf8(const char *p, size_t left)
{
	const unsigned char *s = (const unsigned char *)p;
	size_t i, n = *s < 0x80 ? 1 : *s < 0xc2 ? 0 : *s < 0xe0 ? 2
	            : *s < 0xf0 ? 3 : *s < 0xf5 ? 4 : 0;

	if (!n || n > left || !*s)
		return 0;
	for (i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((*s == 0xe0 && s[1] < 0xa0) || (*s == 0xed && s[1] > 0x9f)
	    || (*s == 0xf0 && s[1] < 0x90) || (*s == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

char *
clean(const char *s, size_t n)
{
	struct text t = {0};
	size_t k;

	for (room(&t, n); n; s += k, n -= k) {
		k = utf8(s, n);
		if (k)
			addn(&t, s, k);
		else
			add(&t, "\xef\xbf\xbd");
		k += !k;
	}
	t.s[t.n] = 0;
	return t.s;
}

int
starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

int
ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && strcmp(s + n - m, suffix) == 0;
}

int
blank(const char *s)
{
	return s[strspn(s, " \t\r\n\f\v")] == 0;
}

char *
cut_middle(const char *s, size_t most)
{
	size_t n = strlen(s), head = most / 3, tail = most - most / 3, i;

	if (n <= most)
		return format("%s", s);
	for (i = head; i && s[i - 1] != '\n'; i--)
		;
	if (i > head / 2)
		head = i;
	for (i = n - tail; i < n && s[i] != '\n'; i++)
		;
	if (i < n - tail / 2)
		tail = n - i - 1;
	head = uncut(s, head);
	while (tail && (s[n - tail] & 0xc0) == 0x80)
		tail--;
	return format("%.*s%s[... %zu bytes are left out here ...]\n%s",
	              (int)head, s, head && s[head - 1] == '\n' ? "" : "\n",
	              n - head - tail, s + n - tail);
}

/* C0 but for newline and tab, DEL, C1, and what turns the direction of text. */
char *
tame(char *s)
{
	unsigned char *p = (unsigned char *)s;

	for (; *p; p++)
		if ((*p < ' ' && *p != '\n' && *p != '\t') || *p == 0x7f)
			*p = '?';
		else if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0)
			memcpy(p, "??", 2);
		else if (*p == 0xe2 && ((p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae)
		    || (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)))
			memcpy(p, "???", 3);
	return s;
}

char *
shown(const char *s)
{
	return tame(clean(s, strlen(s)));
}

char *
shortened(char *s, size_t most)
{
	if (strlen(s) <= most)
		return s;
	strcpy(s + uncut(s, most - 3), "...");
	return s;
}
