#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

enum { MANY = 8, MOST = 800 };

const struct look look[STATES] = {      /* of several in a box the first one counts */
	{"running",     "#cfe3fb", "#1b62b5", "filled,rounded"},
	{"stale",       "#fbdf9d", "#9a6700", "filled,rounded"},
	{"postponed",   "#e3daf5", "#6a4fb0", "filled,rounded"},
	{"waiting",     "#fff7df", "#9a6700", "filled,rounded,dashed"},
	{"not made",    "#ffffff", "#777777", "filled,rounded,dashed"},
	{"pinned",      "#c9eef0", "#0b7285", "filled,rounded"},
	{"done",        "#d9f2dc", "#2f7d3b", "filled,rounded"},
	{"failed",      "#f9d2ce", "#b3261e", "filled,rounded"},
	{"skipped",     "#e8e8e8", "#777777", "filled,rounded"}
};

static const struct graph *g;
static const struct busy *working;

static int
state(const struct step *s, const struct gist *r)
{
	const char *is = is_busy(working, s->name) ? "running"
	               : s->pinned ? "pinned" : state_of(s, r);
	int i;

	for (i = 0; i < STATES; i++)
		if (!strcmp(look[i].name, is))
			return i;
	return 1;
}

/* A folder's files that begin with a number, if these are many, or from level
 * 2 on all of an outer step, share a box. */
static char *
box_id(const struct step *s, int level)
{
	const char *slash = strrchr(s->name, '/');
	int folder = slash ? slash - s->name : 0, i, most = 0;
	char *last;

	if (!slash)
		return format("%s", s->name);
	if (level > 1 && strspn(s->name, "0123456789/") > 2)
		return format("%.*s", folder, s->name);
	if (!strspn(slash + 1, "0123456789"))
		return format("%s", s->name);
	for (i = MANY + 1; i < 1000; i++) {
		last = format("%.*s/%d.json", folder, s->name, i);
		if (!find_step(g, last))
			break;
		most = i;
	}
	return most ? format("%.*s/1-%d", folder, s->name, most)
	     : format("%s", s->name);
}

static void
enter(struct box *b, const struct step *s)
{
	struct gist r = gist_of(in_run(g->run, s->name));

	b->steps++;
	b->n[state(s, &r)]++;
	if (beats(&r, &b->best))
		b->best = r;
	if (s->why)
		b->why = why_words(s);
	else if (r.reason && !b->why)
		b->why = r.reason;
}

static void
fill_boxes(struct boxes *b, int level)
{
	const struct step *s;
	char *id;
	size_t i;

	b->n = 0;
	for (s = g->v; s < g->v + g->n; s++) {
		if (s->copied)
			continue;
		id = box_id(s, level);
		for (i = 0; i < b->n && strcmp(b->v[i].id, id); i++)
			;
		if (i == b->n)
			b->v[b->n++] = (struct box){.id = id, .first = s};
		b->of[s - g->v] = i;
		enter(b->v + i, s);
	}
}

struct boxes
boxes(const struct graph *whole)
{
	struct boxes b;
	int level = 1;

	g = whole;
	working = busy(g->run);
	b.v = need(calloc(g->n, sizeof *b.v));
	b.of = need(calloc(g->n, sizeof *b.of));
	do
		fill_boxes(&b, level++);
	while (b.n > MOST && level <= 2);
	return b;
}
