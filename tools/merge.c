/* merge [-l LANE] [-n N] [-s SEED] PROMPT BRIEF BASE DRAFT...:
 * asks for one script that merges into BASE's the (N+1)-th best of the DRAFTs;
 * prints it.  BASE and DRAFTs are results.  Nothing is asked when BASE says
 * that merging has stopped, or when fewer DRAFTs work.
 */
#include <stdlib.h>

#include "lib/lib.h"

/* Best first; of equals the earlier.  qsort need not be stable: ranks are
 * counted instead. */
static const cJSON *
ranked(cJSON **r, int n, int rank)
{
	int i, j, before;

	for (i = 0; i < n; i++) {
		if (!scored(r[i]))
			continue;
		for (before = j = 0; j < n; j++)
			if (j != i && scored(r[j]) && (better(r[j], r[i])
			    || (j < i && !better(r[i], r[j]))))
				before++;
		if (before == rank)
			return r[i];
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	struct stage s = stage("merge", argc, argv, 4,
	                       "[-l lane] [-n n] [-s seed] prompt brief base draft...");
	int i, n = s.argc - 3;
	cJSON **drafts = need(calloc(n, sizeof *drafts));
	cJSON *base = jload(s.argv[2]);
	const cJSON *reference;
	const char *stop = jopt(base, "/stopped");

	for (i = 0; i < n; i++)
		drafts[i] = jload(s.argv[3 + i]);
	slot(&s, "base", need_script(s.argv[2]));
	if (stop)
		halt("skipped", "merging has stopped: %s", stop);
	if (!(reference = ranked(drafts, n, s.n)))
		halt("skipped", "fewer than %d drafts work", s.n + 1);
	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "reference", jstr(reference, "/script"));
	put_code(&s, MARKER);
}
