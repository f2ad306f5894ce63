#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "../lib/lib.h"
#include "page.h"

enum { ROOM = 4 << 20, SLOTS = 1 << 17 };

static struct text all;         /* the paragraphs, one after another */
static size_t *begin;           /* of each, and the end of the last */
static int chunks, cap;
static int table[SLOTS];        /* by hash: number + 1 */
static struct text refs;        /* the texts, in JSON */
static int texts, full;

static uint32_t
hash(const char *s, size_t n)
{
	uint32_t h = 2166136261u;

	while (n--)
		h = (h ^ (unsigned char)*s++) * 16777619u;
	return h ^ h >> 15;
}

static int
chunk(const char *s, size_t n)
{
	uint32_t h = hash(s, n) % SLOTS;
	int i;

	for (; (i = table[h]); h = (h + 1) % SLOTS)
		if (begin[i] - begin[i - 1] == n
		    && !memcmp(all.s + begin[i - 1], s, n))
			return i - 1;
	if (chunks + 2 > cap)
		begin = need(realloc(begin, (cap = 2 * cap + 1024) * sizeof *begin));
	if (!chunks)
		begin[0] = 0;
	addn(&all, s, n);
	begin[++chunks] = all.n;
	table[h] = chunks;
	return chunks - 1;
}

int
pack_full(void)
{
	return full;
}

/* A paragraph ends with its blank lines. */
int
pack(const char *s, size_t most)
{
	char *cut, *t, *p, *q;

	if (!s || blank(s))
		return NO_TEXT;
	cut = cut_middle(s, most);
	if (full || all.n + refs.n + strlen(cut) > ROOM
	    || chunks > SLOTS * 3 / 4) {
		full = 1;
		free(cut);
		return NO_ROOM;
	}
	t = safe(cut);
	free(cut);
	add(&refs, texts ? ",[" : "[");
	for (p = t; *p; p = q) {
		q = strstr(p, "\n\n");
		q = q ? q + strspn(q, "\n") : p + strlen(p);
		addf(&refs, "%s%d", p == t ? "" : ",", chunk(p, q - p));
	}
	add(&refs, "]");
	free(t);
	return texts++;
}

static void
add_stringn(struct text *t, const char *s, size_t n)
{
	char u[8];

	add(t, "\"");
	for (; n--; s++)
		if (*s == '"' || *s == '\\') {
			addn(t, "\\", 1);
			addn(t, s, 1);
		} else if ((unsigned char)*s < ' ') {
			snprintf(u, sizeof u, "\\u%04x", *s);
			add(t, *s == '\n' ? "\\n" : u);
		} else
			addn(t, s, 1);
	add(t, "\"");
}

void
add_string(struct text *t, const char *s)
{
	char *u = safe(s ? s : "");

	add_stringn(t, u, strlen(u));
	free(u);
}

void
add_pack(struct text *t)
{
	int i;

	add(t, "\"chunks\":[");
	for (i = 0; i < chunks; i++) {
		add(t, i ? ",\n" : "");
		add_stringn(t, all.s + begin[i], begin[i + 1] - begin[i]);
	}
	addf(t, "],\"texts\":[%s]", refs.s ? refs.s : "");
}

void
put_base64(const unsigned char *s, size_t n)
{
	static const char d[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
	                        "uvwxyz0123456789+/";
	char b[4];
	uint32_t v;

	for (; n; s += 3, n = n > 3 ? n - 3 : 0) {
		v = s[0] << 16 | (n > 1 ? s[1] << 8 : 0) | (n > 2 ? s[2] : 0);
		b[0] = d[v >> 18];
		b[1] = d[v >> 12 & 63];
		b[2] = n > 1 ? d[v >> 6 & 63] : '=';
		b[3] = n > 2 ? d[v & 63] : '=';
		fwrite(b, 1, 4, page.to);
	}
}

void
put_packed(const char *s, size_t n)
{
	z_stream z = {0};
	unsigned char *out;
	uLong most;

	if (deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		die(SICK, "start zlib: out of memory");
	most = deflateBound(&z, n);
	out = need(malloc(most));
	z.next_in = (unsigned char *)s;
	z.avail_in = n;
	z.next_out = out;
	z.avail_out = most;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die(SICK, "pack the texts: zlib failed");
	put_base64(out, z.total_out);
	deflateEnd(&z);
	free(out);
}
