#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { COLUMNS = 1 << 17 };

struct parser {
	struct csv_parser csv;
	int lines, whole;               /* whole: the row is complete */
	struct text bytes;              /* its fields, each ended by NUL */
	size_t *start, room;
};

static void
field(void *s, size_t n, void *arg)
{
	struct table *t = arg;
	struct parser *p = t->p;

	if (t->n == COLUMNS) {
		t->problem = "a row has more than 131072 fields:"
		             " the others were not read";
		return;
	}
	if (t->n == p->room) {
		p->room = p->room * 2 + 64;
		p->start = need(reallocarray(p->start, p->room, sizeof *p->start));
		t->field = need(reallocarray(t->field, p->room, sizeof *t->field));
		t->len = need(reallocarray(t->len, p->room, sizeof *t->len));
	}
	p->start[t->n] = p->bytes.n;
	t->len[t->n++] = n;
	addn(&p->bytes, s, n);
	addn(&p->bytes, "", 1);
}

static void
whole(int c, void *arg)
{
	(void)c;
	((struct table *)arg)->p->whole = 1;
}

static int
line_break(const char *s, size_t n)
{
	return n <= 2 && (*s == '\n' || *s == '\r');
}

static void
feed(struct table *t, const char *s, size_t n)
{
	struct parser *p = t->p;

	if (!p->lines) {
		if (csv_parse(&p->csv, s, n, field, whole, t) != n)
			die(SICK, "read %s: %s", t->name,
			    csv_strerror(csv_error(&p->csv)));
		return;
	}
	while (n && line_break(s + n - 1, 1))
		n--;
	field((void *)s, n, t);
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
	csv_fini(&t->p->csv, field, whole, t);
	if (t->n)
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
	for (t->n = p->bytes.n = p->whole = 0; !p->whole; ) {
		if (!(s = rline(r, &n))) {
			last(t);
			break;
		}
		if (s == r->buf + r->begin && line_break(s, n))
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

	while (s < end && line_break(s, 1))
		s++;
	for (; s < end && (quoted || !line_break(s, 1)); s++) {
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
	csv_init(&p->csv, 0);
	csv_set_delim(&p->csv, t->delimiter);
	csv_set_blk_size(&p->csv, 1 << 14);
	return t;
}

void
tclose(struct table *t)
{
	csv_free(&t->p->csv);
	free(t->p->bytes.s);
	free(t->p->start);
	free(t->p);
	rclose(t->r);
	free(t->field);
	free(t->len);
	free(t);
}
