#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

static const char mark[] = MARKER ":";

/* A comma that parts thousands, as Python's {:,} does: 0,853 has none. */
static int
thousands(const char *s, const char *p)
{
	const char *q = p;

	while (q > s && isdigit((unsigned char)q[-1]))
		q--;
	return strspn(p + 1, "0123456789") == 3
	    && (q > s && q[-1] == ',' ? p - q == 3
	        : p > q && p - q <= 3 && *q != '0');
}

/* The number s begins with; nan if there is none or it is not finite. */
static double
value_of(const char *s)
{
	char b[64], *end;
	const char *p;
	size_t n = 0;
	double v;

	s += strspn(s, " \t");
	for (p = s; *p && strchr("+-.,eE0123456789", *p); p++)
		if (*p != ',')
			b[n++] = *p;
		else if (memchr(b, '.', n) || !thousands(s, p))
			break;
	b[n] = 0;
	v = strtod(b, &end);
	if (end == b || !isfinite(v)
	    || (*end == '.' && isdigit((unsigned char)end[1]))
	    || (*p == ',' && isdigit((unsigned char)p[1])))
		return NAN;
	return v;
}

void
score_end(struct score *s)
{
	if (s->hit < sizeof mark - 1)
		return;
	s->text[s->n] = 0;
	s->value = value_of(s->text);
	s->lines++;
	s->hit = s->n = 0;
}

void
score_read(struct score *s, const char *p, size_t n)
{
	const char *end = p + n;

	for (; p < end; p++)
		if (s->hit == sizeof mark - 1) {
			if (*p == '\n' || *p == '\r')
				score_end(s);
			else if (s->n < sizeof s->text - 1)
				s->text[s->n++] = *p;
		} else if (*p == mark[s->hit]) {
			s->hit++;
		} else if (!(s->hit = *p == *mark)) {
			p = memchr(p, *mark, end - p);
			if (!p)
				return;
			p--;
		}
}
