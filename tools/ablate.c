/* ablate [-l LANE] [-n STEP] [-s SEED] PROMPT BRIEF BEST [SUMMARY...]:
 * asks for a script that measures what parts of BEST's script are worth,
 * other parts than the SUMMARYs of earlier studies tell of; prints it.
 */
#include "lib/lib.h"

int
main(int argc, char **argv)
{
	struct stage s = stage("ablate", argc, argv, 3,
	                       "[-l lane] [-n step] [-s seed] prompt brief best [summary...]");
	struct text earlier = {0};
	char *text;
	int i;

	add(&earlier, "");
	for (i = 3; i < s.argc; i++)
		if (!halted(text = slurp(s.argv[i], NULL)))
			addf(&earlier, "## Study %d\n\n%s\n", i - 2, text);
	slot(&s, "script", need_script(s.argv[2]));
	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "summaries", earlier.s);
	put_code(&s, NULL);
}
