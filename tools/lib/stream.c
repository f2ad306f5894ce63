#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

void
stream_read(struct stream *s)
{
	char b[1 << 16], *p = b;
	ssize_t n = read(s->fd, b, sizeof b);
	size_t at, m;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		close(s->fd);
		s->fd = -1;
		score_end(&s->score);
		return;
	}
	score_read(&s->score, b, n);
	if (s->shown)
		mirror(b, n);
	for (; n > 0; n -= m, p += m, s->total += m) {
		at = s->total % KEPT; /* beyond the head, a ring */
		m = (size_t)n < KEPT - at ? (size_t)n : KEPT - at;
		memcpy((s->total < KEPT ? s->head : s->tail) + at, p, m);
	}
}

char *
stream_text(const struct stream *s)
{
	struct text t = {0};
	size_t at = s->total % KEPT;

	addn(&t, s->head, s->total < KEPT ? s->total : KEPT);
	if (s->total > 2 * KEPT) {
		addf(&t, "\n[%llu bytes left out]\n",
		    (unsigned long long)(s->total - 2 * KEPT));
		addn(&t, s->tail + at, KEPT - at);
		addn(&t, s->tail, at);
	} else if (s->total > KEPT) {
		addn(&t, s->tail, s->total - KEPT);
	}
	return clean(t.s, t.n);
}
