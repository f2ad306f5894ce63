/* check-usage [-l LANE] [-s SEED] PROMPT BRIEF SCRIPT:
 * asks whether SCRIPT, a .py or a result, uses all the data it is given;
 * prints the script, rewritten if it did not.
 */
#include <string.h>

#include "lib/lib.h"

#define ALL "All the provided information is used"

int
main(int argc, char **argv)
{
	struct stage s = stage("check-usage", argc, argv, 3,
	                       "[-l lane] [-s seed] prompt brief script");
	char *old = need_script(s.argv[2]), *reply, *code, *why = NULL;
	int i;

	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "script", old);
	for (i = 0; i < ASKS && !s.hopeless; i++) {
		if (!(reply = ask(&s, s.argv[0])))
			continue;
		if ((code = reply_code(reply, s.cut, MARKER, &why)))
			put_text(code);
		if (strstr(reply, ALL))
			put_text(old);
		s.why = why;
	}
	halt("no-reply", "%s", s.why);
}
