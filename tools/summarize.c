/* summarize [-l LANE] [-n STEP] [-s SEED] PROMPT ABLATION:
 * asks what is learnt from ABLATION, the result of an ablation script; prints
 * the summary.
 */
#include "lib/lib.h"

enum { OUTPUT = 12000 };        /* bytes of it that are worth sending */

int
main(int argc, char **argv)
{
	struct stage s = stage("summarize", argc, argv, 2,
	                       "[-l lane] [-n step] [-s seed] prompt ablation");
	cJSON *r = jload(s.argv[1]);

	if (halted_json(r))
		halt("skipped", "the ablation did not run (%s)", halted_json(r));
	slot(&s, "script", jstr(r, "/script"));
	slot(&s, "output", cut_middle(jstr(r, "/stdout"), OUTPUT));
	put_answer(&s);
}
