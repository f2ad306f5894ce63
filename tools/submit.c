/* submit [-s SEED] PROMPT BRIEF BEST ROWS:
 * asks for BEST's script, changed as little as possible, to train on all data
 * and to write ./final/submission.csv; prints it.  If ROWS says that rows are
 * held out, BEST's script does that already, and is printed as it is.
 */
#include <string.h>

#include "lib/lib.h"

int
main(int argc, char **argv)
{
	struct stage s = stage("submit", argc, argv, 4,
	                       "[-s seed] prompt brief best rows");
	char *code = need_script(s.argv[2]);

	if (!strcmp(jstr(jload(s.argv[3]), "/score"), "measured"))
		put_text(code);
	slot(&s, "script", code);
	slot(&s, "task", slurp(s.argv[1], NULL));
	put_code(&s, MARKER);
}
