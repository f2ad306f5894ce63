/* What a script prints: a score is the same however the pipe cuts it, and
 * finite; and so is the text that is kept.
 */
#include "net/net.h"
#include "fuzz.h"

void
fuzz_score(const char *s, size_t n)
{
	struct score a = {0}, b = {0};
	struct stream in = {.fd = -1};
	size_t i, step, part;
	int p[2];

	if (!n)
		return;
	step = 1 + (unsigned char)*s;
	score_read(&a, s, n);
	score_end(&a);
	for (i = 0; i < n; i += part) {
		part = n - i < step ? n - i : step;
		score_read(&b, s + i, part);
	}
	score_end(&b);
	must(a.lines == b.lines);
	must(!a.lines || isnan(a.value) ? !b.lines || isnan(b.value)
	     : isfinite(a.value) && a.value == b.value);
	if (n > 60000 || pipe(p) < 0)
		return;
	if (write(p[1], s, n) != (ssize_t)n)
		abort();
	close(p[1]);
	for (in.fd = p[0]; in.fd >= 0; )
		stream_read(&in);
	must(in.score.lines == a.lines && in.total == n);
	must(!strcmp(stream_text(&in), clean(s, n)));
}
