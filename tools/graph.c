/* graph [-d] RUN: draws the files of RUN, what follows from what, and how they
 * stand, as SVG by dot(1); with -d prints what dot is told.
 *
 * A box is a step; what is numbered, and of what there is much, shares one.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"
#include "see/see.h"

static struct graph g;
static struct boxes b;
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

/* What everything has: task.json, split/train.csv .. */
static int
common(const struct step *s)
{
	return !strchr(s->name, '/') ? !starts(s->name, "s")
	     : s->copied || starts(s->name, "split/");
}

static void
draw_box(const struct box *x)
{
	const char *short_name = x->id, *slash;
	struct text t = {0};
	int i, is = 0;

	if (*x->id >= '0' && *x->id <= '9' && (slash = strchr(x->id, '/')))
		short_name = slash + 1;
	while (!x->n[is])
		is++;
	addf(&t, "%s\\n", quoted(short_name));
	if (x->steps == 1)
		addf(&t, "%s", x->first->tool);
	for (i = 0; x->steps > 1 && i < STATES; i++)
		if (x->n[i])
			addf(&t, "%s%d %s", ends(t.s, "n") ? "" : ", ", x->n[i],
			     look[i].name);
	if (x->best.status)
		addf(&t, "  %.6g", x->best.score);
	printf("\"%s\" [label=\"%s\", fillcolor=\"%s\", color=\"%s\", style=\"%s\","
	       " penwidth=%s, tooltip=\"%s/%s: %s%s%s\"]\n", quoted(x->id), t.s,
	       look[is].fill, look[is].line, look[is].style,
	       winner && x->steps == 1 && ends(x->id, ".json")
	       && !strcmp(stem(x->id), winner) ? "3" : "1",
	       quoted(g.run), quoted(x->id), look[is].name,
	       x->why ? ": " : "", x->why ? quoted(x->why) : "");
}

/* The cluster that a box is in: its lane and step, as "1/2", or what else its
 * folder is. */
static const char *
cluster(const struct box *x)
{
	const char *slash = strrchr(x->id, '/');

	if (slash)
		return format("%.*s", (int)(slash - x->id), x->id);
	return common(x->first) || starts(x->id, "split") ? "" : "submit";
}

static void
draw_cluster(const char *id, const char *label)
{
	size_t i;

	printf("subgraph \"cluster_%s\" {\nlabel=\"%s\" color=\"#bbbbbb\""
	       " style=rounded\n", id, label);
	for (i = 0; i < b.n; i++)
		if (!strcmp(cluster(b.v + i), id) || (!*id
		    && starts(b.v[i].id, "split/")))
			draw_box(b.v + i);
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
	for (i = 0; i < b.n; i++) {
		c = cluster(b.v + i);
		if (!strcmp(c, id))
			draw_box(b.v + i);
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
	size_t i, from, to = b.of[s - g.v];
	struct step *p;
	int pass, n = 0;

	for (pass = 0; pass < 2 && !n; pass++)
		for (i = 0; i < s->n; i++) {
			p = find_step(&g, s->input[i]);
			if (!p || p->copied || common(p) != (pass || common(s)))
				continue;
			from = b.of[p - g.v];
			n++;
			if (from != to)
				printf("\"%s\" -> \"%s\"\n", quoted(b.v[from].id),
				       quoted(b.v[to].id));
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
	int c, plain = 0;
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
	winner = gist_of(format("%s/ensemble/best.json", g.run)).name;
	b = boxes(&g);
	if (!plain && (f = popen("tred | dot -Tsvg", "w")))
		dup2(fileno(f), 1);
	draw();
	fclose(stdout);
	return !plain && (!f || pclose(f)) ? SICK : YES;
}
