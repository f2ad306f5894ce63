#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lib.h"

#ifndef START
#define START (1 << 18)         /* bytes that are held at first */
#endif
enum { LONGEST = 8 << 20 };

/* More bytes after those there are: 0 if that cannot be. */
static int
refill(struct reader *r)
{
	int n, e;

	if (r->eof)
		return 0;
	memmove(r->buf, r->buf + r->begin, r->end - r->begin);
	r->pos -= r->begin, r->end -= r->begin, r->begin = 0;
	r->lf = -1;
	if (r->end > r->cap / 2) {
		if (r->cap >= LONGEST) {
			r->problem = "a record is longer than 8 MB (a quote that"
			             " is never closed?): nothing after it was read";
			return r->end = r->pos = 0, r->eof = 1, 0;
		}
		r->buf = need(realloc(r->buf, r->cap *= 2));
	}
	if ((n = gzread(r->f, r->buf + r->end, r->cap - r->end)) < 0) {
		gzerror(r->f, &e);
		if (e == Z_ERRNO)
			die(errno == EISDIR ? BAD : SICK, "read %s:", r->name);
	}
	r->eof = n <= 0;
	if (n < 0 || (!n && gzerror(r->f, &e) && e == Z_BUF_ERROR))
		r->problem = "the compressed data are cut or damaged:"
		             " nothing after that was read";
	r->end += n > 0 ? n : 0;
	return n > 0;
}

/* The end of the line at pos, 0 if it is not there yet. */
static size_t
line_end(struct reader *r)
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

const char *
rline(struct reader *r, size_t *n)
{
	size_t end, pos;

	while (!(end = line_end(r)))
		if (!refill(r)) {
			end = r->end;
			break;
		}
	pos = r->pos;
	r->pos = end;
	*n = end - pos;
	return *n ? r->buf + pos : NULL;
}

struct reader *
ropen(const char *name)
{
	struct reader *r = need(calloc(1, sizeof *r));

	r->name = name;
	r->f = strcmp(name, "-") ? gzopen(name, "rbe") : gzdopen(0, "rb");
	if (!r->f)
		die(by_errno(), "open %s:", name);
	gzbuffer(r->f, START);
	r->buf = need(malloc(r->cap = START));
	refill(r);
	r->packed = !gzdirect(r->f);
	return r;
}

void
rclose(struct reader *r)
{
	gzclose(r->f);
	free(r->buf);
	free(r);
}
