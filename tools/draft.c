/* draft [-l LANE] [-n N] [-s SEED] PROMPT BRIEF MODELS:
 * asks for a first simple script with the N-th of MODELS, a list as search
 * prints it, or with MODELS itself if that is one model; prints the script.
 */
#include "lib/lib.h"

int
main(int argc, char **argv)
{
	struct stage s = stage("draft", argc, argv, 3,
	                       "[-l lane] [-n n] [-s seed] prompt brief models");
	cJSON *m = jload(s.argv[2]);

	if (cJSON_IsArray(m))
		m = cJSON_GetArrayItem(m, s.n - 1);
	else if (halted_json(m))
		halt("skipped", "there are no models (%s)", halted_json(m));
	if (!m || cJSON_IsNull(m))
		halt("skipped", "the search gave no model %d", s.n);
	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "model_name", jstr(m, "/model_name"));
	slot(&s, "example_code", jstr(m, "/example_code"));
	put_code(&s, MARKER);
}
