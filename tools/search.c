/* search [-l LANE] [-n MODELS] [-s SEED] PROMPT BRIEF [CARD...]:
 * asks for models that suit the task; prints a list of
 * {"model_name", "example_code"}, a person's CARDs last.
 */
#include <string.h>

#include "lib/lib.h"

static const char *
complaint(cJSON *list, void *arg)
{
	cJSON *m;
	const char *name, *code;

	(void)arg;
	if (!cJSON_IsArray(list) || !cJSON_GetArraySize(list))
		return "a JSON list with at least one model is wanted";
	cJSON_ArrayForEach(m, list) {
		name = jopt(m, "/model_name");
		code = jopt(m, "/example_code");
		if (!name || !code || blank(name) || blank(code))
			return "each item needs a model_name and an example_code,"
			       " both strings that are not blank";
	}
	return NULL;
}

/* A card is a text; its first line that is not blank names the model. */
static cJSON *
card(const char *file)
{
	char *s = slurp(file, NULL), *name;
	cJSON *m = cJSON_CreateObject();

	if (blank(s))
		die(BAD, "read %s: the model card is empty", file);
	s = clean(s, strlen(s));
	name = s + strspn(s, "# \t\r\n");
	name = format("%.*s", (int)strcspn(name, "\r\n"), name);
	cJSON_AddStringToObject(m, "model_name", name);
	cJSON_AddStringToObject(m, "example_code", s);
	cJSON_AddStringToObject(m, "source", run_name(file));
	return m;
}

int
main(int argc, char **argv)
{
	struct stage s = stage("search", argc, argv, 2,
	                       "[-l lane] [-n models] [-s seed] prompt brief [card...]");
	cJSON *list = cJSON_CreateArray();
	int i;

	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "n", format("%d", s.n));
	if (s.n > 0)
		list = answer_json(&s, s.argv[0], complaint, NULL);
	if (!list) {
		warn("ask for models: %s", s.why);
		list = cJSON_CreateArray();
	}
	while (cJSON_GetArraySize(list) > s.n)
		cJSON_DeleteItemFromArray(list, s.n);
	/* Places the model left empty stay so: cards keep their numbers. */
	while (cJSON_GetArraySize(list) < s.n)
		cJSON_AddItemToArray(list, cJSON_CreateNull());
	for (i = 2; i < s.argc; i++)
		cJSON_AddItemToArray(list, card(s.argv[i]));
	jput(list);
	return YES;
}
