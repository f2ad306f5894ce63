#include <math.h>
#include <string.h>

#include "net.h"

/* v if it is known */
static double
known(double v)
{
	return isfinite(v) ? v : 0;
}

static void
sum(double *all, double v, int *any)
{
	*all += known(v);
	*any |= isfinite(v) != 0;
}

/* What was cut off has cost more than its server had told by then. */
void
bill_add(struct bill *t, const char *request, const struct reply *r)
{
	double in = strlen(request) / 4., out = strlen(r->text) / 4.;

	if (isfinite(r->in) || isfinite(r->out)) {
		t->told = 1;
		t->in += known(r->in);
		t->out += r->finish ? known(r->out) : fmax(known(r->out), out);
	} else {
		t->guessed_in += in;
		t->guessed_out += out;
	}
	t->estimated |= !r->finish;
	sum(&t->cached, r->cached, &t->any_cached);
	sum(&t->reasoning, r->reasoning, &t->any_reasoning);
	sum(&t->cost, r->cost, &t->any_cost);
}

void
bill_put(const struct bill *t, cJSON *j)
{
	cJSON *o;

	if (t->any_cost)
		cJSON_AddNumberToObject(j, "cost", t->cost);
	if (!t->told && !t->estimated && !(t->guessed_in > 0))
		return;
	o = cJSON_AddObjectToObject(j, "tokens");
	cJSON_AddNumberToObject(o, "in", round(t->in + t->guessed_in));
	if (t->any_cached)
		cJSON_AddNumberToObject(o, "cached", t->cached);
	cJSON_AddNumberToObject(o, "out", round(t->out + t->guessed_out));
	if (t->any_reasoning)
		cJSON_AddNumberToObject(o, "reasoning", t->reasoning);
	if (t->estimated || t->guessed_in > 0)
		cJSON_AddTrueToObject(o, "estimated");
}
