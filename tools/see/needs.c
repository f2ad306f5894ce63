#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../net/net.h"
#include "see.h"

enum { FIXED = 2 * ASKS };      /* calls that check-leak makes, mending a block */

static long
option(const struct step *s, const char *name)
{
	const char *at = strstr(s->command, format(" %s ", name));

	return at ? strtol(at + strlen(name) + 2, NULL, 10) : 0;
}

/* Whether scripts are scored by rows that are held out; -1: it is not known. */
static int
measured(const struct graph *g)
{
	static int is = -2;
	const struct step *s = find_step(g, "split/rows.json");
	const char *score;

	if (is > -2 || !s)
		return s ? is : 1;
	score = s->why == FRESH
	      ? jopt(jload(in_run(g->run, s->name)), "/score") : NULL;
	if (score)
		return is = !strcmp(score, "measured");
	return is = strstr(s->command, " -m printed") ? 0
	          : strstr(s->command, " -m measured") ? 1 : -1;
}

/* Merging goes on from this best result, unless it stopped there. */
static const struct step *
merged_before(const struct graph *g, const struct step *s)
{
	const struct step *p = NULL;
	size_t i;

	if (!s || strcmp(s->tool, "merge"))
		return NULL;
	for (i = 0; i < s->n && !p; i++)
		if (ends(s->input[i], ".best.json"))
			p = find_step(g, s->input[i]);
	return p && starts(p->command, "best -a") ? p : NULL;
}

static int
stopped(const struct graph *g, const struct step *best)
{
	if (!best || !starts(best->command, "best -a"))
		return 0;
	if (best->why == FRESH)
		return jopt(jload(in_run(g->run, best->name)), "/stopped") != NULL;
	return best->n && stopped(g, find_step(g, best->input[0]));
}

/* The script is none, so that nothing is to be run. */
static int
is_none(const struct graph *g, const struct step *draft)
{
	size_t n;

	return draft && (stopped(g, merged_before(g, draft))
	    || (draft->why == FRESH && draft->there && draft->size < 4096
	        && halted(slurp(in_run(g->run, draft->name), &n))));
}

static void
set(int *v, int least, int usual, int most)
{
	v[AT_LEAST] = least;
	v[USUAL] = usual;
	v[AT_MOST] = most;
}

/* A service is asked with queries that the model writes. */
static int
queries(const struct step *s)
{
	const char *w = strstr(s->command, " -w "), *model = model_of("search");

	if (!strcmp(model, "playbook") || starts(model, "replay:"))
		return 0;
	setenv(format("MODEL_%s", program_invocation_short_name), model, 1);
	return sources(w ? format("%.*s", (int)strcspn(w + 4, " "), w + 4)
	                 : NULL).n > 0;
}

static void
ask_needs(const struct graph *g, const struct step *s, struct needs *n)
{
	const struct step *before = merged_before(g, s);
	int asks = 1;

	if (!strcmp(s->tool, "plan") && option(s, "-n") == 1)
		asks = 0;               /* the block came with it */
	else if (!strcmp(s->tool, "search"))
		asks = strstr(s->command, " -n 0 ") ? 0 : 1 + queries(s);
	set(n->calls, before ? 0 : asks, asks, asks * ASKS);
	if (!strcmp(s->tool, "submit"))
		set(n->calls, measured(g) == 0, measured(g) == 0,
		    measured(g) == 1 ? 0 : ASKS);
	if (stopped(g, before))
		set(n->calls, 0, 0, 0);
}

static void
evaluation_needs(const struct graph *g, const struct step *s, struct needs *n)
{
	const struct step *draft = find_step(g, s->input[0]);
	int tries = option(s, "-n"), rows = measured(g), final;
	int same = !ends(s->command, "in/data.list");   /* it may be its base */

	if (is_none(g, draft))
		return;
	n->ablation = starts(s->command, "evaluate -a");
	final = starts(s->command, "evaluate -f");
	n->asks = "check-leak";
	n->debugs = (tries - 1) * ASKS;
	set(n->scripts, 1, 1, tries + (final && rows));
	set(n->calls, 1, 1, tries * FIXED + n->debugs);
	if (n->ablation || (final && rows == 1))
		set(n->calls, 0, 0, n->debugs + final * (tries - 1) * FIXED);
	else if (final)
		set(n->calls, !rows, !rows, n->calls[AT_MOST]);
	else if (rows && tries > 1)     /* instead of debugging, looked at again */
		n->calls[AT_MOST] += FIXED - ASKS;
	if (same && !final)
		n->scripts[AT_LEAST] = n->scripts[USUAL] = n->calls[AT_LEAST]
			= n->calls[USUAL] = 0;
	if (merged_before(g, draft))
		n->scripts[AT_LEAST] = n->calls[AT_LEAST] = 0;
}

struct needs
needs(const struct graph *g, const struct step *s)
{
	struct needs n = {0};

	if (!strcmp(s->tool, "evaluate") && s->n)
		evaluation_needs(g, s, &n);
	else if (starts(s->command, format("%s -s ", s->tool))) {
		n.asks = s->tool;       /* so does mk/star.mk call what asks */
		ask_needs(g, s, &n);
	}
	return n;
}
