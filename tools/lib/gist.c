#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

static char *
text(const cJSON *j, const char *path)
{
	const char *s = jopt(j, path);

	return s ? shown(s) : NULL;
}

struct gist
gist_from(const cJSON *j)
{
	const char *box = jopt(j, "/sandbox");
	double attempts = jval(j, "/attempts");
	struct gist g = {
		.status = text(j, "/status"), .reason = text(j, "/reason"),
		.name = text(j, "/name"), .suspect = text(j, "/suspect"),
		.direction = text(j, "/direction"),
		.score = scored(j) ? jnum(j, "/score") : NAN,
		.se = jval(j, "/se"), .printed = jval(j, "/printed"),
		.seconds = jval(j, "/usage/seconds"),
		.memory = jval(j, "/usage/rss_mb"),
		.attempts = attempts >= 1 && attempts <= INT_MAX ? attempts : 1,
		.unboxed = box && !strcmp(box, "none")};

	return g;
}

struct gist
gist_of(const char *file)
{
	char *s = access(file, R_OK) < 0 ? NULL : slurp_clean(file);
	cJSON *j = s && ends(file, ".json") ? cJSON_Parse(s) : NULL;
	const char *why = s && !ends(file, ".json") ? halted(s) : NULL;
	struct gist g = gist_from(j);
	size_t n;

	if (why) {
		n = strcspn(why, ":");
		g.status = shown(format("%.*s", (int)n, why));
		g.reason = shown(why + n + strspn(why + n, ": "));
	}
	cJSON_Delete(j);
	free(s);
	return g;
}

char *
gist_line(const char *file)
{
	struct text t = {0};
	char *s = access(file, R_OK) < 0 ? NULL : slurp_clean(file);
	cJSON *j = s && ends(file, ".json") ? cJSON_Parse(s) : NULL, *m;
	const char *plan = j ? jopt(j, "/plan") : ends(file, ".md") ? s : NULL;

	add(&t, "");
	cJSON_ArrayForEach(m, j)
		if (cJSON_IsObject(m) && jopt(m, "/model_name"))
			addf(&t, "%s%s", t.n ? ", " : "", jopt(m, "/model_name"));
	if (plan) {
		plan += strspn(plan, " \t\n");
		addn(&t, plan, strcspn(plan, "\n"));
	}
	cJSON_Delete(j);
	free(s);
	return tame(t.s);
}

const char *
metric_of(const char *run)
{
	char *file = format("%s/task.json", run);
	const char *s = access(file, R_OK) < 0 ? NULL
	              : jopt(cJSON_Parse(slurp_clean(file)), "/metric");

	free(file);
	return s ? shown(s) : "score";
}

int
gist_failed(const struct gist *g)
{
	return g->status && strcmp(g->status, "ok") && strcmp(g->status, "skipped")
	    && strcmp(g->status, "postponed") && strcmp(g->status, "dead");
}

int
beats(const struct gist *a, const struct gist *b)
{
	if (isnan(a->score) || !b->status || isnan(b->score))
		return !isnan(a->score);
	return a->direction && !strcmp(a->direction, "lower")
	     ? a->score < b->score : a->score > b->score;
}
