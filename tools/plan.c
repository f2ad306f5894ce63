/* plan [-l LANE] [-n K] [-s SEED] PROMPT BLOCK [PLAN RESULT]...:
 * prints a plan to refine BLOCK, as extract-block printed it: the first is the
 * block's own, a later one is asked for, unlike the PLANs tried.
 */
#include "lib/lib.h"

#define USAGE "[-l lane] [-n k] [-s seed] prompt block [plan result]..."

int
main(int argc, char **argv)
{
	struct stage s = stage("plan", argc, argv, 2, USAGE);
	cJSON *block = jload(s.argv[1]);
	struct text tried = {0};
	int i;

	if (s.argc % 2)
		usage(USAGE);
	if (halted_json(block))
		halt("skipped", "there is no block to refine (%s)",
		     halted_json(block));
	if (s.n == 1)
		put_text(jstr(block, "/plan"));
	add(&tried, "");
	for (i = 2; i < s.argc; i += 2)
		add(&tried, history(s.argv[i], s.argv[i + 1]));
	slot(&s, "block", jstr(block, "/code_block"));
	slot(&s, "history", tried.s);
	put_answer(&s);
}
