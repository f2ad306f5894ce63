/* What a model says a task wants: facts that are taken are whole, and about
 * tables and columns that there are.  Parts: the reply, the data's description.
 */
#include "fuzz.h"

#define given given_facts
#define main __attribute__((unused)) static main_of_read_task
#include "../../tools/read-task.c"
#undef main
#undef given

static char *reply, *described;

static void
read_facts(void *arg)
{
	char *known[] = {(char *)"id=id", NULL};
	struct known k = {given_facts(known), jparse(described, "the data"), 0};
	cJSON *facts;
	char *why;

	(void)arg;
	facts = reply_json(reply, 0, complaint, &k, &why);
	must(!facts == !!why);
	if (facts)
		print(facts);
}

void
fuzz_task(const char *s, size_t n)
{
	const cJSON *t;
	char *rest = clean(s, n);
	cJSON *facts;

	reply = next_part(&rest);
	described = next_part(&rest);
	if (attempt(read_facts, NULL) >= 0)
		return;
	described = output();
	if (!*described)
		return;
	must((facts = cJSON_Parse(described)) != NULL);
	must(jopt(facts, "/metric") && direction_ok(facts));
	must(!strcmp(jstr(facts, "/id"), "id"));
	cJSON_ArrayForEach(t, jat(facts, "/target"))
		must(cJSON_IsString(t));
}
