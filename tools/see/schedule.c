#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

static const struct graph *g;
static const struct load *load;
static struct links {           /* by step */
	size_t *to, n;          /* steps to be made that wait for it */
	size_t waits;           /* for how many */
} *links;

/* A step that goes on. */
static struct going {
	size_t i;
	int phase, holds;       /* holds: a place among those that may do that */
	double end;
} *going;
static size_t *ready, readies, goings;
static int busy_with[PHASES];

static void
link_up(void)
{
	struct links *of;
	struct step *p;
	size_t i, k;

	links = need(calloc(g->n + 1, sizeof *links));
	for (i = 0; i < g->n; i++)
		for (k = 0; load[i].todo && k < g->v[i].n; k++) {
			p = find_step(g, g->v[i].input[k]);
			if (!p || !load[p - g->v].todo)
				continue;
			of = links + (p - g->v);
			if (!(of->n & (of->n - 1)))
				of->to = need(realloc(of->to, (2 * of->n + 1)
				                      * sizeof *of->to));
			of->to[of->n++] = i;
			links[i].waits++;
		}
}

static void
use(const struct graph *whole, const struct load *v)
{
	if (load != v) {
		g = whole;
		load = v;
		link_up();
	}
}

/* The first in the order of the graph begins. */
static void
begin(void)
{
	size_t k, first = 0;

	for (k = 1; k < readies; k++)
		if (ready[k] < ready[first])
			first = k;
	going[goings++] = (struct going){.i = ready[first]};
	ready[first] = ready[--readies];
}

/* Its next phase, if there is room for it; 0: it has none. */
static int
go_on(struct going *s, double now_is, const int *limit)
{
	double d;

	for (; s->phase < PHASES; s->phase++)
		if ((d = load[s->i].seconds[s->phase]) > 0) {
			s->holds = !limit[s->phase]
			        || busy_with[s->phase] < limit[s->phase];
			busy_with[s->phase] += s->holds;
			s->end = s->holds ? now_is + d : INFINITY;
			return 1;
		}
	return 0;
}

/* Lets all go on that can; 0: nothing moved. */
static int
move_on(double now_is, const int *limit, size_t *waits)
{
	struct going *s;
	struct links *of;
	size_t k = 0, j;
	int moved = 0;

	while (k < goings) {
		s = going + k;
		if (s->holds && s->end > now_is) {
			k++;
			continue;
		}
		if (s->holds) {
			busy_with[s->phase++]--;
			s->holds = 0;
			moved = 1;
		}
		if (go_on(s, now_is, limit)) {
			k++;
			continue;
		}
		of = links + s->i;
		for (j = 0; j < of->n; j++)
			if (!--waits[of->to[j]])
				ready[readies++] = of->to[j];
		memmove(s, s + 1, (--goings - k) * sizeof *s);
		moved = 1;
	}
	return moved;
}

double
schedule(const struct graph *whole, const struct load *v, int jobs,
         const int *limit)
{
	size_t *waits, i, k;
	double t = 0, next;

	use(whole, v);
	waits = need(calloc(g->n + 1, sizeof *waits));
	ready = need(calloc(g->n + 1, sizeof *ready));
	going = need(calloc(g->n + 1, sizeof *going));
	for (i = 0; i < g->n; i++)
		if (!(waits[i] = links[i].waits) && load[i].todo)
			ready[readies++] = i;
	for (;; t = next) {
		do
			while (readies && (!jobs || goings < (size_t)jobs))
				begin();
		while (move_on(t, limit, waits));
		for (next = INFINITY, k = 0; k < goings; k++)
			next = fmin(next, going[k].end);
		if (isinf(next))
			break;
	}
	free(waits);
	free(ready);
	free(going);
	return t;
}

/* The seconds to the end of the step, by the chain that is longest. */
static double
to_the_end(size_t i, double *memo, size_t *before)
{
	double d = 0, most = 0;
	struct step *p;
	size_t k;

	if (memo[i] >= 0)
		return memo[i];
	before[i] = i;
	memo[i] = 0;
	for (k = 0; k < g->v[i].n; k++) {
		p = find_step(g, g->v[i].input[k]);
		if (!p || !load[p - g->v].todo)
			continue;
		d = to_the_end(p - g->v, memo, before);
		if (d > most || before[i] == i) {
			most = d;
			before[i] = p - g->v;
		}
	}
	for (k = 0; k < PHASES; k++)
		most += load[i].seconds[k];
	return memo[i] = most;
}

double
longest_chain(const struct graph *whole, const struct load *v, int *on)
{
	double *memo, d, most = -1;
	size_t *before, i, last = 0;

	use(whole, v);
	memo = need(calloc(g->n + 1, sizeof *memo));
	before = need(calloc(g->n + 1, sizeof *before));
	for (i = 0; i < g->n; i++)
		memo[i] = -1;
	for (i = 0; i < g->n; i++) {
		d = load[i].todo ? to_the_end(i, memo, before) : -1;
		if (d > most) {
			most = d;
			last = i;
		}
	}
	memset(on, 0, g->n * sizeof *on);
	for (i = last; most >= 0; i = before[i]) {
		on[i] = 1;
		if (before[i] == i)
			break;
	}
	return most > 0 ? most : 0;
}
