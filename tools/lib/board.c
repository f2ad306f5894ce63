#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib.h"

enum { JOBS = 256 };

static struct planned {
	char *name, *tool;
	int todo;
} *plan;
static size_t nplan, todo;
static struct {
	char *tool, *name, *stem;
	double since;
} running[JOBS];
static const char *run;
static struct account spent;
static long counted;            /* bytes of the ledger */
static double began, taken;     /* when make did; seconds its steps took */

double
clock_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

void
board_open(const char *folder)
{
	struct timespec t;
	struct node *v;
	size_t n, i;

	run = folder;
	began = at_work(run, &t) ? t.tv_sec + t.tv_nsec / 1e9 : clock_time();
	outcome_open(run);
	v = makings(run, &n);
	for (i = 0; i < n; i++) {
		if (v[i].status || strstr(v[i].name, ".try/"))
			continue;
		estimate_took(v[i].name, v[i].seconds);
		if (v[i].end >= began)
			taken += v[i].seconds;
		if (!strcmp(v[i].tool, "evaluate"))
			outcome_look(v[i].name);
	}
}

static struct planned *
find_planned(const char *name)
{
	size_t i;

	for (i = 0; i < nplan; i++)
		if (!strcmp(plan[i].name, name))
			return plan + i;
	return NULL;
}

static void
mark(struct planned *s, int is_todo)
{
	if (!s || s->todo == is_todo)
		return;
	s->todo = is_todo;
	todo += is_todo ? 1 : -1;
	estimate_todo(s->name, is_todo ? 1 : -1);
}

/* "step data.json describe .." is told of each, then "tools/keep -p 3/96
 * work/x/run/data.json describe .." of those that are to be made. */
void
board_plan(char *line)
{
	const char *word[5] = {"", "", "0", "", ""};
	char *left, *w;
	size_t at;
	int i = 0;

	for (w = strtok_r(line, " \t", &left); w && i < 5;
	     w = strtok_r(NULL, " \t", &left))
		word[i++] = w;
	if (!strcmp(word[0], "step") || !strcmp(word[0], "pinned")) {
		plan = need(realloc(plan, (nplan + 1) * sizeof *plan));
		plan[nplan++] = (struct planned){format("%s", word[1]), NULL, 0};
	} else if (ends(word[0], "tools/keep")
	    && (at = strtoul(word[2], NULL, 10)) > 0 && at <= nplan) {
		plan[at - 1].tool = format("%s", word[4]);
		mark(plan + at - 1, 1);
	}
}

static int
find_running(const char *name)
{
	int i;

	for (i = 0; i < JOBS && running[i].name; i++)
		if (!strcmp(running[i].name, name))
			return i;
	return -1;
}

void
board_begin(const char *tool, const char *name, double since)
{
	int i;

	mark(find_planned(name), 1);
	if (find_running(name) >= 0)
		return;
	for (i = 0; i < JOBS - 1 && running[i].name; i++)
		;
	running[i].tool = format("%s", tool);
	running[i].name = format("%s", name);
	running[i].stem = stem(running[i].name);
	running[i].since = since;
}

/* What is none, but the try of one, is left out. */
void
board_look(void)
{
	struct busy *b, *next;
	struct planned *p;

	for (b = busy(run); b; b = next) {
		p = find_planned(b->name);
		if (p && p->todo)
			board_begin(p->tool ? p->tool : "?", b->name, b->since);
		next = b->next;
		free(b->name);
		free(b);
	}
}

static void
forget(int i)
{
	free(running[i].tool);
	free(running[i].name);
	free(running[i].stem);
	memmove(running + i, running + i + 1, (JOBS - 1 - i) * sizeof *running);
	memset(running + JOBS - 1, 0, sizeof *running);
}

char *
board_end(const char *place, const char *tool, const char *name, int status,
          double took)
{
	struct planned *s = find_planned(name);
	int i = find_running(name);

	if (i >= 0)
		forget(i);
	mark(s, status != 0);
	taken += took;
	if (!status)
		estimate_took(name, took);
	if (!strcmp(tool, "evaluate"))
		outcome_look(name);
	if (!place)
		place = s ? format("%zu/%zu", s - plan + 1, nplan) : "?/?";
	i = strcspn(place, "/");
	return format("  [%*.*s%s] %-13s %-14s %s%s",
	    (int)strlen(place + i) - 1, i, place, place + i, tool,
	    stem((char *)name), outcome(name, status),
	    took <= 0.5 ? "" : format("  %.0f s", took));
}

static double
age(int i)
{
	double s = clock_time() - running[i].since;

	return s > 0 ? s : 0;
}

/* Seconds, rounded so that they do not flicker; nan: nobody can tell. */
static double
time_left(void)
{
	double work = estimate_left(), done = taken, usual, parallel;
	double worked = clock_time() - began;
	int i;

	for (i = 0; running[i].name; i++) {
		usual = estimate_usual(running[i].name);
		work -= age(i) < usual ? age(i) : isnan(usual) ? 0 : usual;
		done += age(i);
	}
	parallel = worked > 0 ? done / worked : 0;
	if (isnan(work) || worked < 5 || parallel <= 0 || !todo)
		return NAN;
	work /= parallel;
	return work < 10 ? 10 : work < 100 ? 10 * ceil(work / 10) : work;
}

/* 3 s, 5 min, 2.5 h */
static void
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

	if (!nplan)
		return;
	bar = bar < 4 ? 0 : bar > 20 ? 20 : bar;
	full = bar * (nplan - todo) / nplan;
	if (bar)
		addf(t, "[%.*s%.*s] ", full, "####################",
		    bar - full, "....................");
	addf(t, "%zu/%zu", nplan - todo, nplan);
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

	account_more(run, &spent, &counted);
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

	while (running[n].name)
		n++;
	for (i = 0; i < n; i++) {
		before = t->n;
		addf(t, "%s%s %s", i ? ", " : "", running[i].tool,
		    running[i].stem);
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
board_status(void)
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
	put_part(&t, &part, width - (running[0].name ? 24 : 0));
	add_running(&part, width - t.n - 2);
	if (part.n && width - (int)t.n > 12)
		addf(&t, "  %s", part.s);
	part.n = 0;
	return screen_cut(t.s, width);
}
