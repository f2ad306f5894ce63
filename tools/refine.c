/* refine [-l LANE] [-n K] [-s SEED] PROMPT BLOCK PLAN BEST:
 * asks for BLOCK, as extract-block printed it, rewritten by PLAN; prints BEST's
 * script with the block replaced.
 */
#include "lib/lib.h"

struct place {
	const char *script, *block;
};

static const char *
complaint(const char *block, void *arg)
{
	struct place *p = arg;
	char *why, *code = replace_block(p->script, p->block, block, &why);

	return code ? NULL : why;
}

int
main(int argc, char **argv)
{
	struct stage s = stage("refine", argc, argv, 4,
	                       "[-l lane] [-n k] [-s seed] prompt block plan best");
	cJSON *j = jload(s.argv[1]);
	char *plan = slurp(s.argv[2], NULL), *new, *why;
	struct place p;

	p.script = need_script(s.argv[3]);
	if (halted_json(j))
		halt("skipped", "there is no block to refine (%s)", halted_json(j));
	if (halted(plan))
		halt("skipped", "there is no plan (%s)", halted(plan));
	if (blank(plan))
		die(BAD, "read %s: the plan is empty", s.argv[2]);
	p.block = jstr(j, "/code_block");
	if (!find_block(p.script, p.block, &why))
		die(BAD, "find the block of %s in %s: %s", s.argv[1], s.argv[3],
		    why);
	slot(&s, "block", p.block);
	slot(&s, "plan", plan);
	new = answer_code(&s, s.argv[0], NULL, complaint, &p);
	if (!new)
		halt("no-reply", "%s", s.why);
	put_text(replace_block(p.script, p.block, new, &why));
}
