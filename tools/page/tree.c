/* Which script was made from which: a row of boxes for each lane. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { MANY = 400, LABEL = 48, TABLE = 10 };

/* What stands in place of a score. */
static const char *
word(const struct cand *c)
{
	if (!c->r.status)
		return "not run yet";
	if (c->kind == SEARCH || c->kind == TASK)
		return "";
	if (c->r.name && strcmp(c->r.name, c->name) && !failed(c))
		return "as before";
	if (strcmp(c->r.status, "ok"))
		return c->r.status;
	return c->kind == ABLATE ? "done" : "no score";
}

static int
improves(const struct cand *c)
{
	return counts(c) && c->parent >= 0
	    && beats_score(c->r.score, page.c[c->parent].r.score);
}

static void
node(const struct cand *c, const char *name)
{
	putf("<li><a class=\"node%s%s%s\" href=\"#%s\"><b>%s</b> <span class=what>",
	     failed(c) ? " bad" : counts(c) ? "" : " none",
	     c->way ? " way" : "", c == page.c + page.best ? " best" : "",
	     c->name, name);
	if (c->label && page.n <= MANY)
		escn(c->label, LABEL);
	put("</span> <span class=score>");
	if (counts(c) || (c->kind == SUBMIT && isfinite(c->r.score)))
		put(short_number(c->r.score));
	else
		esc(word(c));
	if (improves(c))
		put("<i class=up title=\"better than what it began with\"> ▲</i>");
	if (c->r.suspect)
		put("<i class=warn title=\"suspect\"> !</i>");
	put("</span></a></li>\n");
}

static void
box(const char *title, const struct cand *from)
{
	putf("<div class=stage><h4>%s", title);
	if (from)
		putf(" <small>from <a href=\"#%s\">%s</a></small>", from->name,
		     from->name);
	put("</h4><ol>\n");
}

static const struct cand *
parent(const struct cand *c)
{
	return c->parent < 0 ? NULL : page.c + c->parent;
}

/* The box that a candidate stands in, by its name. */
static const char *
box_of(const struct cand *c)
{
	switch (c->kind) {
	case SEARCH:
	case DRAFT:  return "Drafts";
	case MERGE:
	case USAGE:  return "Merges";
	case ABLATE:
	case PLAN:   return format("Step %d", c->step);
	case ENSEMBLE: return "Ensembles";
	default:     return "Submission";
	}
}

static const char *
place(const struct cand *c)
{
	return c->kind == SEARCH ? "model cards" : c->kind == USAGE ? "data use"
	     : c->kind == ABLATE ? "ablation" : c->kind == SUBMIT ? "final script"
	     : format("%d", c->n);
}

static void
row(int lane)
{
	const char *open = NULL, *title;
	const struct cand *c, *best = NULL;

	for (c = page.c; c < page.c + page.n; c++)
		if (c->lane == lane && counts(c) && (!best
		    || beats_score(c->r.score, best->r.score)))
			best = c;
	putf("<section class=\"lane %s\"><h3>", lane ? format("l%d",
	     (lane - 1) % 8 + 1) : "le");
	if (lane)
		putf("Lane %d", lane);
	else
		put("Ensembles and submission");
	if (best)
		putf(" <small>best %s by <a href=\"#%s\">%s</a></small>",
		     short_number(best->r.score), best->name, best->name);
	put("</h3>\n<div class=stages>\n");
	for (c = page.c; c < page.c + page.n; c++) {
		if (c->lane != lane || c->kind == TASK)
			continue;
		title = box_of(c);
		if (!open || strcmp(open, title)) {
			put(open ? "</ol></div>\n" : "");
			box(title, c->kind == MERGE ? NULL : parent(c));
		}
		open = title;
		node(c, place(c));
	}
	put(open ? "</ol></div>" : "");
	put("</div></section>\n");
}

void
put_tree(void)
{
	int l;

	put("<section id=tree><h2>The candidates</h2>\n<p class=legend>Choose one "
	    "to see its plan, script, changes, output and model calls. <i class=up>"
	    "▲</i> better than what it began with; framed: the way to the ");
	put(page.final ? "submission. " : "best so far. ");
	put("Also: <a href=\"#task\">the task as the model saw it</a>.</p>\n");
	for (l = 1; l <= page.lanes; l++)
		row(l);
	if (find("ensemble/1") >= 0 || find("submit/1") >= 0)
		row(0);
	put("</section>\n");
}

static void
score_row(const struct cand *c, int rank, int measured)
{
	const struct cand *from = parent(c);

	putf("<tr%s><td>%d<th scope=row><a href=\"#%s\">%s</a> <span class=what>",
	     c == page.c + page.best ? " class=best" : "", rank, c->name, c->name);
	if (c->label)
		escn(c->label, LABEL);
	putf("</span>%s<td class=n>%s", c->r.suspect ? " <b class=warn>suspect</b>"
	     : "", short_number(c->r.score));
	if (measured)
		putf("<td class=n>%s<td class=n>%s", error_number(c->r.se),
		     short_number(c->r.printed));
	if (from && isfinite(from->r.score))
		putf("<td class=\"n %s\">%s", improves(c) ? "up" : "",
		     signed_number(c->r.score - from->r.score));
	else
		put("<td class=n>–");
	putf("<td class=n>%s\n", span_of(c->r.seconds));
}

/* All scores, the best first. */
void
put_scores(void)
{
	char *done = need(calloc(page.n + 1, 1));
	int i, k, best, measured;

	if (!page.scores || page.best < 0) {
		free(done);
		return;
	}
	measured = isfinite(page.c[page.best].r.se);
	put("<section id=ranks><h2>The best scripts</h2>\n");
	for (k = 1; k <= page.scores && k <= MANY; k++) {
		for (best = -1, i = 0; i < page.n; i++)
			if (counts(page.c + i) && !done[i] && (best < 0
			    || beats_score(page.c[i].r.score, page.c[best].r.score)))
				best = i;
		done[best] = 1;
		if (k == TABLE + 1)
			put("</table></div><details><summary>The others"
			    "</summary>\n");
		if (k == 1 || k == TABLE + 1)
			putf("<div class=wide><table><thead><tr><th>#<th>script"
			     "<th class=n>%s%s<th class=n>change<th class=n>run time"
			     "<tbody>\n", measured ? "measured" : "printed",
			     measured ? "<th class=n>std. error<th class=n>printed"
			     : "");
		score_row(page.c + best, k, measured);
	}
	put("</table></div>");
	put(page.scores > TABLE ? "</details>" : "");
	putf("<p class=legend>Change: against the script it began with%s.</p></section>"
	     "\n", page.lower ? "; lower is better" : "; higher is better");
	free(done);
}
