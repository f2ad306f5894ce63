#include <stdlib.h>
#include <string.h>

#include "lib.h"

static const char *const quote[] = {
	"\"\"\"", "'''", "\"", "'", "\xe2\x80\x9c"  /* U+201C */
};

/* Whether s is where a string that was opened by q ends. */
static int
closes(const char *s, const char *q)
{
	return starts(s, q)
	    || (*q == '\xe2' && starts(s, "\xe2\x80\x9d"));
}

static void
add_utf8(struct text *t, unsigned c)
{
	char s[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, i;

	for (i = n; i-- > 1; c >>= 6)
		s[i] = 0x80 | (c & 0x3f);
	s[0] = n == 1 ? c : (0xf00 >> n & 0xff) | c;
	addn(t, s, n);
}

/* The number that n hexadecimal digits at s make; -1 if they are no such. */
static long
hex(const char *s, size_t n)
{
	char digits[5] = "";

	if (strspn(s, "0123456789abcdefABCDEF") < n)
		return -1;
	memcpy(digits, s, n);
	return strtol(digits, NULL, 16);
}

/* \uXXXX: half a pair of surrogates, and NUL, become U+FFFD. */
static size_t
unicode(struct text *t, const char *s)
{
	long c = hex(s + 2, 4), d;
	size_t n = 6;

	if (c >= 0xd800 && c < 0xdc00 && s[6] == '\\' && s[7] == 'u'
	    && (d = hex(s + 8, 4)) >= 0xdc00 && d < 0xe000) {
		c = 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00);
		n = 12;
	}
	add_utf8(t, !c || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c);
	return n;
}

/* The escape at s; what is none keeps its backslash, so "\d" stays. */
static size_t
escape(struct text *t, const char *s)
{
	static const char from[] = "\"\\/'bfnrt", to[] = "\"\\/'\b\f\n\r\t";
	const char *p = s[1] ? strchr(from, s[1]) : NULL;

	if (p) {
		addn(t, to + (p - from), 1);
		return 2;
	}
	if (s[1] == '\n')
		return 2;
	if (s[1] == 'u' && hex(s + 2, 4) >= 0)
		return unicode(t, s);
	if (s[1] == 'x' && hex(s + 2, 2) > 0) {
		add_utf8(t, hex(s + 2, 2));
		return 4;
	}
	addn(t, s, 1);
	return 1;
}

char *
lax_string(struct lax *r)
{
	struct text t = {0};
	const char *q = NULL;
	size_t i;

	for (i = 0; i < sizeof quote / sizeof *quote && !q; i++)
		if (starts(r->s, quote[i]))
			q = quote[i];
	if (!q) {
		r->why = "a string or a value is missing";
		return NULL;
	}
	addn(&t, "", 0);
	for (r->s += strlen(q); !closes(r->s, q); ) {
		if (!*r->s) {
			r->why = "a string is never closed";
			return NULL;
		}
		if (*r->s == '\\')
			r->s += escape(&t, r->s);
		else
			addn(&t, r->s++, 1);
	}
	r->s += starts(r->s, q) ? strlen(q) : 3;
	return t.s;
}
