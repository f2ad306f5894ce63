#include <string.h>
#include <unistd.h>

#include "../lib/lib.h"
#include "see.h"

static const struct graph *g;
static cJSON *d;

/* NAME := VALUE, where # and $ are quoted. */
static void
put_settings(void)
{
	char *file = in_run(g->run, "settings.mk"), *line, *rest, *v, *p;
	cJSON *j = cJSON_AddObjectToObject(d, "settings");

	if (access(file, R_OK) < 0)
		return;
	for (rest = slurp_clean(file); (line = strsep(&rest, "\n")); ) {
		if (!(v = strstr(line, " := ")))
			continue;
		*v = 0;
		for (p = v += 4; *p; p++)
			if (starts(p, "\\#") || starts(p, "$$"))
				memmove(p, p + 1, strlen(p));
		jadd(j, line, v);
	}
}

static void
put_calls(void)
{
	struct account a = account(g->run);
	cJSON *j, *t;

	if (!a.calls)
		return;
	j = cJSON_AddObjectToObject(d, "model");
	cJSON_AddItemToObject(j, "models", a.models ? a.models
	                      : cJSON_CreateArray());
	cJSON_AddNumberToObject(j, "calls", a.calls);
	cJSON_AddNumberToObject(j, "failed", a.failed);
	if (a.counted) {
		t = cJSON_AddObjectToObject(j, "tokens");
		cJSON_AddNumberToObject(t, "in", a.in);
		cJSON_AddNumberToObject(t, "cached", a.cached);
		cJSON_AddNumberToObject(t, "out", a.out);
	}
	cJSON_AddNumberToObject(j, "usd", a.cost);
	cJSON_AddNumberToObject(j, "unpriced", a.unknown);
}

static void
put_broken(void)
{
	size_t n;
	struct node *v = nodes(g->run, &n), *last = last_failed(v, n);
	cJSON *j;

	if (!last || jnum(d, "/done") == jnum(d, "/total"))
		return;
	j = cJSON_AddObjectToObject(d, "broken");
	jadd(j, "tool", last->tool);
	jadd(j, "file", last->name);
	cJSON_AddNumberToObject(j, "status", last->status);
}

/* An object of the run, or null. */
static cJSON *
document(const char *name)
{
	const char *file = in_run(g->run, name);

	return access(file, R_OK) == 0 ? cJSON_Parse(slurp_clean(file)) : NULL;
}

static void
put_results(void)
{
	cJSON *rows = document("split/rows.json"), *r;
	const char *s = jopt(rows, "/score");

	jadd(d, "metric", metric_of(g->run));
	if (s && !strcmp(s, "measured"))
		jadd(d, "scores", format("measured on %.0f of %.0f rows, which"
		    " scripts do not see (%s)", jnum(rows, "/holdout"),
		    jnum(rows, "/rows"), jstr(rows, "/by")));
	else if (s)
		jadd(d, "scores", format("printed by the scripts: %s",
		    jopt(rows, "/why") ? jopt(rows, "/why") : "?"));
	r = document("submit/best.json");
	if (jopt(r, "/reason") && !strcmp(jstr(r, "/status"), "ok"))
		jadd(d, "final", format("made from the rows of the search alone;"
		    " %s", jopt(r, "/reason")));
	s = in_run(g->run, "submission.csv");
	if (access(s, F_OK) == 0)
		jadd(d, "submission", s);
}

static void
put_pinned(void)
{
	cJSON *v = cJSON_AddArrayToObject(d, "pinned");
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->v[i].pinned)
			cJSON_AddItemToArray(v, cJSON_CreateString(g->v[i].name));
}

static void
put_running(void)
{
	cJSON *v = cJSON_AddArrayToObject(d, "running"), *j;
	struct busy *p;

	for (p = busy(g->run); p; p = p->next) {
		cJSON_AddItemToArray(v, j = cJSON_CreateObject());
		jadd(j, "file", p->name);
		cJSON_AddNumberToObject(j, "seconds",
		                        clock_time() - p->since);
	}
}

void
facts_into(cJSON *standing, const struct graph *of)
{
	d = standing;
	g = of;
	put_results();
	put_pinned();
	put_running();
	put_broken();
	put_calls();
	put_settings();
}
