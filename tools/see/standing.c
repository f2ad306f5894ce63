#include <math.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

static struct graph *g;
static struct busy *running;
static cJSON *d;

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
	jadd(j, key, value);
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
		jadd(j, "name", r->name ? r->name : name);
		jadd(j, "why", r->suspect);
	}
	if (s->why == POSTPONED) {
		j = once(jat(d, "/postponed"), "why", r->reason ? r->reason : "?");
		cJSON_AddNumberToObject(j, "documents", jat(j, "/documents")
			? jnum(j, "/documents") + 1 : 1);
		if (cJSON_GetArraySize(j) > 2)
			cJSON_DeleteItemFromArray(j, 1);
	} else if (gist_failed(r) && !last && !ends(s->name, ".py")) {
		j = item(jat(d, "/failed"));
		jadd(j, "name", name);
		jadd(j, "status", r->status);
		jadd(j, "reason", r->reason ? r->reason : "");
	}
	if (r->unboxed && !jat(d, "/sandbox"))
		jadd(d, "sandbox", "none: scripts ran without bubblewrap, at"
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
	jadd(j, "name", r->name ? r->name : stem(s->name));
	put_number(j, "score", r->score);
	put_number(j, "se", r->se);
}

static void
put_step(cJSON *steps, const struct step *s, const struct gist *r)
{
	cJSON *j = item(steps);

	jadd(j, "file", s->name);
	jadd(j, "tool", s->tool);
	jadd(j, "state", why_word(s->why));
	if (s->why)
		jadd(j, "why", why_words(s));
	if (r->status)
		jadd(j, "status", r->status);
	put_number(j, "score", r->score);
}

static void
put_why(const struct step *s)
{
	cJSON *j;

	if (s->why == WAITS || s->why == MISSING)
		return;
	if (!s->blocked && !is_busy(running, s->name))
		jadd(j = item(jat(d, "/next")), "file", s->name),
		jadd(j, "tool", s->tool);
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

cJSON *
standing(const char *run)
{
	static struct graph whole;

	d = cJSON_CreateObject();
	jadd(d, "run", run);
	whole = graph(run);
	g = &whole;
	running = busy(run);
	put_steps();
	stages_into(d);
	facts_into(d, g);
	return d;
}
