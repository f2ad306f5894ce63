#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

/* What one lane, or all of them together, got out of a stage. */
struct cell {
	int made, of, failed;
	struct gist best, last;         /* of its scripts; what goes on from it */
};
static struct {
	int lanes, steps;
	struct cell *lane[1000];        /* draft, merge, start, step 1 .. */
	struct cell ensemble, submit;
} b;
enum { DRAFT, MERGE, START };

/* Where a result counts on the board, or null. */
static struct cell *
cell_of(const char *name, int *last)
{
	int lane, t, n;
	char more;

	*last = ends(name, "best.json");
	if (sscanf(name, "ensemble/%d.jso%c", &n, &more) == 2
	    || !strcmp(name, "ensemble/best.json"))
		return &b.ensemble;
	if (!strcmp(name, "submit/1.json") || !strcmp(name, "submit/best.json"))
		return &b.submit;
	if (sscanf(name, "%d", &lane) != 1 || lane < 1 || lane > 999)
		return NULL;
	if (sscanf(name, "%d/draft/%d.jso%c", &lane, &n, &more) == 3)
		t = DRAFT;
	else if (sscanf(name, "%d/merge/%d.jso%c", &lane, &n, &more) == 3
	         || (*last && strstr(name, "/merge/")))
		t = MERGE;
	else if (sscanf(name, "%d/0/usage.jso%c", &lane, &more) == 2)
		t = START;
	else if (sscanf(name, "%d/%d/%d.jso%c", &lane, &t, &n, &more) == 4
	         || (*last && sscanf(name, "%d/%d/best.jso%c", &lane, &t, &more) == 3))
		t += START;
	else
		return NULL;
	if (lane > b.lanes)
		b.lanes = lane;
	if (t - START > b.steps)
		b.steps = t - START;
	if (!b.lane[lane])
		b.lane[lane] = need(calloc(1000 + START, sizeof **b.lane));
	return b.lane[lane] + t;
}

void
stages_step(const struct step *s, const struct gist *r)
{
	int last;
	struct cell *c = cell_of(s->name, &last);

	if (!c)
		return;
	if (last) {
		if (r->status)
			c->last = *r;
		return;
	}
	c->of++;
	c->made += s->there && s->why != POSTPONED;
	c->failed += gist_failed(r);
	if (beats(r, &c->best))
		c->best = *r;
}

static cJSON *
of_cell(const struct cell *c)
{
	cJSON *j = cJSON_CreateObject();
	const struct gist *r = c->last.status ? &c->last : &c->best;

	if (r->status && !isnan(r->score))
		cJSON_AddNumberToObject(j, "score", r->score);
	cJSON_AddNumberToObject(j, "made", c->made);
	cJSON_AddNumberToObject(j, "of", c->of);
	cJSON_AddNumberToObject(j, "failed", c->failed);
	return j;
}

void
stages_into(cJSON *d)
{
	static const char *const name[] = {"draft", "merge", "start"};
	cJSON *stages = cJSON_AddArrayToObject(d, "stages"), *j, *lanes;
	int t, l;

	for (t = 0; b.lanes && t <= START + b.steps; t++) {
		cJSON_AddItemToArray(stages, j = cJSON_CreateObject());
		cJSON_AddStringToObject(j, "stage", t <= START ? name[t]
		                        : format("step %d", t - START));
		lanes = cJSON_AddArrayToObject(j, "lanes");
		for (l = 1; l <= b.lanes; l++)
			if (b.lane[l])
				cJSON_AddItemToArray(lanes, of_cell(b.lane[l] + t));
	}
	cJSON_AddItemToObject(d, "ensemble", of_cell(&b.ensemble));
	cJSON_AddItemToObject(d, "submit", of_cell(&b.submit));
}
