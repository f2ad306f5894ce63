/* plan-ensemble [-n ROUND] [-s SEED] PROMPT RESULT... [PLAN RESULT]...:
 * asks how to merge the scripts of the RESULTs before the first PLAN (an .md
 * file), unlike the PLANs tried; prints the plan.
 */
#include "lib/lib.h"

int
main(int argc, char **argv)
{
	struct stage s = stage("plan-ensemble", argc, argv, 2,
	                       "[-n round] [-s seed] prompt result... [plan result]...");
	struct text codes = {0}, tried = {0};
	char *text;
	int i, n = 0;
	cJSON *r;

	add(&codes, "");
	add(&tried, "");
	for (i = 1; i < s.argc && !ends(s.argv[i], ".md"); i++) {
		r = jload(s.argv[i]);
		if (scored(r))
			addf(&codes, "## Solution %d, score %.6g (%s is better)\n\n%s\n",
			     ++n, jnum(r, "/score"), jstr(r, "/direction"),
			     fenced(jstr(r, "/script")));
	}
	if (n < 2)
		halt("skipped", "there are fewer than two solutions to merge");
	for (; i + 1 < s.argc; i += 2)
		add(&tried, history(s.argv[i], s.argv[i + 1]));
	slot(&s, "scripts", codes.s);
	slot(&s, "history", tried.s);
	if (!(text = answer_text(&s, s.argv[0])))
		halt("no-reply", "%s", s.why);
	put_text(text);
}
