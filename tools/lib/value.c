#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib.h"

const char *const lack[LACKS] = {
	"NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", " "
};

int
missing(const char *s, size_t n)
{
	int i;

	if (!n)
		return 1;
	for (i = 0; n <= 4 && i < LACKS; i++)
		if (*s == *lack[i] && !strcmp(s, lack[i]))
			return i + 2;
	return s[strspn(s, " \t")] || strlen(s) < n ? 0 : LACKS - 1 + 2;
}

enum { FAR = 1 << 30 };         /* beyond any exponent that matters */

int
numeric(const char *s, double *v)
{
	static const double ten[] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
	};
	const char *p;
	int digits = 0, part = 0, whole = 1;
	long e = 0, exponent;
	uint64_t m = 0;

	s += strspn(s, " \t");
	p = s + (*s == '-' || *s == '+');
	for (; isdigit((unsigned char)*p) || (*p == '.' && whole); p++)
		if (*p == '.') {
			whole = 0;
		} else {
			m = m * 10 + (*p - '0');
			digits += m > 0;
			part++;
			e -= !whole;
		}
	if (!part)
		return strcasecmp(p, "inf") && strcasecmp(p, "infinity") ? 0 : 3;
	if (*p == 'e' || *p == 'E') {
		const char *d = p + 1 + (p[1] == '-' || p[1] == '+');

		if (!isdigit((unsigned char)*d))
			return 0;
		exponent = strtol(p + 1, (char **)&p, 10);
		e += exponent < -FAR ? -FAR : exponent > FAR ? FAR : exponent;
		whole = 0;
	}
	if (p[strspn(p, " \t")])
		return 0;
	if (digits <= 15 && e >= -22 && e <= 22)        /* exact in doubles */
		*v = (e < 0 ? m / ten[-e] : m * ten[e]) * (*s == '-' ? -1 : 1);
	else
		*v = strtod(s, NULL);
	return !isfinite(*v) ? 3 : 2 - whole;
}

int
boolean(const char *s, size_t n)
{
	return (n == 4 && !strcasecmp(s, "true"))
	       || (n == 5 && !strcasecmp(s, "false"));
}

int
date(const char *s, size_t n)
{
	static const char *const shape[] = {
		"dddd-dd-dd", "dddd/dd/dd", "dd/dd/dddd", "dd.dd.dddd", "dd-dd-dddd"
	};
	const char *p, *q;
	int i;

	if (n < 10 || n > 31 || !isdigit((unsigned char)*s))
		return 0;
	for (i = 0; i < 5; i++) {
		for (p = s, q = shape[i]; *q; p++, q++)
			if (*q == 'd' ? !isdigit((unsigned char)*p) : *p != *q)
				break;
		if (!*q)
			return !*p || ((*p == ' ' || *p == 'T')
			               && isdigit((unsigned char)p[1])
			               && !p[1 + strspn(p + 1, "0123456789:.Z+-")]);
	}
	return 0;
}

char *
utf8text(const char *s, size_t n, size_t most)
{
	struct text t = {0};
	size_t i, k;
	int latin = 0;

	add(&t, "");
	for (i = 0; i < n && !latin; i += k + !k)
		latin = !(k = utf8(s + i, n - i)) && s[i];
	for (i = 0; i < n && t.n < most; i += k) {
		k = latin ? 0 : utf8(s + i, n - i);
		if (k)
			addn(&t, s + i, k);
		else if (!s[i])
			add(&t, "\xef\xbf\xbd");
		else if (s[i] & 0x80)
			addf(&t, "%c%c", 0xc0 | (unsigned char)s[i] >> 6,
			     0x80 | (s[i] & 0x3f));
		else
			addn(&t, s + i, 1);
		k += !k;
	}
	if (i < n)
		add(&t, "\xe2\x80\xa6");
	return t.s;
}
