/* graph [-d] RUN: draws the files of RUN, what follows from what, and how they
 * stand, as SVG by dot(1); with -d prints what dot is told.
 *
 * A box is a step; what is numbered, and of what there is much, shares one.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

enum { MANY = 8, MOST = 800, STATES = 9 };

static const struct {
	const char *name, *fill, *line, *style;
} look[STATES] = {      /* of several in a box the first one counts */
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

struct box {
	char *id;
	const struct step *first;
	int steps, n[STATES];           /* how many stand so */
	struct gist best;
	const char *why;
};

static struct graph g;
static struct box *box;
static size_t nbox, *box_of;    /* by step */
static struct busy *working;
static const char *winner;      /* whose script is the submission */

/* In a string of dot's. */
static char *
quoted(const char *s)
{
	struct text t = {0};

	add(&t, "");
	for (s = shown(s); *s; s++)
		if (*s == '"' || *s == '\\')
			addf(&t, "\\%c", *s);
		else if (*s == '&')
			add(&t, "&amp;");
		else
			addn(&t, *s == '\n' ? " " : s, 1);
	return t.s;
}

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
		if (!find_step(&g, last))
			break;
		most = i;
	}
	return most ? format("%.*s/1-%d", folder, s->name, most)
	     : format("%s", s->name);
}

static void
fill_boxes(int level)
{
	struct step *s;
	struct gist r;
	struct box *b;
	char *id;
	size_t i;

	nbox = 0;
	for (s = g.v; s < g.v + g.n; s++) {
		if (s->copied)
			continue;
		id = box_id(s, level);
		for (i = nbox; i && strcmp(box[i - 1].id, id); i--)
			;
		b = box + (i ? i - 1 : nbox++);
		if (!i)
			*b = (struct box){.id = id, .first = s,
			                  .best = {.score = NAN}};
		box_of[s - g.v] = b - box;
		r = gist_of(format("%s/%s", g.run, s->name));
		b->steps++;
		b->n[state(s, &r)]++;
		if (beats(&r, &b->best))
			b->best = r;
		if (s->why)
			b->why = why_words(s);
		else if (r.reason && !b->why)
			b->why = r.reason;
	}
}

/* What everything has: task.json, split/train.csv .. */
static int
common(const struct step *s)
{
	return !strchr(s->name, '/') ? !starts(s->name, "s")
	     : s->copied || starts(s->name, "split/");
}

static void
draw_box(const struct box *b)
{
	const char *short_name = b->id, *slash;
	struct text t = {0};
	int i, is = 0;

	if (*b->id >= '0' && *b->id <= '9' && (slash = strchr(b->id, '/')))
		short_name = slash + 1;
	while (!b->n[is])
		is++;
	addf(&t, "%s\\n", quoted(short_name));
	if (b->steps == 1)
		addf(&t, "%s", b->first->tool);
	for (i = 0; b->steps > 1 && i < STATES; i++)
		if (b->n[i])
			addf(&t, "%s%d %s", ends(t.s, "n") ? "" : ", ", b->n[i],
			     look[i].name);
	if (!isnan(b->best.score))
		addf(&t, "  %.6g", b->best.score);
	printf("\"%s\" [label=\"%s\", fillcolor=\"%s\", color=\"%s\", style=\"%s\","
	       " penwidth=%s, tooltip=\"%s/%s: %s%s%s\"]\n", quoted(b->id), t.s,
	       look[is].fill, look[is].line, look[is].style,
	       winner && b->steps == 1 && ends(b->id, ".json")
	       && !strcmp(stem(b->id), winner) ? "3" : "1",
	       quoted(g.run), quoted(b->id), look[is].name,
	       b->why ? ": " : "", b->why ? quoted(b->why) : "");
}

/* The cluster that a box is in: its lane and step, as "1/2", or what else its
 * folder is. */
static const char *
cluster(const struct box *b)
{
	const char *slash = strrchr(b->id, '/');

	if (slash)
		return format("%.*s", (int)(slash - b->id), b->id);
	return common(b->first) || starts(b->id, "split") ? "" : "submit";
}

static void
draw_cluster(const char *id, const char *label)
{
	size_t i;

	printf("subgraph \"cluster_%s\" {\nlabel=\"%s\" color=\"#bbbbbb\""
	       " style=rounded\n", id, label);
	for (i = 0; i < nbox; i++)
		if (!strcmp(cluster(box + i), id) || (!*id
		    && starts(box[i].id, "split/")))
			draw_box(box + i);
	puts("}");
}

/* A lane, with its drafts, merges and steps. */
static void
draw_lane(int lane)
{
	char *id = format("%d", lane), *in = format("%d/", lane);
	const char *last = "", *c;
	size_t i;

	printf("subgraph \"cluster_%s\" {\nlabel=\"lane %s\" color=\"#888888\""
	       " style=rounded fontsize=14\n", id, id);
	for (i = 0; i < nbox; i++) {
		c = cluster(box + i);
		if (!strcmp(c, id))
			draw_box(box + i);
		else if (starts(c, in) && strcmp(c, last)) {
			draw_cluster(c, !strcmp(c + strlen(in), "0") ? "start"
			    : c[strlen(in)] <= '9' ? format("step %s",
			    c + strlen(in)) : c + strlen(in));
			last = c;
		}
	}
	puts("}");
}

/* An edge from what all have only where there is no other. */
static void
draw_edges(const struct step *s)
{
	size_t i, from, to = box_of[s - g.v];
	struct step *p;
	int pass, n = 0;

	for (pass = 0; pass < 2 && !n; pass++)
		for (i = 0; i < s->n; i++) {
			p = find_step(&g, s->input[i]);
			if (!p || p->copied || common(p) != (pass || common(s)))
				continue;
			from = box_of[p - g.v];
			n++;
			if (from != to)
				printf("\"%s\" -> \"%s\"\n", quoted(box[from].id),
				       quoted(box[to].id));
		}
}

static void
draw_legend(void)
{
	int i;

	printf("legend [shape=plain, tooltip=\"legend\", label=<<table border=\"0\""
	       " cellspacing=\"4\"><tr>");
	for (i = 0; i < STATES; i++)
		printf("<td border=\"1\" style=\"rounded\" bgcolor=\"%s\""
		       " color=\"%s\">%s</td>", look[i].fill, look[i].line,
		       look[i].name);
	printf("</tr><tr><td colspan=\"%d\" align=\"left\">Left out: what all"
	       " have (in/, split/, task.json, brief.md), and arrows that others"
	       " imply.%s</td></tr></table>>]\n", STATES, winner
	       ? "  Bold: the script that won." : "");
}

static void
draw(void)
{
	size_t i;
	int lane;

	printf("strict digraph {\nbgcolor=white fontname=\"sans-serif\" fontsize=12"
	       " nodesep=0.15 ranksep=0.3 newrank=true labelloc=t\n"
	       "label=\"%s\"\nnode [shape=box fontname=\"sans-serif\" fontsize=10"
	       " margin=\"0.08,0.04\" height=0.3]\nedge [color=\"#666666\""
	       " arrowsize=0.6]\n", quoted(g.run));
	draw_legend();
	draw_cluster("", "preparation");
	for (lane = 1; find_step(&g, format("%d/models.json", lane)); lane++)
		draw_lane(lane);
	draw_cluster("ensemble", "ensemble");
	draw_cluster("submit", "submission");
	for (i = 0; i < g.n; i++)
		if (!g.v[i].copied)
			draw_edges(g.v + i);
	puts("}");
	finish();
}

int
main(int argc, char **argv)
{
	int c, plain = 0, level = 1;
	FILE *f = NULL;

	while ((c = getopt(argc, argv, "d")) != -1)
		if (c == 'd')
			plain = 1;
		else
			usage("[-d] run");
	if (argc - optind != 1)
		usage("[-d] run");
	g = graph(from_top(argv[optind]));
	if (!g.n || access(g.run, F_OK) < 0)
		die(NO, "draw %s: nothing is made yet", g.run);
	if (!plain && system("command -v dot >/dev/null && command -v tred >/dev/null"))
		die(BAD, "draw %s: there is no dot: install the package graphviz",
		    g.run);
	find_stale(&g);
	working = busy(g.run);
	winner = gist_of(format("%s/ensemble/best.json", g.run)).name;
	box = need(calloc(g.n, sizeof *box));
	box_of = need(calloc(g.n, sizeof *box_of));
	do
		fill_boxes(level++);
	while (nbox > MOST && level <= 2);

	if (!plain && (f = popen("tred | dot -Tsvg", "w")))
		dup2(fileno(f), 1);
	draw();
	fclose(stdout);
	return !plain && (!f || pclose(f)) ? SICK : YES;
}
