/* submit [-s SEED] PROMPT BRIEF BEST:
 * asks for BEST's script, changed as little as possible, to train on all data
 * and to write ./final/submission.csv; prints it.
 */
#include "lib/lib.h"

int
main(int argc, char **argv)
{
	struct stage s = stage("submit", argc, argv, 3,
	                       "[-s seed] prompt brief best");

	slot(&s, "script", need_script(s.argv[2]));
	slot(&s, "task", slurp(s.argv[1], NULL));
	put_code(&s, MARKER);
}
