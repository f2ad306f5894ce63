/* ensemble [-n ROUND] [-s SEED] PROMPT BRIEF PLAN RESULT...:
 * asks for one script that merges the scripts of the RESULTs by PLAN; prints
 * it.
 */
#include "lib/lib.h"

int
main(int argc, char **argv)
{
	struct stage s = stage("ensemble", argc, argv, 4,
	                       "[-n round] [-s seed] prompt brief plan result...");
	char *plan = slurp(s.argv[2], NULL);
	int found;

	if (halted(plan))
		halt("skipped", "there is no plan (%s)", halted(plan));
	slot(&s, "scripts", numbered(s.argv + 3, s.argc - 3, 0, &found));
	if (found < 2)
		halt("skipped", "there are fewer than two solutions to merge");
	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "plan", plan);
	put_code(&s, MARKER);
}
