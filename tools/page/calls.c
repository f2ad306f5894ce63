/* The model calls, as the ledger tells them. */
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

static int
by_target(const void *a, const void *b)
{
	return strcmp(((const struct call *)a)->target,
	              ((const struct call *)b)->target);
}

static void
read_call(const cJSON *j, void *cap)
{
	size_t *most = cap;
	struct call *c;

	if (!jopt(j, "/target") || !jopt(j, "/stage"))
		return;
	if ((size_t)page.calls == *most)
		page.call = need(realloc(page.call, (*most = 2 * *most + 64)
		                 * sizeof *c));
	c = page.call + page.calls++;
	c->target = safe_at(j, "/target");
	c->stage = safe_at(j, "/stage");
	c->model = safe_at(j, "/model");
	c->chat = safe_at(j, "/chat");
	c->trouble = safe_at(j, "/trouble");
	c->in = jval(j, "/tokens/in");
	c->cached = jval(j, "/tokens/cached");
	c->out = jval(j, "/tokens/out");
	c->cost = jval(j, "/cost");
	c->seconds = jval(j, "/seconds");
}

void
collect_calls(void)
{
	size_t cap = 0;
	long from = 0;

	each_call(page.run, &from, read_call, &cap);
	if (page.calls)
		qsort(page.call, page.calls, sizeof *page.call, by_target);
}

/* By halves. */
void
calls_of(const char *prefix, int *from, int *to)
{
	int low = 0, high = page.calls, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (strcmp(page.call[mid].target, prefix) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (*from = *to = low; *to < page.calls
	     && starts(page.call[*to].target, prefix); (*to)++)
		;
}
