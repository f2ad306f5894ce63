#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lib.h"

enum { START = 1 << 18, LONGEST = 8 << 20 };    /* bytes of a record */

struct reader {
	gzFile f;
	struct csv_parser csv;
	char *buf;
	size_t cap, begin, pos, end, lf;        /* the record begins, is read to;
	                                         * the bytes end; the next \n */
	int eof, whole, lines;                  /* whole: a row is complete */
	struct text bytes;                      /* its fields, each ended by NUL */
	size_t *start, room;
};

static void
grow(struct table *t, size_t n)
{
	struct reader *r = t->r;

	if (n < r->room)
		return;
	r->room = (n + 1) * 2;
	r->start = need(reallocarray(r->start, r->room, sizeof *r->start));
	t->field = need(reallocarray(t->field, r->room, sizeof *t->field));
	t->len = need(reallocarray(t->len, r->room, sizeof *t->len));
}

static void
field(void *s, size_t n, void *arg)
{
	struct table *t = arg;

	grow(t, t->n);
	t->r->start[t->n] = t->r->bytes.n;
	t->len[t->n++] = n;
	addn(&t->r->bytes, s, n);
	addn(&t->r->bytes, "", 1);
}

static void
whole(int c, void *arg)
{
	struct table *t = arg;

	(void)c;
	t->r->whole = 1;
}

/* More bytes after those there are: 0 if that cannot be. */
static int
refill(struct table *t)
{
	struct reader *r = t->r;
	int n, e;

	if (r->eof)
		return 0;
	memmove(r->buf, r->buf + r->begin, r->end - r->begin);
	r->pos -= r->begin, r->end -= r->begin, r->begin = 0;
	if (r->end > r->cap / 2) {
		if (r->cap >= LONGEST) {
			t->problem = "a record is longer than 8 MB (a quote that"
			             " is never closed?): nothing after it was read";
			return r->end = r->pos = 0, r->eof = 1, 0;
		}
		r->buf = need(realloc(r->buf, r->cap *= 2));
	}
	if ((n = gzread(r->f, r->buf + r->end, r->cap - r->end)) < 0) {
		gzerror(r->f, &e);
		if (e == Z_ERRNO)
			die(errno == EISDIR ? BAD : SICK, "read %s:", t->name);
	}
	r->eof = n <= 0;
	if (n < 0 || (!n && gzerror(r->f, &e) && e == Z_BUF_ERROR))
		t->problem = "the compressed data are cut or damaged:"
		             " nothing after that was read";
	r->end += n > 0 ? n : 0;
	r->lf = -1;
	return n > 0;
}

/* The end of the line at pos: after \n, \r\n or a lone \r. */
static size_t
line(struct reader *r)
{
	char *p;

	if (r->lf < r->pos || r->lf > r->end) {
		p = memchr(r->buf + r->pos, '\n', r->end - r->pos);
		r->lf = p ? (size_t)(p - r->buf) : r->end;
	}
	p = memchr(r->buf + r->pos, '\r', r->lf - r->pos);
	if (p && (size_t)(p + 1 - r->buf) < r->lf)
		return p + 1 - r->buf;
	return r->lf < r->end ? r->lf + 1 : 0;
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

/* Counts what is not plain UTF-8 in the record. */
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

static void
feed(struct table *t, const char *s, size_t n)
{
	struct reader *r = t->r;

	if (!r->lines) {
		if (csv_parse(&r->csv, s, n, field, whole, t) != n)
			die(SICK, "read %s: %s", t->name,
			    csv_strerror(csv_error(&r->csv)));
		return;
	}
	while (n && strchr("\r\n", s[n - 1]) && s[n - 1])
		n--;
	field((void *)s, n, t);
	r->whole = 1;
}

/* What is left at the end of the file, which may lack its newline. */
static void
last(struct table *t)
{
	struct reader *r = t->r;

	if (r->end > r->pos)
		feed(t, r->buf + r->pos, r->end - r->pos);
	r->pos = r->end;
	if (r->end > r->begin && !r->whole && !r->lines)
		feed(t, "\n", 1);
	if (!r->whole && r->end > r->begin) {
		csv_fini(&r->csv, field, whole, t);
		if (t->n)
			t->problem = "a quote is opened and never closed";
	}
}

int
trow(struct table *t)
{
	struct reader *r = t->r;
	size_t end, i;

	r->begin = r->pos;
	t->n = r->bytes.n = r->whole = 0;
	while (!r->whole) {
		if (!(end = line(r))) {
			if (refill(t))
				continue;
			last(t);
			break;
		}
		if (r->pos == r->begin && end - r->pos <= 2
		    && strchr("\r\n", r->buf[r->pos]) && r->buf[r->pos]) {
			r->begin = r->pos = end;        /* a blank line */
			continue;
		}
		feed(t, r->buf + r->pos, end - r->pos);
		r->pos = end;
	}
	for (i = 0; i < t->n; i++)
		t->field[i] = r->bytes.s + r->start[i];
	t->raw = r->buf + r->begin;
	t->rawn = r->pos - r->begin;
	inspect(t);
	return r->whole;
}

/* The likeliest of the delimiters in the first line, outside quotes. */
static int
delimiter(struct reader *r, const char *name)
{
	static const char of[] = ",\t;|";
	size_t n[4] = {0}, best = 0, i;
	int quoted = 0;
	const char *s = r->buf + r->pos, *end = r->buf + r->end, *d;

	for (; s < end && (quoted || !strchr("\r\n", *s) || !*s); s++) {
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
	struct reader *r = t->r = need(calloc(1, sizeof *r));

	t->name = name;
	r->f = strcmp(name, "-") ? gzopen(name, "rbe") : gzdopen(0, "rb");
	if (!r->f)
		die(errno == ENOMEM || errno == EMFILE ? SICK : BAD,
		    "open %s:", name);
	gzbuffer(r->f, START);
	r->buf = need(malloc(r->cap = START));
	r->lines = lines;
	refill(t);
	t->packed = !gzdirect(r->f);
	t->bom = r->end >= 3 && !memcmp(r->buf, "\xef\xbb\xbf", 3);
	t->wide = r->end >= 2 && (!memcmp(r->buf, "\xff\xfe", 2)
	                          || !memcmp(r->buf, "\xfe\xff", 2));
	r->pos = 3 * t->bom;
	t->delimiter = delimiter(r, name);
	csv_init(&r->csv, 0);
	csv_set_delim(&r->csv, t->delimiter);
	csv_set_blk_size(&r->csv, 1 << 14);
	return t;
}

void
tclose(struct table *t)
{
	csv_free(&t->r->csv);
	gzclose(t->r->f);
	free(t->r->buf);
	free(t->r->bytes.s);
	free(t->r->start);
	free(t->r);
	free(t->field);
	free(t->len);
	free(t);
}
