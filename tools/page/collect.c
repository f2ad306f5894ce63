#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { LABEL = 60 };

static int cap;

int
beats_score(double a, double b)
{
	return page.lower ? a < b : a > b;
}

int
find(const char *name)
{
	int i;

	for (i = 0; name && i < page.n; i++)
		if (!strcmp(page.c[i].name, name))
			return i;
	return -1;
}

int
counts(const struct cand *c)
{
	return c->kind != ABLATE && c->kind != SUBMIT && isfinite(c->r.score)
	    && c->r.status && !strcmp(c->r.status, "ok")
	    && (!c->r.name || !strcmp(c->r.name, c->name));
}

int
failed(const struct cand *c)
{
	return gist_failed(&c->r);
}

/* The first words of a text. */
static char *
first_words(char *s)
{
	char *t, *p = s + strspn(s, " \t\n#*-");

	p[strcspn(p, "\n")] = 0;
	t = *p && strncmp(s, "# mlestar: ", 11) ? safe(p) : NULL;
	if (t && strlen(t) > 2 * LABEL)
		t[2 * LABEL] = 0;
	t = t ? clean(t, strlen(t)) : NULL;
	free(s);
	return t;
}

static const char *
label(const struct cand *c, const cJSON *models)
{
	const char *name;
	char *file, *s = NULL;

	if (c->kind == DRAFT) {
		name = jopt(cJSON_GetArrayItem(models, c->n - 1), "/model_name");
		return safe(name);
	}
	if (c->kind != PLAN && c->kind != ENSEMBLE)
		return NULL;
	file = format("%s.plan.md", c->name);
	s = load_text(file);
	free(file);
	return s ? first_words(s) : NULL;
}

static void
read_result(struct cand *c, const char *file)
{
	cJSON *r = load_json(file);

	if (!r) {
		if (there(file))
			c->r.status = "damaged";
		return;
	}
	c->r = gist_from(r);
	if (!c->r.status)
		c->r.status = "damaged";
	if (c->r.direction && strcmp(c->r.status, "skipped"))
		page.lower = !strcmp(c->r.direction, "lower");
	cJSON_Delete(r);
}

static struct cand *
enter(enum kind kind, int lane, int step, int n, char *name, int parent)
{
	struct cand *c;

	if (page.n == cap)
		page.c = need(realloc(page.c, (cap = 2 * cap + 64) * sizeof *c));
	c = page.c + page.n++;
	*c = (struct cand){.kind = kind, .lane = lane, .step = step, .n = n,
	                   .name = name, .parent = parent, .script = NO_TEXT};
	c->r = gist_from(NULL);
	return c;
}

/* Adds a candidate if there is anything of it. */
static void
look(enum kind kind, int lane, int step, int n, char *name, int parent,
     const cJSON *models)
{
	static const char *ends[] = {".json", ".draft.py", ".plan.md"};
	struct cand *c;
	char *file;
	int i, found = 0;

	for (i = 0; i < 3; i++) {
		file = format("%s%s", name, ends[i]);
		found |= there(file);
		free(file);
	}
	if (!found)
		return;
	c = enter(kind, lane, step, n, name, parent);
	file = format("%s.json", name);
	read_result(c, file);
	free(file);
	c->label = label(c, models);
}

/* Whose result was the best there. */
static int
whose(char *file)
{
	cJSON *r = load_json(file);
	int i = find(jopt(r, "/name"));

	cJSON_Delete(r);
	free(file);
	return i;
}

static void
collect_step(int lane, int step)
{
	char *folder = format("%d/%d", lane, step);
	int base = whose(format("%d/%d/best.json", lane, step - 1));
	int k, most = most_in(folder);

	look(ABLATE, lane, step, 0, format("%s/ablate", folder), base, NULL);
	for (k = 1; k <= most; k++)
		look(PLAN, lane, step, k, format("%s/%d", folder, k), base, NULL);
	page.most_plans = most > page.most_plans ? most : page.most_plans;
	page.most_steps = step > page.most_steps ? step : page.most_steps;
}

static void
collect_lane(int l)
{
	char *folder = format("%d", l);
	cJSON *models = load_json(format("%d/models.json", l));
	int n, most, steps = most_in(folder);

	if (models)
		enter(SEARCH, l, 0, 0, format("%d/models", l), -1)->r.status = "ok";
	most = most_in(format("%d/draft", l));
	page.most_drafts = most > page.most_drafts ? most : page.most_drafts;
	for (n = 1; n <= most; n++)
		look(DRAFT, l, 0, n, format("%d/draft/%d", l, n), -1, models);
	most = most_in(format("%d/merge", l));
	page.most_merges = most > page.most_merges ? most : page.most_merges;
	for (n = 1; n <= most; n++)
		look(MERGE, l, 0, n, format("%d/merge/%d", l, n),
		     whose(format("%d/merge/%d.best.json", l, n - 1)), NULL);
	look(USAGE, l, 0, 0, format("%d/0/usage", l),
	     whose(format("%d/merge/%d.best.json", l, most)), NULL);
	for (n = 1; n <= steps; n++)
		collect_step(l, n);
	cJSON_Delete(models);
}

static int
last_best(int lane)
{
	int t = most_in(format("%d", lane)), i = -1;

	for (; t >= 0 && i < 0; t--)
		i = whose(format("%d/%d/best.json", lane, t));
	return i;
}

static void
way(int i)
{
	int l;

	for (; i >= 0 && !page.c[i].way; i = page.c[i].parent) {
		page.c[i].way = 1;
		for (l = 1; page.c[i].kind == ENSEMBLE && l <= page.lanes; l++)
			way(last_best(l));
	}
}

static void
collect_ends(void)
{
	int n, l, i, base = -1;

	for (l = 1; l <= page.lanes; l++) {
		i = last_best(l);
		if (i >= 0 && isfinite(page.c[i].r.score) && (base < 0
		    || beats_score(page.c[i].r.score, page.c[base].r.score)))
			base = i;
	}
	page.most_rounds = most_in("ensemble");
	for (n = 1; n <= page.most_rounds; n++)
		look(ENSEMBLE, 0, 0, n, format("ensemble/%d", n), base, NULL);
	base = whose(format("ensemble/best.json"));
	look(SUBMIT, 0, 0, 0, format("submit/1"), base, NULL);
	page.best = base;
	page.final = base >= 0 && there("submission.csv")
	          && there("submit/best.json");
}

static void
sum_up(void)
{
	struct cand *c;
	int from, to;

	for (c = page.c; c < page.c + page.n; c++) {
		page.failed += failed(c);
		page.scores += counts(c);
		if (c->r.status && !strcmp(c->r.status, "postponed"))
			page.early = c->r.reason ? c->r.reason : "a limit was reached";
		calls_of(format("%s.", c->name), &from, &to);
		for (; from < to; from++)
			c->leaks += page.call[from].stage
			         && !strcmp(page.call[from].stage, "check-leak-fix");
	}
	for (c = page.c; !page.final && c < page.c + page.n; c++)
		if (counts(c) && (page.best < 0
		    || beats_score(c->r.score, page.c[page.best].r.score)))
			page.best = c - page.c;
	way(page.best);
}

void
collect(void)
{
	cJSON *task = load_json("task.json");
	const char *slash;
	int l, most = most_in("");

	page.metric = safe_at(task, "/metric");
	page.lower = !jopt(task, "/direction")
	          || strcmp(jopt(task, "/direction"), "higher");
	cJSON_Delete(task);
	if (!page.metric)
		page.metric = "score";
	slash = strrchr(page.run, '/');
	page.task = slash ? format("%.*s", (int)(slash - page.run), page.run)
	          : page.run;
	page.task = strrchr(page.task, '/') ? strrchr(page.task, '/') + 1
	          : page.task;
	page.log = there("log") ? nodes(page.run, &page.logged) : NULL;
	page.best = -1;
	cJSON_Delete(load_json("machine.json"));        /* are they damaged? */
	cJSON_Delete(load_json("packages.json"));
	collect_calls();
	enter(TASK, 0, 0, 0, format("task"), -1)->r.status = "ok";
	for (l = 1; l <= most; l++) {
		page.lanes = l;
		collect_lane(l);
	}
	collect_ends();
	sum_up();
}
