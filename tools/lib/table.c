#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { COLUMNS = 1 << 17 };

struct parser {
	int lines, whole;               /* whole: the row is complete */
	enum { BEGIN, PLAIN, QUOTED, CLOSED } state;    /* of the field */
	struct text bytes;              /* the fields, each ended by NUL */
	size_t *start, room, from;      /* from: where this one begins */
};

/* Ends a field. */
static void
field(struct table *t)
{
	struct parser *p = t->p;

	p->state = BEGIN;
	if (t->n == COLUMNS) {
		t->problem = "a row has more than 131072 fields:"
		             " the others were not read";
		p->bytes.n = p->from;
		return;
	}
	if (t->n == p->room) {
		p->room = p->room * 2 + 64;
		p->start = need(reallocarray(p->start, p->room, sizeof *p->start));
		t->field = need(reallocarray(t->field, p->room, sizeof *t->field));
		t->len = need(reallocarray(t->len, p->room, sizeof *t->len));
	}
	p->start[t->n] = p->from;
	t->len[t->n++] = p->bytes.n - p->from;
	addn(&p->bytes, "", 1);
	p->from = p->bytes.n;
}

static int
is_break(char c)
{
	return c == '\n' || c == '\r';
}

/* A line of nothing but its end, and blanks. */
static int
no_row(const struct table *t, const char *s, size_t n)
{
	while (n && (is_break(s[n - 1]) || (!t->p->lines && s[n - 1] != t->delimiter
	       && (s[n - 1] == ' ' || s[n - 1] == '\t'))))
		n--;
	return !n;
}

/* The end of what needs no look at each byte. */
static const char *
stretch(const struct table *t, const char *s, const char *end)
{
	if (t->p->state == QUOTED)
		return (s = memchr(s, '"', end - s)) ? s : end;
	while (s < end && *s != t->delimiter && !is_break(*s))
		s++;
	return s;
}

/* Takes a line apart as pandas does: blanks are part of a field, and so is what
 * follows its closing quote. */
static void
split(struct table *t, const char *s, const char *end)
{
	struct parser *p = t->p;
	const char *q;

	while (s < end)
		if (*s == '"' && p->state != PLAIN) {
			if (p->state == CLOSED)
				addn(&p->bytes, s, 1);
			p->state = p->state == QUOTED ? CLOSED : QUOTED;
			s++;
		} else if (p->state != QUOTED && *s == t->delimiter) {
			field(t);
			s++;
		} else if (p->state != QUOTED && is_break(*s)) {
			field(t);
			p->whole = 1;
			return;
		} else {
			q = stretch(t, s, end);
			addn(&p->bytes, s, q - s);
			if (p->state != QUOTED)
				p->state = PLAIN;
			s = q;
		}
}

static void
feed(struct table *t, const char *s, size_t n)
{
	struct parser *p = t->p;

	if (!p->lines) {
		split(t, s, s + n);
		return;
	}
	while (n && is_break(s[n - 1]))
		n--;
	addn(&p->bytes, s, n);
	field(t);
	p->whole = 1;
}

/* Ends a row that may lack its newline. */
static void
last(struct table *t)
{
	if (t->r->end == t->r->begin)
		return;
	feed(t, "\n", 1);
	if (t->p->whole)
		return;
	field(t);
	t->p->whole = 1;
	t->problem = "a quote is opened and never closed";
}

/* The end of the plain ASCII at s. */
static const char *
ascii(const char *s, const char *end)
{
	uint64_t w;

	for (; end - s >= 8; s += 8)
		if (memcpy(&w, s, 8), w & 0x8080808080808080)
			break;
	while (s < end && !(*s & 0x80))
		s++;
	return s;
}

/* Counts what is not plain UTF-8 in the row. */
static void
inspect(struct table *t)
{
	const char *s = t->raw, *end = s + t->rawn;
	size_t n;

	for (; (s = memchr(s, 0, end - s)); s++)
		t->nul++;
	for (s = t->raw; !t->latin && (s = ascii(s, end)) < end; s += n)
		t->latin = !(n = utf8(s, end - s));
}

int
trow(struct table *t)
{
	struct reader *r = t->r;
	struct parser *p = t->p;
	const char *s;
	size_t n, i;

	r->begin = r->pos;
	for (t->n = p->bytes.n = p->from = p->whole = 0; !p->whole; ) {
		if (!(s = rline(r, &n))) {
			last(t);
			break;
		}
		if (s == r->buf + r->begin && no_row(t, s, n))
			r->begin = r->pos;
		else
			feed(t, s, n);
	}
	if (r->problem)
		t->problem = r->problem;
	for (i = 0; i < t->n; i++)
		t->field[i] = p->bytes.s + p->start[i];
	t->raw = r->buf + r->begin;
	t->rawn = r->pos - r->begin;
	inspect(t);
	return p->whole;
}

/* The likeliest of the delimiters in the first line that is not empty, outside
 * quotes. */
static int
delimiter(const char *s, const char *end, const char *name)
{
	static const char of[] = ",\t;|";
	size_t n[4] = {0}, best = 0, i;
	int quoted = 0;
	const char *d;

	while (s < end && is_break(*s))
		s++;
	for (; s < end && (quoted || !is_break(*s)); s++) {
		quoted ^= *s == '"';
		if (!quoted && *s && (d = strchr(of, *s)))
			n[d - of]++;
	}
	if (n[1] && strstr(name, ".tsv"))
		return '\t';
	for (i = 1; i < 4; i++)
		if (n[i] > n[best])
			best = i;
	return of[best];
}

struct table *
topen(const char *name, int lines)
{
	struct table *t = need(calloc(1, sizeof *t));
	struct parser *p = t->p = need(calloc(1, sizeof *p));
	struct reader *r = t->r = ropen(name);

	t->name = name;
	t->packed = r->packed;
	t->bom = r->end >= 3 && !memcmp(r->buf, "\xef\xbb\xbf", 3);
	t->wide = r->end >= 2 && (!memcmp(r->buf, "\xff\xfe", 2)
	                          || !memcmp(r->buf, "\xfe\xff", 2));
	r->pos = 3 * t->bom;
	t->delimiter = delimiter(r->buf + r->pos, r->buf + r->end, name);
	p->lines = lines;
	return t;
}

void
tclose(struct table *t)
{
	free(t->p->bytes.s);
	free(t->p->start);
	free(t->p);
	rclose(t->r);
	free(t->field);
	free(t->len);
	free(t);
}
