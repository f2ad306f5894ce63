#include <math.h>
#include <string.h>

#include "lib.h"

static struct account spent;
static long counted;            /* bytes of the ledger */

static double
age(int i)
{
	double s = clock_time() - board.running[i].since;

	return s > 0 ? s : 0;
}

/* Seconds, rounded so that they do not flicker; nan: nobody can tell. */
static double
time_left(void)
{
	double work = estimate_left(), done = board.taken, usual, parallel;
	double worked = clock_time() - board.began;
	int i;

	for (i = 0; board.running[i].name; i++) {
		usual = estimate_usual(board.running[i].name);
		work -= age(i) < usual ? age(i) : isnan(usual) ? 0 : usual;
		done += age(i);
	}
	parallel = worked > 0 ? done / worked : 0;
	if (isnan(work) || worked < 5 || parallel <= 0 || !board.todo)
		return NAN;
	work /= parallel;
	return work < 10 ? 10 : work < 100 ? 10 * ceil(work / 10) : work;
}

void
add_span(struct text *t, double s)
{
	if (s < 100)
		addf(t, "%.0f s", s);
	else if (s < 90 * 60)
		addf(t, "%.0f min", s / 60);
	else
		addf(t, "%.1f h", s / 3600);
}

static void
add_done(struct text *t, int width)
{
	int bar = (width - 50) / 5, full;

	if (!board.steps)
		return;
	bar = bar < 4 ? 0 : bar > 20 ? 20 : bar;
	full = bar * (board.steps - board.todo) / board.steps;
	if (bar)
		addf(t, "[%.*s%.*s] ", full, "####################",
		    bar - full, "....................");
	addf(t, "%zu/%zu", board.steps - board.todo, board.steps);
}

static void
add_best(struct text *t)
{
	double change;
	const struct gist *best = outcome_best(&change);

	if (!best)
		return;
	addf(t, "%s %.6g", outcome_metric(), best->score);
	if (change != 0)
		addf(t, " (%+.2g)", change);
}

static void
add_left(struct text *t)
{
	double left = time_left();

	if (isnan(left))
		return;
	add(t, "about ");
	add_span(t, left);
	add(t, " left");
}

static void
add_cost(struct text *t)
{
	double n;

	account_more(board.run, &spent, &counted);
	n = spent.in + spent.out;
	if (spent.calls)
		addf(t, "%.0f call%s", spent.calls, spent.calls == 1 ? "" : "s");
	if (n > 0)
		addf(t, n < 1000 ? ", %.0f tokens" : n < 1e6 ? ", %.0fk tokens"
		    : ", %.1fM tokens", n < 1000 ? n : n < 1e6 ? n / 1e3 : n / 1e6);
	if (spent.cost > 0)
		addf(t, spent.cost < 1 ? ", %.4f USD" : ", %.2f USD", spent.cost);
}

/* As many as fit, and how many more there are. */
static void
add_running(struct text *t, int width)
{
	size_t before;
	int i, n = 0;

	while (board.running[n].name)
		n++;
	for (i = 0; i < n; i++) {
		before = t->n;
		addf(t, "%s%s %s", i ? ", " : "", board.running[i].tool,
		    board.running[i].stem);
		if (age(i) >= 1) {
			add(t, " ");
			add_span(t, age(i));
		}
		if (i && (int)t->n > width - (i < n - 1 ? 5 : 0)) {
			t->n = before;
			addf(t, " +%d", n - i);
			return;
		}
	}
}

/* Adds a part if there is room, and empties it. */
static void
put_part(struct text *t, struct text *part, int width)
{
	if (part->n && (int)(t->n + 2 + part->n) <= width)
		addf(t, "  %s", part->s);
	part->n = 0;
}

char *
status_line(void)
{
	static struct text t, part;
	int width = screen_width() - 1;

	t.n = part.n = 0;
	add(&t, "");
	add_done(&part, width);
	put_part(&t, &part, width);
	add_best(&part);
	put_part(&t, &part, width);
	add_left(&part);
	put_part(&t, &part, width);
	add_cost(&part);
	put_part(&t, &part, width - (board.running[0].name ? 24 : 0));
	add_running(&part, width - t.n - 2);
	if (part.n && width - (int)t.n > 12)
		addf(&t, "  %s", part.s);
	part.n = 0;
	return screen_cut(t.s, width);
}
