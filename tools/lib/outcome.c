#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

enum { WIDTH = 34 };

static const char *run;
static const char *metric = "score";
static cJSON *best;
static double first = NAN;

static void
learn_metric(void)
{
	char *file = format("%s/task.json", run);
	const char *name;

	if (access(file, R_OK) == 0
	    && (name = jopt(cJSON_Parse(slurp_clean(file)), "/metric")))
		metric = name;
}

void
outcome_open(const char *folder)
{
	run = folder;
	learn_metric();
}

const char *
outcome_metric(void)
{
	return metric;
}

const cJSON *
outcome_best(double *change)
{
	*change = best ? jnum(best, "/score") - first : 0;
	return best;
}

void
outcome_look(const char *name)
{
	char *file = format("%s/%s", run, name);
	cJSON *r = access(file, R_OK) < 0 ? NULL
	         : cJSON_Parse(slurp_clean(file));

	free(file);
	if (!cJSON_IsObject(r) || !scored(r) || !jopt(r, "/direction")) {
		cJSON_Delete(r);
		return;
	}
	if (isnan(first))
		first = jnum(r, "/score");
	if (!best || better(r, best))
		best = r;
	else
		cJSON_Delete(r);
}

/* The first words of a plan or a summary; the names of models. */
static char *
gist(const char *text, const cJSON *models)
{
	struct text t = {0};
	const cJSON *m;

	add(&t, "");
	cJSON_ArrayForEach(m, models)
		if (jopt(m, "/model_name"))
			addf(&t, "%s%s", t.n ? ", " : "", jopt(m, "/model_name"));
	if (!models && *text != '#')
		addn(&t, text, strcspn(text, "\n"));
	if (t.n > WIDTH) {
		for (t.n = WIDTH - 3; (t.s[t.n] & 0xc0) == 0x80; t.n--)
			;
		strcpy(t.s + t.n, "...");
	}
	return tame(t.s);
}

const char *
outcome(const char *name, int status)
{
	char *file = format("%s/%s", run, name), *s;
	const char *why, *out;
	cJSON *r, *score;

	if (status && status != LATE)
		return format("failed (%d)", status);
	if (ends(name, "task.json"))
		learn_metric();
	if (access(file, R_OK) < 0)
		return "";
	s = slurp_clean(file);
	r = ends(name, ".json") ? cJSON_Parse(s) : NULL;
	why = r ? halted_json(r) : halted(s);
	score = jat(r, "/score");
	if (why)
		out = gist(why, NULL);
	else if (ends(name, ".md") || cJSON_IsArray(r))
		out = gist(s, r);
	else if (cJSON_IsNumber(score) && best)
		out = format("%s %.6g  (best %.6g)", metric,
		             score->valuedouble, jnum(best, "/score"));
	else
		out = cJSON_IsNumber(score) ? format("%s %.6g", metric,
		                                     score->valuedouble) : "";
	cJSON_Delete(r);
	free(s);
	return out;
}
