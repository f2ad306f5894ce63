#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../lib/lib.h"
#include "see.h"

static struct graph *g;
static cJSON *d;

static void
put(cJSON *to, const char *key, const char *s)
{
	cJSON_AddStringToObject(to, key, clean(s, strlen(s)));
}

static void
put_number(cJSON *to, const char *key, double v)
{
	if (isfinite(v))
		cJSON_AddNumberToObject(to, key, v);
}

static cJSON *
list(const char *key)
{
	return cJSON_AddArrayToObject(d, key);
}

static cJSON *
item(cJSON *of)
{
	cJSON *j = cJSON_CreateObject();

	cJSON_AddItemToArray(of, j);
	return j;
}

static cJSON *
once(cJSON *of, const char *key, const char *value)
{
	cJSON *j;

	cJSON_ArrayForEach(j, of)
		if (!strcmp(jstr(j, format("/%s", key)), value))
			return j;
	j = item(of);
	put(j, key, value);
	return j;
}

/* A file that was made: what became of it, in the lists. */
static void
enter(const struct step *s, const struct gist *r)
{
	const char *name = ends(s->name, ".json") || ends(s->name, ".md")
	                 ? stem(s->name) : s->name;
	int last = ends(s->name, "best.json");
	cJSON *j;

	if (r->suspect && !last) {
		j = item(jat(d, "/suspect"));
		put(j, "name", r->name ? r->name : name);
		put(j, "why", r->suspect);
	}
	if (r->status && !strcmp(r->status, "postponed")) {
		j = once(jat(d, "/postponed"), "why", r->reason ? r->reason : "?");
		cJSON_AddNumberToObject(j, "documents", jat(j, "/documents")
			? jnum(j, "/documents") + 1 : 1);
		if (cJSON_GetArraySize(j) > 2)
			cJSON_DeleteItemFromArray(j, 1);
	} else if (gist_failed(r) && !last && !ends(s->name, ".py")) {
		j = item(jat(d, "/failed"));
		put(j, "name", name);
		put(j, "status", r->status);
		put(j, "reason", r->reason ? r->reason : "");
	}
	if (r->unboxed && !jat(d, "/sandbox"))
		put(d, "sandbox", "none: scripts ran without bubblewrap, at"
		    " your own risk (SANDBOX=none)");
}

/* The best result so far. */
static void
crown(const struct step *s, const struct gist *r)
{
	static struct gist best;
	cJSON *j;

	if (ends(s->name, "best.json") || !beats(r, &best))
		return;
	best = *r;
	cJSON_DeleteItemFromObject(d, "best");
	j = cJSON_AddObjectToObject(d, "best");
	put(j, "name", r->name ? r->name : stem(s->name));
	put_number(j, "score", r->score);
	put_number(j, "se", r->se);
}

static void
put_step(cJSON *steps, const struct step *s, const struct gist *r)
{
	cJSON *j = item(steps);

	put(j, "file", s->name);
	put(j, "tool", s->tool);
	put(j, "state", why_word(s->why));
	if (s->why)
		put(j, "why", why_words(s));
	if (r->status)
		put(j, "status", r->status);
	put_number(j, "score", r->score);
}

static void
put_why(const struct step *s)
{
	cJSON *j;

	if (s->why == WAITS || s->why == MISSING)
		return;
	if (!s->blocked)
		put(j = item(jat(d, "/next")), "file", s->name),
		put(j, "tool", s->tool);
	if (s->why == UNMADE || s->why == POSTPONED)
		return;
	j = once(jat(d, "/stale"), "reason", why_words(s));
	if (!jat(j, "/files"))
		cJSON_AddArrayToObject(j, "files");
	cJSON_AddItemToArray(jat(j, "/files"), cJSON_CreateString(s->name));
}

static void
put_steps(void)
{
	cJSON *steps;
	struct gist r;
	struct step *s;
	int done = 0, total = 0, waiting = 0;

	list("next");
	list("stale");
	list("failed");
	list("suspect");
	list("postponed");
	steps = cJSON_CreateArray();
	for (s = g->v; s < g->v + g->n; s++) {
		if (s->copied)
			continue;
		total++;
		done += s->why == FRESH || s->why == WAITS;
		waiting += s->why == WAITS || (s->why == MISSING);
		r = gist_of(format("%s/%s", g->run, s->name));
		stages_step(s, &r);
		if (s->there) {
			enter(s, &r);
			crown(s, &r);
		}
		if (s->why)
			put_why(s);
		put_step(steps, s, &r);
	}
	cJSON_AddNumberToObject(d, "done", done);
	cJSON_AddNumberToObject(d, "total", total);
	cJSON_AddNumberToObject(d, "waiting", waiting);
	cJSON_AddItemToObject(d, "steps", steps);
}

/* NAME := VALUE, where # and $ are quoted. */
static void
put_settings(void)
{
	char *file = format("%s/settings.mk", g->run), *line, *rest, *v, *p;
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
		put(j, line, v);
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
	put(j, "tool", last->tool);
	put(j, "file", last->name);
	cJSON_AddNumberToObject(j, "status", last->status);
}

/* An object of the run, or null. */
static cJSON *
document(const char *name)
{
	const char *file = format("%s/%s", g->run, name);

	return access(file, R_OK) == 0 ? cJSON_Parse(slurp_clean(file)) : NULL;
}

static void
put_facts(void)
{
	cJSON *rows = document("split/rows.json"), *r;
	const char *s = jopt(rows, "/score");

	put(d, "metric", metric_of(g->run));
	if (s && !strcmp(s, "measured"))
		put(d, "scores", format("measured on %.0f of %.0f rows, which"
		    " scripts do not see (%s)", jnum(rows, "/holdout"),
		    jnum(rows, "/rows"), jstr(rows, "/by")));
	else if (s)
		put(d, "scores", format("printed by the scripts: %s",
		    jopt(rows, "/why") ? jopt(rows, "/why") : "?"));
	r = document("submit/best.json");
	if (jopt(r, "/reason") && !strcmp(jstr(r, "/status"), "ok"))
		put(d, "final", format("made from the rows of the search alone;"
		    " %s", jopt(r, "/reason")));
	s = format("%s/submission.csv", g->run);
	if (access(s, F_OK) == 0)
		put(d, "submission", s);
}

static void
put_pinned(void)
{
	cJSON *v = list("pinned");
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->v[i].pinned)
			cJSON_AddItemToArray(v, cJSON_CreateString(g->v[i].name));
}

static void
put_running(void)
{
	cJSON *v = list("running"), *j;
	struct busy *p;

	for (p = busy(g->run); p; p = p->next) {
		put(j = item(v), "file", p->name);
		put_number(j, "seconds", clock_time() - p->since);
	}
}

cJSON *
standing(const char *run)
{
	static struct graph whole;

	d = cJSON_CreateObject();
	put(d, "run", run);
	whole = graph(run);
	g = &whole;
	put_steps();
	stages_into(d);
	put_facts();
	put_pinned();
	put_running();
	put_broken();
	put_calls();
	put_settings();
	return d;
}
