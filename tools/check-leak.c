/* check-leak [-l LANE] [-s SEED] PROMPT FIX-PROMPT SCRIPT [EVIDENCE]:
 * asks whether SCRIPT lets data it is judged by into what it fits, and for
 * each block that does, to have that block rewritten; prints the script.
 * EVIDENCE: why that is likely.
 */
#include <string.h>

#include "lib/lib.h"

struct leak {
	const char *script, *block;
};

static int
leaks(const cJSON *finding)
{
	return starts(jstr(finding, "/leakage_status"), "Yes");
}

static const char *
complaint(cJSON *list, void *arg)
{
	const char *code = arg, *status;
	char *why;
	cJSON *f;

	if (!cJSON_IsArray(list) || !cJSON_GetArraySize(list))
		return "a JSON list with at least one finding is wanted";
	cJSON_ArrayForEach(f, list) {
		status = jopt(f, "/leakage_status");
		if (!status || (!starts(status, "Yes") && !starts(status, "No")))
			return "leakage_status must be \"Yes Data Leakage\" or"
			       " \"No Data Leakage\"";
		if (leaks(f) && (!jopt(f, "/code_block")
		    || !find_block(code, jopt(f, "/code_block"), &why)))
			return format("code_block: %s", jopt(f, "/code_block")
			              ? why : "it is missing");
	}
	return NULL;
}

static const char *
refuse(const char *block, void *arg)
{
	struct leak *l = arg;
	char *why;

	return replace_block(l->script, l->block, block, &why) ? NULL : why;
}

/* The script with one leaking block rewritten, or as it is. */
static char *
mended(struct stage *asked, char *code, const char *block)
{
	struct stage s = *asked;
	struct leak l = {code, block};
	char *new, *why;

	s.name = "check-leak-fix";
	s.why = NULL;
	s.inputs = cJSON_CreateObject();
	slot(&s, "script", code);
	slot(&s, "block", block);
	new = answer_code(&s, s.argv[1], NULL, refuse, &l);
	if (!new) {
		warn("mend a leak: %s", s.why);
		return code;
	}
	return replace_block(code, block, new, &why);
}

int
main(int argc, char **argv)
{
	struct stage s = stage("check-leak", argc, argv, 3,
	                       "[-l lane] [-s seed] prompt fix-prompt script"
	                       " [evidence]");
	char *code = need_script(s.argv[2]), *why, *block;
	cJSON *list, *f;

	slot(&s, "script", code);
	slot(&s, "evidence", s.argc < 4 ? "" : format("There is a sign that it does:"
	     " %s.\n\n", s.argv[3]));
	list = answer_json(&s, s.argv[0], complaint, code);
	if (!list) {
		warn("check for leaks: %s", s.why);
		put_text(code);
	}
	cJSON_ArrayForEach(f, list)
		if (leaks(f) && (block = find_block(code,
		    jstr(f, "/code_block"), &why)))
			code = mended(&s, code, block);
	put_text(code);
}
