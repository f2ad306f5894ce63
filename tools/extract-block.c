/* extract-block [-l LANE] [-n STEP] [-s SEED] PROMPT BEST SUMMARY [BLOCK...]:
 * asks which block of BEST's script, not one of the BLOCKs refined before, is
 * most worth refining; prints {"code_block", "plan"}, the block exactly as it
 * stands, once, in the script.
 */
#include <string.h>

#include "lib/lib.h"

struct choice {
	const char *script;
	cJSON *blocks;          /* refined in earlier steps */
};

static const char *
complaint(cJSON *j, void *arg)
{
	struct choice *c = arg;
	const char *block, *plan;
	char *why, *exact;
	cJSON *old;

	if (cJSON_IsArray(j) && cJSON_GetArraySize(j) > 1)
		return "one block is wanted, not several";
	if (cJSON_IsArray(j))
		j = cJSON_GetArrayItem(j, 0);
	block = jopt(j, "/code_block");
	plan = jopt(j, "/plan");
	if (!block || !plan || blank(plan))
		return "a code_block and a plan are wanted, both strings that"
		       " are not blank";
	if (!(exact = find_block(c->script, block, &why)))
		return format("code_block: %s", why);
	cJSON_ArrayForEach(old, c->blocks)
		if (!strcmp(old->valuestring, exact))
			return "code_block: it was refined in an earlier step;"
			       " choose another";
	cJSON_ReplaceItemInObjectCaseSensitive(j, "code_block",
	                                       cJSON_CreateString(exact));
	return NULL;
}

int
main(int argc, char **argv)
{
	struct stage s = stage("extract-block", argc, argv, 3,
	                       "[-l lane] [-n step] [-s seed] prompt best summary [block...]");
	struct choice c = {.blocks = cJSON_CreateArray()};
	struct text refined = {0};
	const char *why, *block;
	char *summary = slurp(s.argv[2], NULL);
	cJSON *j;
	int i;

	if (!(c.script = script(s.argv[1], &why)))
		halt_json("skipped", "there is no script that works");
	add(&refined, "");
	for (i = 3; i < s.argc; i++)
		if ((block = jopt(jload(s.argv[i]), "/code_block"))) {
			add(&refined, fenced(block));
			cJSON_AddItemToArray(c.blocks, cJSON_CreateString(block));
		}
	slot(&s, "script", c.script);
	slot(&s, "summary", halted(summary) ? "There is none." : summary);
	slot(&s, "blocks", refined.s);
	if (!(j = answer_json(&s, s.argv[0], complaint, &c)))
		halt_json("no-reply", "%s", s.why);
	jput(cJSON_IsArray(j) ? cJSON_GetArrayItem(j, 0) : j);
	return YES;
}
