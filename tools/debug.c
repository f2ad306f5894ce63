/* debug [-l LANE] [-n TRY] [-s SEED] PROMPT BRIEF TRY...: asks for the last
 * script among the TRYs to be mended; prints it.
 *
 * TRYs are, in order, each script (.py), its result and, where there is one,
 * the finding on its submission: the last ones tell the error, the earlier
 * ones what was tried.
 */
#include <string.h>

#include "lib/lib.h"

enum { ERROR = 6000, EARLIER = 1500 };  /* bytes that are worth sending */

/* What went wrong, as a result, a finding on a submission or a score tells it. */
static char *
went_wrong(const cJSON *j)
{
	struct text t = {0};

	add(&t, "");
	if (jopt(j, "/finding"))
		addf(&t, "./final/submission.csv is not valid: %s\n",
		     jopt(j, "/finding"));
	else if (!jat(j, "/valid") && !jat(j, "/value")
	    && strcmp(jstr(j, "/status"), "ok"))
		addf(&t, "%s: %s\n", jstr(j, "/status"),
		     jopt(j, "/reason") ? jopt(j, "/reason") : "");
	if (jopt(j, "/stderr"))
		add(&t, cut_middle(jopt(j, "/stderr"), ERROR));
	return t.s;
}

int
main(int argc, char **argv)
{
	struct stage s = stage("debug", argc, argv, 4,
	                       "[-l lane] [-n try] [-s seed] prompt brief try...");
	struct text earlier = {0}, error = {0};
	char *code = NULL;
	int i, tries = 0;

	add(&earlier, "");
	add(&error, "");
	for (i = 2; i < s.argc; i++) {
		if (!ends(s.argv[i], ".py")) {
			add(&error, went_wrong(jload(s.argv[i])));
			continue;
		}
		if (code)
			addf(&earlier, "## Try %d\n\n%s\nIt ended so:\n\n%s\n",
			     ++tries, fenced(code), cut_middle(error.s, EARLIER));
		code = slurp(s.argv[i], NULL);
		error = (struct text){0};
		add(&error, "");
	}
	if (!code)
		die(BAD, "find a script: none of the tries is a .py file");
	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "script", code);
	slot(&s, "error", error.s);
	slot(&s, "earlier", earlier.s);
	put_code(&s, NULL);
}
