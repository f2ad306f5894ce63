#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

static struct graph g;
static struct work w;
static cJSON *d;

static void
put(cJSON *to, const char *key, double v)
{
	cJSON_AddItemToObject(to, key, isfinite(v) ? cJSON_CreateNumber(v)
	                      : cJSON_CreateNull());
}

static void
put_cases(const char *key, double least, double as_usual, double at_most)
{
	cJSON *j = cJSON_AddObjectToObject(d, key);

	put(j, "least", least);
	put(j, "expected", as_usual);
	put(j, "most", at_most);
}

static void
put_limit(const char *name)
{
	cJSON *list = jat(d, "/limits");

	if (!list)
		list = cJSON_AddArrayToObject(d, "limits");
	cJSON_AddItemToArray(list, cJSON_CreateString(format("%s=%s", name,
	                     getenv(name))));
}

/* The run's own limits.  Once one is reached what is in flight goes on, and of
 * scripts the last, once more if need be. */
static void
keep_to_limits(const struct account *a)
{
	const char *deadline = getenv("DEADLINE"), *budget = getenv("BUDGET_USD");
	double script = means("TIMEOUT", 600), v;

	v = deadline ? fmax(0, duration(deadline) - worked(g.run)) + 2 * script
	               + fmax(script, call_most("draft")) : NAN;
	if (v < w.most) {
		w.most = v;
		put_limit("DEADLINE");
	}
	v = budget && !blank(budget) ? fmax(0, strtod(budget, NULL) - a->cost)
	  : NAN;
	if (v < w.usd[AT_MOST]) {
		w.usd[AT_MOST] = v;
		put_limit("BUDGET_USD");
	}
}

static void
put_path(void)
{
	cJSON *j = cJSON_AddObjectToObject(d, "path");
	int *on = need(calloc(g.n + 1, sizeof *on)), n[3] = {0};
	double seconds = longest_chain(&g, w.load, on);
	size_t i;

	for (i = 0; i < g.n; i++)
		if (on[i]) {
			n[0]++;
			n[1] += w.needs[i].calls[USUAL];
			n[2] += w.needs[i].scripts[USUAL];
		}
	put(j, "steps", n[0]);
	put(j, "calls", n[1]);
	put(j, "scripts", n[2]);
	put(j, "seconds", seconds);
}

/* Calls of programs and of the playbook wait for no place. */
static void
put_jobs(void)
{
	static const int jobs[] = {1, 2, 4, 8, 16, 0};
	const char *model = model_of("draft");
	int limit[PHASES] = {means("LLM_JOBS", 16), 0, 0};
	cJSON *list = cJSON_AddArrayToObject(d, "jobs"), *j;
	double one = 0, t;
	size_t i;

	if (!strcmp(model, "playbook") || starts(model, "exec:")
	    || starts(model, "replay:"))
		limit[ASKING] = 0;
	if (!elsewhere())
		limit[RUNNING] = slots(means("CPUS", 1));
	for (i = 0; i < sizeof jobs / sizeof *jobs; i++) {
		t = schedule(&g, w.load, jobs[i], limit);
		one = i ? one : t;
		cJSON_AddItemToArray(list, j = cJSON_CreateObject());
		put(j, "jobs", jobs[i] ? jobs[i] : NAN);
		put(j, "seconds", t);
		put(j, "faster", t > 0 ? one / t : 1);
	}
}

static void
put_took(const struct account *a)
{
	struct node *v;
	size_t n, i;
	int ran = 0;
	cJSON *j;

	v = makings(g.run, &n);
	for (i = 0; i < n; i++)
		ran += !strcmp(v[i].tool, "run") && v[i].status != LATE;
	if (!n)
		return;
	j = cJSON_AddObjectToObject(d, "took");
	put(j, "calls", a->calls - a->failed);
	put(j, "scripts", ran);
	put(j, "seconds", worked(g.run));
	put(j, "usd", a->unknown > a->failed ? NAN : a->cost);
}

static void
put_left(void)
{
	cJSON *j;

	put_cases("calls", w.calls[AT_LEAST], w.calls[USUAL], w.calls[AT_MOST]);
	put_cases("scripts", w.scripts[AT_LEAST], w.scripts[USUAL], w.scripts[AT_MOST]);
	put_cases("seconds", NAN, w.usual, w.most);
	put_cases("usd", w.usd[AT_LEAST], w.usd[USUAL], w.usd[AT_MOST]);
	put_path();
	put_jobs();
	if (known_from())
		jadd(d, "from", known_from());
	if (w.unpriced)
		jadd(d, "unpriced", w.unpriced);
	if (!w.calls[USUAL])
		return;
	j = cJSON_AddObjectToObject(d, "tokens");
	put(j, "in", w.tokens.in);
	put(j, "out", w.tokens.out);
	cJSON_AddBoolToObject(j, "assumed", !w.tokens.calls);
}

cJSON *
outlook(const char *run)
{
	struct account a;

	g = graph(run);
	d = cJSON_CreateObject();
	if (!g.n)
		return NULL;
	a = account(run);
	know(run);
	w = work(&g);
	jadd(d, "run", run);
	put(d, "steps", w.steps);
	put(d, "left", w.left);
	put_took(&a);
	if (w.left) {
		keep_to_limits(&a);
		put_left();
	}
	return d;
}
