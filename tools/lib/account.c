#include <math.h>
#include <string.h>

#include "lib.h"

static void
enter_model(struct account *a, const char *name)
{
	cJSON *m;

	if (!a->models)
		a->models = cJSON_CreateArray();
	cJSON_ArrayForEach(m, a->models)
		if (!strcmp(m->valuestring, name))
			return;
	cJSON_AddItemToArray(a->models, cJSON_CreateString(name));
}

/* Adds a line; of numbers that are not there nothing. */
static void
enter(const cJSON *call, void *arg)
{
	struct account *a = arg;
	double in = jval(call, "/tokens/in");
	double cached = jval(call, "/tokens/cached");
	double out = jval(call, "/tokens/out");
	double usd = jval(call, "/cost");

	if (jopt(call, "/stage") && !strcmp(jopt(call, "/stage"), "web"))
		return;
	a->calls++;
	a->in += isfinite(in) ? in : 0;
	a->cached += isfinite(cached) ? cached : 0;
	a->out += isfinite(out) ? out : 0;
	a->cost += isfinite(usd) ? usd : 0;
	a->unknown += !isfinite(usd);
	a->failed += jopt(call, "/trouble") != NULL;
	a->counted += cJSON_IsObject(jat(call, "/tokens"));
	if (jopt(call, "/model"))
		enter_model(a, jopt(call, "/model"));
}

void
account_more(const char *run, struct account *a, long *at)
{
	each_call(run, at, enter, a);
}

struct account
account(const char *run)
{
	struct account a = {0};
	long at = 0;

	account_more(run, &a, &at);
	return a;
}
