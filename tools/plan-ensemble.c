/* plan-ensemble [-n ROUND] [-s SEED] PROMPT RESULT... [PLAN RESULT]...:
 * asks how to merge the scripts of the RESULTs before the first PLAN (an .md
 * file), unlike the PLANs tried; prints the plan.
 */
#include "lib/lib.h"

#define USAGE "[-n round] [-s seed] prompt result... [plan result]..."

int
main(int argc, char **argv)
{
	struct stage s = stage("plan-ensemble", argc, argv, 2, USAGE);
	struct text tried = {0};
	int i, n, found;

	for (n = 1; n < s.argc && !ends(s.argv[n], ".md"); n++)
		;
	if ((s.argc - n) % 2)
		usage(USAGE);
	slot(&s, "scripts", numbered(s.argv + 1, n - 1, 1, &found));
	if (found < 2)
		halt("skipped", "there are fewer than two solutions to merge");
	add(&tried, "");
	for (i = n; i < s.argc; i += 2)
		add(&tried, history(s.argv[i], s.argv[i + 1]));
	slot(&s, "history", tried.s);
	put_answer(&s);
}
