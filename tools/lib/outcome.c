#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { WIDTH = 34 };

static const char *run;
static const char *metric;
static struct gist best = {.score = NAN};
static double first = NAN;

void
outcome_open(const char *folder)
{
	run = folder;
	metric = metric_of(run);
}

const char *
outcome_metric(void)
{
	return metric;
}

const struct gist *
outcome_best(double *change)
{
	*change = best.score - first;
	return best.status ? &best : NULL;
}

void
outcome_look(const char *name)
{
	char *file = format("%s/%s", run, name);
	struct gist r = gist_of(file);

	free(file);
	if (isnan(first) && r.direction)
		first = r.score;
	if (r.direction && beats(&r, &best))
		best = r;
}

/* Why there is no result: of what others left out, their reason. */
static char *
cause(const struct gist *r)
{
	const char *why = r->reason ? r->reason : "no reason given";
	const char *p = strstr(why, "(postponed: ");

	return shortened(p ? format("%.*s", (int)strcspn(p + 1, ")"), p + 1)
	               : format("%s: %s", r->status, why), WIDTH);
}

const char *
outcome(const char *name, int status)
{
	char *file = format("%s/%s", run, name), *line;
	struct gist r;

	if (status && status != LATE)
		return format("failed (%d)", status);
	if (ends(name, "task.json"))
		metric = metric_of(run);
	r = gist_of(file);
	line = gist_line(file);
	free(file);
	if (r.status && strcmp(r.status, "ok"))
		return cause(&r);
	if (isnan(r.score))
		return *line == '#' ? "" : shortened(line, WIDTH);
	free(line);
	return best.status ? format("%s %.6g  (best %.6g)", metric, r.score,
	       best.score) : format("%s %.6g", metric, r.score);
}
