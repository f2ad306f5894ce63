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
read_call(const char *line)
{
	cJSON *j = cJSON_Parse(line);
	struct call *c = page.call + page.calls;

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
	cJSON_Delete(j);
	if (c->target && c->stage)
		page.calls++;
}

void
collect_calls(void)
{
	char *s = load_text("ledger.jsonl"), *p, *end;
	size_t n = 1;

	for (p = s; p && *p; p++)
		n += *p == '\n';
	page.call = need(calloc(n, sizeof *page.call));
	for (p = s; p && *p; p = end) {
		end = p + strcspn(p, "\n");
		if (*end)
			*end++ = 0;
		read_call(p);
	}
	free(s);
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
