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
	char *plan = slurp(s.argv[2], NULL), *code;
	struct text codes = {0};
	int i, n = 0;
	cJSON *r;

	if (halted(plan))
		halt("skipped", "there is no plan (%s)", halted(plan));
	for (i = 3; i < s.argc; i++) {
		r = jload(s.argv[i]);
		if (scored(r))
			addf(&codes, "## Solution %d\n\n%s\n", ++n,
			     fenced(jstr(r, "/script")));
	}
	if (n < 2)
		halt("skipped", "there are fewer than two solutions to merge");
	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "scripts", codes.s);
	slot(&s, "plan", plan);
	code = answer_code(&s, s.argv[0], MARKER, NULL, NULL);
	if (!code)
		halt("no-reply", "%s", s.why);
	put_text(code);
}
