/* The ledger, whole and as it grows: the sums are the same, and are numbers. */
#include "net/net.h"
#include "fuzz.h"

void
fuzz_ledger(const char *s, size_t n)
{
	char *run = given("ledger.jsonl", s, n);
	struct account a, b = {0};
	size_t i, step = 1 + n / 3;
	long at = 0;

	*strrchr(run, '/') = 0;
	a = account(run);
	must(!isnan(a.in) && !isnan(a.cached) && !isnan(a.out) && !isnan(a.cost));
	must(a.unknown <= a.calls && a.counted <= a.calls && a.failed <= a.calls);
	for (i = step; i < n; i += step) {
		given("ledger.jsonl", s, i);
		account_more(run, &b, &at);
	}
	given("ledger.jsonl", s, n);
	account_more(run, &b, &at);
	must(a.calls == b.calls && a.in == b.in && a.cost == b.cost);
	must(at >= 0 && (size_t)at <= n);
}
