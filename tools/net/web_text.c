#include <stdlib.h>
#include <string.h>

#include "net.h"

enum { ENOUGH = 16 * PAGE };     /* bytes of a text that are looked at */

static const struct {
	const char *name, *text;
} entity[] = {
	{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"},
	{"nbsp", " "}, {"hellip", "..."}, {"ndash", "-"}, {"mdash", "-"},
	{"lsquo", "'"}, {"rsquo", "'"}, {"ldquo", "\""}, {"rdquo", "\""},
	{"middot", "*"}, {"bull", "*"}, {"times", "x"},
};

/* What the entity at s stands for; *n becomes its length, 0 if it is none. */
static const char *
decoded(const char *s, size_t *n)
{
	size_t i, len = strcspn(s, ";");
	char *end;
	long c;

	*n = 0;
	if (s[len] != ';' || len > 10)
		return NULL;
	if (s[1] == '#') {
		c = s[2] == 'x' || s[2] == 'X' ? strtol(s + 3, &end, 16)
		                               : strtol(s + 2, &end, 10);
		if (end != s + len)
			return NULL;
		*n = len + 1;
		return utf8_of(c > 0 && c < 0x110000 && (c < 0xd800 || c > 0xdfff)
		               ? c : 0xfffd);
	}
	for (i = 0; i < sizeof entity / sizeof *entity; i++)
		if (strlen(entity[i].name) == len - 1
		    && !memcmp(entity[i].name, s + 1, len - 1)) {
			*n = len + 1;
			return entity[i].text;
		}
	return NULL;
}

char *
utf8_of(unsigned long c)
{
	unsigned long lead = c < 0x80 ? 0 : c < 0x800 ? 0xc0 : c < 0x10000 ? 0xe0 : 0xf0;
	int n = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	struct text t = {0};
	char byte = lead | c >> 6 * n;

	for (addn(&t, &byte, 1); n-- > 0; addn(&t, &byte, 1))
		byte = 0x80 | (c >> 6 * n & 0x3f);
	return t.s;
}

char *
from_xml(const char *s)
{
	struct text t = {0};
	const char *p;
	const char *end = s + strnlen(s, ENOUGH);
	size_t n, k;

	for (add(&t, ""); s < end; s += n) {
		if (*s == '&' && (p = decoded(s, &n))) {
			add(&t, p);
		} else if (*s == '<' && strchr("/!abcdefghijklmnopqrstuvwxyz"
		           "ABCDEFGHIJKLMNOPQRSTUVWXYZ", s[1] ? s[1] : ' ')
		           && s[k = strcspn(s, ">")]) {
			n = k + 1;
		} else {
			addn(&t, s, n = 1);
		}
	}
	return t.s;
}

/* Characters that nobody sees, but a model reads: controls, marks of
 * direction, zero widths, tags. */
static int
unseen(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned long c = n == 1 ? u[0] : n == 2 ? u[0] & 0x1f : n == 3
	                ? u[0] & 0x0f : u[0] & 0x07;
	size_t i;

	for (i = 1; i < n; i++)
		c = c << 6 | (u[i] & 0x3f);
	return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0)
	    || c == 0xad || (c >= 0x200b && c < 0x2010)
	    || (c >= 0x2028 && c < 0x202f) || (c >= 0x2060 && c < 0x2070)
	    || c == 0xfeff || (c >= 0xe000 && c < 0xf900)
	    || (c >= 0xfe00 && c < 0xfe10) || (c >= 0xe0000 && c < 0xe0200);
}

char *
visible(const char *s)
{
	struct text t = {0};
	size_t n;
	int ends = 0;

	s = clean(s, strlen(s));
	for (add(&t, ""); *s; s += n) {
		n = utf8(s, 4);
		if (unseen(s, n))
			continue;
		if (*s == '\n') {
			while (t.n && strchr(" \t", t.s[t.n - 1]))
				t.s[--t.n] = 0;
			if (++ends > 2)
				continue;
		} else if (!strchr(" \t", *s)) {
			ends = 0;
		}
		addn(&t, s, n);
	}
	while (t.n && strchr(" \t\n", t.s[t.n - 1]))
		t.s[--t.n] = 0;
	return t.s + strspn(t.s, "\n");
}

char *
single_line(const char *s, size_t most)
{
	struct text t = {0};
	size_t n;

	for (add(&t, ""), s = visible(s); *s; s += n)
		if ((n = strspn(s, " \t\n")))
			add(&t, t.n ? " " : "");
		else
			addn(&t, s, n = strcspn(s, " \t\n"));
	if (t.n > most)
		t.n = uncut(t.s, most);
	while (t.n && t.s[t.n - 1] == ' ')
		t.n--;
	t.s[t.n] = 0;
	return t.s;
}

char *
url_escaped(const char *s)
{
	struct text t = {0};

	for (add(&t, ""); *s; s++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		           "0123456789-._~", *s))
			addn(&t, s, 1);
		else
			addf(&t, "%%%02X", (unsigned char)*s);
	return t.s;
}

int
is_web(const char *url)
{
	const char *s = starts(url, "http://") ? url + 7
	              : starts(url, "https://") ? url + 8 : "";

	if (!*s || strchr("/?#:@", *s))
		return 0;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || strchr("\"<>\\^`{|}\x7f", *s))
			return 0;
	return 1;
}
