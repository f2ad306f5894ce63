#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib.h"

static struct planned {
	char *name, *tool;
	int todo;
} *plan;
struct board board;

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

	board.run = folder;
	board.began = at_work(folder, &t) ? t.tv_sec + t.tv_nsec / 1e9
	            : clock_time();
	outcome_open(board.run);
	v = makings(board.run, &n);
	for (i = 0; i < n; i++) {
		if (v[i].status || strstr(v[i].name, ".try/"))
			continue;
		estimate_took(v[i].name, v[i].seconds);
		if (v[i].end >= board.began)
			board.taken += v[i].seconds;
		if (!strcmp(v[i].tool, "evaluate"))
			outcome_look(v[i].name);
	}
}

static struct planned *
find_planned(const char *name)
{
	size_t i;

	for (i = 0; i < board.steps; i++)
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
	board.todo += is_todo ? 1 : -1;
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
		plan = need(realloc(plan, (board.steps + 1) * sizeof *plan));
		plan[board.steps++] = (struct planned){format("%s", word[1]), NULL, 0};
	} else if (ends(word[0], "tools/keep")
	    && (at = strtoul(word[2], NULL, 10)) > 0 && at <= board.steps) {
		plan[at - 1].tool = format("%s", word[4]);
		mark(plan + at - 1, 1);
	}
}

static int
find_running(const char *name)
{
	int i;

	for (i = 0; i < JOBS && board.running[i].name; i++)
		if (!strcmp(board.running[i].name, name))
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
	for (i = 0; i < JOBS - 1 && board.running[i].name; i++)
		;
	board.running[i].tool = format("%s", tool);
	board.running[i].name = format("%s", name);
	board.running[i].stem = stem(board.running[i].name);
	board.running[i].since = since;
}

/* What is none, but the try of one, is left out. */
void
board_look(void)
{
	struct busy *b, *next;
	struct planned *p;

	for (b = busy(board.run); b; b = next) {
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
	free(board.running[i].tool);
	free(board.running[i].name);
	free(board.running[i].stem);
	memmove(board.running + i, board.running + i + 1,
	        (JOBS - 1 - i) * sizeof *board.running);
	memset(board.running + JOBS - 1, 0, sizeof *board.running);
}

/* Steps that were left out one after the other for one reason have one line. */
static int
told(const char *words)
{
	static char last[128];
	int same = !strcmp(words, last);

	*last = 0;
	if (starts(words, "skipped: ") || starts(words, "postponed: "))
		snprintf(last, sizeof last, "%s", words);
	return *last && same;
}

char *
board_end(const char *place, const char *tool, const char *name, int status,
          double took)
{
	struct planned *s = find_planned(name);
	int i = find_running(name);
	const char *words;

	if (i >= 0)
		forget(i);
	mark(s, status != 0);
	board.taken += took;
	if (!status)
		estimate_took(name, took);
	if (!strcmp(tool, "evaluate"))
		outcome_look(name);
	words = outcome(name, status);
	if (told(words))
		return NULL;
	if (!place)
		place = s ? format("%zu/%zu", s - plan + 1, board.steps) : "?/?";
	i = strcspn(place, "/");
	return format("  [%*.*s%s] %-13s %-14s %s%s",
	    (int)strlen(place + i) - 1, i, place, place + i, tool,
	    stem((char *)name), words,
	    took <= 0.5 ? "" : format("  %.0f s", took));
}

