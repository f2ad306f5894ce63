#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

enum { TOOLS = 32 };

/* What a call of a tool takes. */
static struct rate {
	const char *asks;
	struct tokens tokens;
	double usd, most_usd, seconds, most_seconds;
} rates[TOOLS];

static const struct rate *
rate(const char *asks)
{
	struct rate *r = rates;

	while (r < rates + TOOLS - 1 && r->asks && strcmp(r->asks, asks))
		r++;
	if (!r->asks)
		*r = (struct rate){asks, call_tokens(asks), call_usd(asks, 0),
			call_usd(asks, means("MAX_TOKENS", 0)),
			call_seconds(asks), call_most(asks)};
	return r;
}

static void
add_calls(struct work *w, const char *asks, const int *n)
{
	const struct rate *r = rate(asks);

	if (!n[AT_MOST])
		return;
	w->tokens.in += n[USUAL] * r->tokens.in;
	w->tokens.out += n[USUAL] * r->tokens.out;
	w->tokens.calls += r->tokens.calls;
	if (isnan(r->usd))
		w->unpriced = model_of(asks);
	w->usd[AT_LEAST] += n[AT_LEAST] * r->usd;
	w->usd[USUAL] += n[USUAL] * r->usd;
	w->usd[AT_MOST] += n[AT_MOST] * r->most_usd;
	w->most += n[AT_MOST] * r->most_seconds;
}

static void
add_step(struct work *w, const struct graph *g, size_t i)
{
	struct needs n = w->needs[i] = needs(g, g->v + i);
	double *took = w->load[i].seconds, limit = means("TIMEOUT", 600);
	int c, own[CASES], debugs[CASES] = {0, 0, n.debugs};

	w->left++;
	for (c = 0; c < CASES; c++) {
		w->calls[c] += n.calls[c];
		w->scripts[c] += n.scripts[c];
		own[c] = n.calls[c] - debugs[c];
	}
	if (n.asks) {
		add_calls(w, n.asks, own);
		add_calls(w, "debug", debugs);
	}
	w->most += n.scripts[AT_MOST] * limit;
	took[ASKING] = n.calls[USUAL] ? n.calls[USUAL] * rate(n.asks)->seconds
	             : 0;
	took[RUNNING] = n.scripts[USUAL]
	              ? n.scripts[USUAL] * script_seconds(n.ablation) : 0;
	took[OTHER] = n.scripts[USUAL] && !n.ablation ? tool_seconds("score")
	            + tool_seconds("check-submission")
	            : n.asks ? 0 : tool_seconds(g->v[i].tool);
	w->usual += took[ASKING] + took[RUNNING] + took[OTHER];
}

/* What calls and scripts may take. */
static void
take_limits(struct work *w, size_t i)
{
	const struct needs *n = w->needs + i;
	double *took = w->load[i].seconds;

	if (!w->load[i].todo || !n->asks)
		return;
	took[ASKING] = n->calls[USUAL] * rate(n->asks)->most_seconds;
	took[RUNNING] = n->scripts[USUAL] * means("TIMEOUT", 600);
	took[OTHER] = 0;
}

struct work
work(const struct graph *g)
{
	struct work w = {0};
	size_t i;

	w.load = need(calloc(g->n + 1, sizeof *w.load));
	w.needs = need(calloc(g->n + 1, sizeof *w.needs));
	for (i = 0; i < g->n; i++) {
		w.steps += !g->v[i].copied;
		w.load[i].todo = !g->v[i].copied && g->v[i].why != FRESH;
		if (w.load[i].todo)
			add_step(&w, g, i);
	}
	for (i = 0; isnan(w.usual) && i < g->n; i++)
		take_limits(&w, i);
	if (w.calls[USUAL]) {
		w.tokens.in /= w.calls[USUAL];
		w.tokens.out /= w.calls[USUAL];
	}
	return w;
}
