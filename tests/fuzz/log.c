/* A run's log: each file that it names is found, once, with its last making. */
#include "net/net.h"
#include "fuzz.h"

void
fuzz_log(const char *s, size_t len)
{
	char *run = given("log", s, len);
	struct node *all, *v, *m;
	size_t n, most, i, sum = 0;

	*strrchr(run, '/') = 0;
	all = makings(run, &most);
	v = nodes(run, &n);
	must(n <= most);
	for (i = 0; i < n; i++) {
		must(v[i].times >= 1 && *v[i].name && is_clean(v[i].command));
		must(!i || strcmp(v[i - 1].name, v[i].name) < 0);
		must(find_node(v, n, v[i].name) == v + i);
		must(isfinite(v[i].end));
		sum += v[i].times;
	}
	must(sum == most);
	for (i = 0; i < most; i++) {
		m = find_node(v, n, all[i].name);
		must(m && m->line >= all[i].line);
		must(!i || all[i].line > all[i - 1].line);
	}
	m = last_failed(v, n);
	must(!m || m->status);
	worked(run);
}
