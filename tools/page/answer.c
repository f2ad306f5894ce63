/* What a person wants to know first. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/lib.h"
#include "page.h"

/* The command that goes on with the run, or makes something of it. */
static void
command(const char *verb)
{
	put("<code>make ");
	esc(verb);
	put(*verb ? " " : "");
	esc(run_words(page.run));
	put("</code>");
}

/* Rows of the held out part, or 0. */
static double
held_out(char **by)
{
	cJSON *j = load_json("split/rows.json");
	double n = jopt(j, "/score") && !strcmp(jopt(j, "/score"), "measured")
	         ? jval(j, "/holdout") : NAN;

	*by = safe(jopt(j, n > 0 ? "/by" : "/why"));
	cJSON_Delete(j);
	return n > 0 ? n : 0;
}

static void
how_scored(void)
{
	char *by;
	double n = held_out(&by);

	if (n)
		putf("measured on %.0f rows that no script saw", n);
	else
		put("printed by the script itself: not measured");
	if (by) {
		put(" (");
		esc(by);
		put(")");
	}
	put(page.lower ? "; lower is better" : "; higher is better");
}

/* The first draft is what a single reply would have come to. */
static void
gain(void)
{
	const struct cand *c = page.c + page.best, *d;
	double by;

	for (d = page.c; d < c && !(d->kind == DRAFT && counts(d)); d++)
		;
	if (d >= c || d->r.score == 0 || !counts(c))
		return;
	by = (c->r.score - d->r.score) / fabs(d->r.score) * 100;
	putf("<p>The first draft that worked scored %s: ", short_number(d->r.score));
	if (fabs(by) < 0.05)
		put("the search has not improved on it.</p>\n");
	else
		putf("the search made that %.1f %% %s%s.</p>\n", fabs(by),
		     beats_score(c->r.score, d->r.score) ? "better" : "worse",
		     isfinite(c->r.se) && fabs(c->r.score - d->r.score) < c->r.se
		     ? ", less than one standard error" : "");
}

static void
score(void)
{
	const struct cand *c = page.c + page.best;

	put("<p class=score><span class=metric>");
	esc(page.metric);
	putf("</span> <strong>%s</strong>", short_number(c->r.score));
	if (isfinite(c->r.se))
		putf(" <span class=se>%s</span>", error_number(c->r.se));
	putf("</p>\n<p>%s by the script of <a href=\"#%s\">%s</a>, ",
	     page.final ? "Achieved" : "The best so far,", c->name, c->name);
	how_scored();
	put(".</p>\n");
	gain();
}

/* make grade leaves what it found. */
static void
grade(void)
{
	struct stat g, s, a;
	cJSON *j = load_json("grade.json");
	const char *metric = jopt(j, "/metric");

	if (stat(format("%s/grade.json", page.run), &g) == 0
	    && stat(format("%s/submission.csv", page.run), &s) == 0
	    && later(g.st_mtim, s.st_mtim) && isfinite(jval(j, "/score"))
	    && (stat(format("%s/../answers.csv", page.run), &a) < 0
	        || later(g.st_mtim, a.st_mtim))
	    && metric && !strcmp(metric, page.metric)) {
		putf("<li>True score, by <code>make grade</code>: <b>%s",
		     short_number(jval(j, "/score")));
		if (isfinite(jval(j, "/se")))
			putf(" %s", error_number(jval(j, "/se")));
		putf("</b> on %.0f rows.\n", jval(j, "/rows"));
	} else {
		put("<li>Its true score, if you have the answers: ");
		command("grade");
		put(".\n");
	}
	cJSON_Delete(j);
}

static void
submission(void)
{
	cJSON *r = load_json("submit/best.json");
	cJSON *check = load_json("submit/1.try/1.check.json");

	put("<ul class=todo><li>Submit <code>");
	esc(page.run);
	put("/submission.csv</code>");
	if (jval(check, "/rows") > 0)
		putf(", %.0f rows, checked against the task's sample", jval(check,
		     "/rows"));
	put(".\n");
	grade();
	put("<li>The script that made it: <code>");
	esc(page.run);
	put("/solution.py</code>.\n");
	if (r && !isfinite(jval(r, "/score")))
		put("<li class=warn>That script was mended for all rows after it was "
		    "measured: the score is that of the one before.\n");
	if (jopt(r, "/reason") && jopt(r, "/status")
	    && !strcmp(jopt(r, "/status"), "ok")) {
		put("<li class=warn>It was made from the rows of the search alone; ");
		escn(jopt(r, "/reason"), 400);
	}
	put("</ul>\n");
	cJSON_Delete(r);
	cJSON_Delete(check);
}

static void
rest(void)
{
	put("<p class=warn>It was ended early: ");
	esc(page.early);
	put(". ");
	command("");
	put(" does the rest.</p>\n");
}

static void
broken(void)
{
	const struct node *last = last_failed(page.log, page.logged);

	if (last) {
		put("<p class=warn>The last step that failed: <code>");
		esc(last->tool);
		put(" ");
		esc(last->name);
		putf("</code> (status %d).</p>\n", last->status);
	}
}

static void
warnings(void)
{
	const struct cand *c = page.best < 0 ? NULL : page.c + page.best;
	char *p = page.damaged.s, *end;

	if (c && c->r.suspect) {
		put("<p class=warn>Suspect: ");
		esc(c->r.suspect);
		put(".</p>\n");
	}
	if (p) {
		put("<p class=warn>Damaged, and left out here: ");
		for (; *p; p = end + 1) {
			end = strchr(p, '\n');
			put("<code>");
			esc(format("%.*s", (int)(end - p), p));
			put("</code> ");
		}
		put("</p>\n");
	}
}

static void
tile(const char *value, const char *what)
{
	putf("<div><dt>%s<dd>", what);
	esc(value);
	put("</div>\n");
}

static void
tiles(void)
{
	struct account a = account(page.run);
	double seconds = worked(page.run);

	put("<dl class=tiles>");
	tile(format("%d", page.scores), page.scores == 1 ? "script with a score"
	     : "scripts with a score");
	if (page.failed)
		tile(format("%d", page.failed), "without one");
	tile(amount_of(a.calls), "model calls");
	if (a.in + a.out > 0)
		tile(amount_of(a.in + a.out), "tokens");
	tile(a.unknown && a.unknown == a.calls ? "unknown"
	     : format("%s%s", a.unknown ? "≥ " : "", money(a.cost)), "price");
	tile(span_of(seconds), "worked in all");
	put("</dl>\n");
}

void
put_answer_part(void)
{
	put("<section id=answer><h2 class=unseen>The answer</h2>\n");
	if (page.best >= 0 && page.scores)
		score();
	else
		put("<p class=score><strong>No result yet</strong></p>\n");
	if (page.final)
		submission();
	else {
		put("<p>There is no submission yet: ");
		command("");
		put(" goes on from here, ");
		command("status");
		put(" tells where it stands.</p>\n");
	}
	if (page.final && page.early)
		rest();
	broken();
	warnings();
	tiles();
	put("</section>\n");
}
