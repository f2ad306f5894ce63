/* The scores in the order of the method: a column for each place, a colour for
 * each lane, the best so far of each as a line. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { WIDE = 920, HIGH = 380, LEFT = 62, RIGHT = 14, TOP = 14, BOTTOM = 46,
       MANY = 400 };

static double low, high;        /* the scores that are shown */
static double width;             /* the width of a place */
static int uses;                /* a place is for the use of the data */
static int gaps;                /* between the parts */

static int
drafts(void)
{
	return page.most_drafts + page.most_merges + uses;
}

static int
places(void)
{
	return drafts() + page.most_steps * page.most_plans + page.most_rounds;
}

static double
spot(int place, int part)
{
	return LEFT + width * (place + 0.5 + 0.5 * part);
}

/* Where part begins, and how many places it has. */
static int
part_begin(int part, int *n)
{
	if (part == 0) {
		*n = page.most_drafts;
		return 0;
	}
	if (part == 1) {
		*n = page.most_merges + uses;
		return page.most_drafts;
	}
	*n = part < 2 + page.most_steps ? page.most_plans : page.most_rounds;
	return drafts() + (part - 2) * page.most_plans;
}

static int
part_of(const struct cand *c)
{
	return c->kind == DRAFT ? 0 : c->kind == MERGE || c->kind == USAGE ? 1
	     : c->kind == ENSEMBLE ? 2 + page.most_steps : 1 + c->step;
}

static double
x_of(const struct cand *c)
{
	int n, part = part_of(c), place = part_begin(part, &n);
	double room = width / (page.lanes + 1), shift = 0;

	if (room > 11)
		room = 11;
	if (c->lane)
		shift = room * (c->lane - (page.lanes + 1) / 2.0);
	place += c->kind == USAGE ? page.most_merges : c->n - 1;
	return spot(place, part) + shift;
}

static double
y_of(double v)
{
	double part = (v - low) / (high - low);

	return TOP + (HIGH - TOP - BOTTOM) * (1 - part);
}

static int
in_chart(const struct cand *c)
{
	return c->kind == DRAFT || c->kind == MERGE || c->kind == USAGE
	    || c->kind == PLAN || c->kind == ENSEMBLE;
}

static int
rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of the better three quarters and some more; what is far worse stands at the
 * edge. */
static void
range(void)
{
	double *v = need(calloc(page.scores + 1, sizeof *v)), worst, best, far, se;
	const struct cand *c;
	int n = 0;

	for (c = page.c; c < page.c + page.n; c++)
		if (counts(c))
			v[n++] = page.lower ? c->r.score : -c->r.score;
	qsort(v, n, sizeof *v, rising);
	best = v[0];
	worst = v[n - 1];
	far = best + 4 * (v[3 * n / 4] - best);
	if (worst > far && far > best)
		worst = far;
	c = page.c + page.best;
	se = isfinite(c->r.se) ? c->r.se : 0;
	low = page.lower ? best : -worst;
	high = page.lower ? worst : -best;
	low = fmin(low, c->r.score - se);
	high = fmax(high, c->r.score + se);
	if (high <= low) {
		low -= fabs(low) / 10 + 1e-9;
		high += fabs(high) / 10 + 1e-9;
	}
	worst = (high - low) * 0.06;
	low -= worst;
	high += worst;
	free(v);
}

/* Round numbers, some five of them. */
static void
axis(void)
{
	double step = pow(10, floor(log10((high - low) / 5))), v, y;
	int digits;

	while ((high - low) / step > 7)
		step *= (high - low) / step > 14 ? 5 : 2;
	digits = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
	for (v = ceil(low / step) * step; v <= high; v += step) {
		y = y_of(v);
		putf("<path class=grid d=\"M%d %.1fH%d\"/><text x=%d y=%.1f "
		     "class=tick text-anchor=end>", LEFT, y, WIDE - RIGHT,
		     LEFT - 8, y + 4);
		if (fabs(v) < 1e6)
			putf("%.*f</text>\n", digits, fabs(v) < step / 2 ? 0 : v);
		else
			putf("%.3g</text>\n", v);
	}
	putf("<text class=tick transform=\"rotate(-90 14 %d)\" x=14 y=%d "
	     "text-anchor=middle>", (HIGH - BOTTOM) / 2, (HIGH - BOTTOM) / 2 + 4);
	put(page.lower ? "← better   " : "");
	esc(page.metric);
	put(page.lower ? "" : "   better →");
	put("</text>\n");
}

static void
part_name(int part, double x, double room)
{
	const char *name = part == 0 ? "drafts" : part == 1 ? "merges"
	                 : part == 2 + page.most_steps ? "ensembles" : NULL;

	if (!name && room < 16 && (part - 1) % 4)
		return;
	putf("<text class=tick x=%.1f y=%d text-anchor=middle>", x, HIGH - 10);
	if (name)
		put(name);
	else
		putf(room < 56 ? "%s%d" : "%sstep %d", "", part - 1);
	put("</text>\n");
}

static void
parts(void)
{
	int part, first, n;
	double a, b;

	for (part = 0; part < 3 + page.most_steps; part++) {
		first = part_begin(part, &n);
		if (!n)
			continue;
		a = spot(first, part) - width / 2;
		b = spot(first + n - 1, part) + width / 2;
		putf("<rect class=part x=%.1f y=%d width=%.1f height=%d rx=4 />", a,
		     TOP, b - a, HIGH - TOP - BOTTOM);
		part_name(part, (a + b) / 2, b - a);
	}
}

static const char *
colour(int lane)
{
	return lane ? format("l%d", (lane - 1) % 8 + 1) : "le";
}

/* The error bars of a lane are one path, its best so far another. */
static void
lines(int lane)
{
	struct text bars = {0}, line = {0};
	const struct cand *c;
	double x, best = NAN;

	add(&bars, "");
	for (c = page.c; c < page.c + page.n; c++) {
		if (c->lane != lane || !counts(c))
			continue;
		x = x_of(c);
		if (isfinite(c->r.se) && page.scores <= MANY)
			addf(&bars, "M%.1f %.1fV%.1f", x, y_of(c->r.score - c->r.se),
			     y_of(c->r.score + c->r.se));
		if (isnan(best))
			addf(&line, "M%.1f %.1f", x, y_of(c->r.score));
		else if (beats_score(c->r.score, best))
			addf(&line, "H%.1fV%.1f", x, y_of(c->r.score));
		else
			addf(&line, "H%.1f", x);
		if (isnan(best) || beats_score(c->r.score, best))
			best = c->r.score;
	}
	if (line.n)
		putf("<g class=%s clip-path=\"url(#plot)\"><path class=bars d=\"%s\"/>"
		     "<path class=sofar d=\"%s\"/></g>\n", colour(lane), bars.s,
		     line.s);
	free(bars.s);
	free(line.s);
}

static void
mark(const struct cand *c, double x, double y)
{
	double r = page.scores > MANY ? 2.5 : 5, out = 0;

	if (y > HIGH - BOTTOM || y < TOP)
		out = y < TOP ? TOP + 6 : HIGH - BOTTOM - 6;
	if (out)
		putf("<path d=\"M%.1f %.1fl5 %sl-10 0z\"/>", x, out,
		     y < TOP ? "8" : "-8");
	else if (!c->lane)
		putf("<path d=\"M%.1f %.1fl%.1f %.1fl-%.1f %.1fl-%.1f -%.1fz\"/>",
		     x, y - r - 1, r + 1, r + 1, r + 1, r + 1, r + 1, r + 1);
	else
		putf("<circle cx=%.1f cy=%.1f r=%g />", x, y, r);
}

static void
point(const struct cand *c)
{
	double x = x_of(c), y = y_of(c->r.score);

	if (c == page.c + page.best)
		putf("<circle class=ring cx=%.1f cy=%.1f r=10 />", x, y);
	putf("<a href=\"#%s\" tabindex=-1 class=\"pt %s%s\"><title>%s: ",
	     c->name, colour(c->lane), c->r.suspect ? " suspect" : "", c->name);
	if (c->label && page.scores <= MANY) {
		escn(c->label, 60);
		put(": ");
	}
	put(short_number(c->r.score));
	if (isfinite(c->r.se))
		putf(" %s", error_number(c->r.se));
	put("</title>");
	mark(c, x, y);
	put("</a>\n");
}

static void
legend(void)
{
	int l, measured = isfinite(page.c[page.best].r.se);

	put("<p class=legend>");
	for (l = 1; l <= page.lanes && page.lanes <= 8; l++)
		putf("<span class=\"key %s\">●</span> lane %d ", colour(l), l);
	if (page.most_rounds)
		put("<span class=\"key le\">◆</span> ensembles ");
	putf("<span class=\"key ring\">○</span> %s. ",
	     page.final ? "submitted" : "the best so far");
	put("Lines: the best so far.");
	if (measured && page.scores <= MANY)
		put(" Bars: ± 1 standard error; all are measured on the same rows, "
		    "so differences are surer than the bars suggest.");
	if (page.failed)
		put(" ×: no score.");
	put("</p>\n");
}

void
put_chart(void)
{
	const struct cand *c;
	int l;

	put("<section id=scores><h2>Scores along the way</h2>\n");
	if (!page.scores || page.best < 0) {
		put("<p class=none>No script has a score yet.</p></section>\n");
		return;
	}
	range();
	for (c = page.c; c < page.c + page.n; c++)
		uses |= c->kind == USAGE && (counts(c) || failed(c));
	gaps = 1 + page.most_steps + (page.most_rounds > 0);
	width = (WIDE - LEFT - RIGHT) / (places() + gaps / 2.0);
	legend();
	putf("<div class=wide tabindex=0 role=region aria-label=\"Chart of the "
	     "scores\"><svg id=chart viewBox=\"0 0 %d %d\" role=group "
	     "aria-label=\"%d scores in the order of the method; %s is better\">\n",
	     WIDE, HIGH, page.scores, page.lower ? "lower" : "higher");
	putf("<clipPath id=plot><rect x=%d y=%d width=%d height=%d /></clipPath>\n",
	     LEFT, TOP, WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM);
	parts();
	axis();
	for (l = 1; l <= page.lanes; l++)
		lines(l);
	lines(0);
	for (c = page.c; c < page.c + page.n; c++)
		if (counts(c))
			point(c);
		else if (in_chart(c) && failed(c))
			putf("<a href=\"#%s\" tabindex=-1 class=\"fail %s\"><title>%s: "
			     "no score</title><path d=\"M%.1f %dl8 8m0 -8l-8 8\"/></a>\n",
			     c->name, colour(c->lane), c->name, x_of(c) - 4,
			     HIGH - BOTTOM + 6);
	put("</svg></div></section>\n");
}
