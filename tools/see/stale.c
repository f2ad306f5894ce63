#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/lib.h"
#include "see.h"

static struct graph *g;

/* The command that made the step's file, without its hash. */
static char *
stored(const char *file)
{
	size_t n;
	char *s = slurp(file, &n), *p;

	for (p = s + strlen(s); p > s && strncmp(p, " # ", 3); p--)
		;
	*p = 0;
	return s;
}

static int
same_content(const char *a, const char *b)
{
	size_t n, m;
	char *s = slurp(a, &n), *t = slurp(b, &m);
	int same = n == m && !memcmp(s, t, n);

	free(s);
	free(t);
	return same;
}

/* Whether a copy of what a person wrote, or the list of the data, is as what
 * it was made from.  What is not there is told by make. */
static void
judge_copy(struct step *s)
{
	const char *file = in_run(g->run, s->name), *of;
	char *now = NULL;

	if (access(file, R_OK) < 0)
		s->why = UNMADE;
	else if (starts(s->command, "list ")) {
		s->which = "data";
		if (!printed(format("'%s/list' '%s'", tool_folder(),
		                    in_run(g->run, "../data")), &now)
		    && strcmp(now, slurp_clean(file)))
			s->why = EDITED;
		free(now);
	} else {
		s->which = s->n && starts(s->input[0], "../")
		         ? in_run(g->run, s->input[0]) : s->input[0];
		of = starts(s->which, "prompts/")
		   ? format("%s/../%s", tool_folder(), s->which) : s->which;
		if (access(of, R_OK) == 0 && !same_content(file, of))
			s->why = EDITED;
	}
}

static void
blame(struct step *s, enum why why, const char *which)
{
	if (s->why == why)
		s->more++;
	if (s->why)
		return;
	s->why = why;
	s->which = which;
}

/* A file of the step's tries that is gone. */
static const char *
lost_try(const struct step *s)
{
	char *used = beside(in_run(g->run, stem(s->name)), ".", ".used"), *w;

	if (access(used, R_OK) == 0)
		for (w = strtok(slurp_clean(used), " \n"); w; w = strtok(NULL, " \n"))
			if (access(in_run(g->run, w), F_OK) < 0)
				return w;
	return "a file";
}

static void
judge_inputs(struct step *s)
{
	struct stat st;
	struct step *p;
	size_t i;

	for (i = 0; i < s->n; i++) {
		p = find_step(g, s->input[i]);
		if (p && p->copied && p->why)
			blame(s, NEWER, p->which ? p->which : p->name);
		else if (p ? !p->there : stat(in_run(g->run, s->input[i]), &st) < 0)
			blame(s, MISSING, s->input[i]);
		else if (later(p ? p->written : st.st_mtim, s->began))
			blame(s, NEWER, s->input[i]);
	}
}

static void
look_at(struct step *s)
{
	struct stat st;

	if ((s->there = stat(in_run(g->run, s->name), &st) == 0)) {
		s->written = st.st_mtim;
		s->size = st.st_size;
	}
	if ((s->known = stat(beside(in_run(g->run, s->name), ".", ".cmd"), &st) == 0))
		s->began = st.st_mtim;
}

static int
postponed(const struct step *s)
{
	char *text;
	size_t n;
	int yes;

	if (s->size > 4096 || (s->known && s->began.tv_sec))
		return 0;
	text = slurp(in_run(g->run, s->name), &n);
	yes = starts(text, "# mlestar: postponed: ")
	   || strstr(text, "\"status\":\t\"postponed\"");
	free(text);
	return yes;
}

static void
judge_step(struct step *s)
{
	char *old;

	if (s->pinned)
		s->why = s->there ? FRESH : GONE;
	else if (!s->there)
		s->why = s->known ? GONE : UNMADE;
	else if (postponed(s))
		s->why = POSTPONED;
	else if (!s->known)
		s->why = LOOSE;
	else if (strcmp(old = stored(beside(in_run(g->run, s->name), ".", ".cmd")), s->command))
		blame(s, EDITED, old);
	else {
		free(old);
		if (s->forced)
			blame(s, UNTRIED, lost_try(s));
		judge_inputs(s);
	}
}

/* Of what it needs, nothing is up to date that waits itself. */
static void
judge_waiting(struct step *s)
{
	struct step *p;
	size_t i;

	if (s->seen++)
		return;
	for (i = 0; i < s->n; i++) {
		p = find_step(g, s->input[i]);
		if (!p)
			continue;
		judge_waiting(p);
		if (p->why && !p->copied) {
			s->blocked = 1;
			blame(s, WAITS, p->name);
		}
	}
}

static void
want(struct step *s)
{
	size_t i;

	if (!s || s->needed++)
		return;
	for (i = 0; i < s->n; i++)
		want(find_step(g, s->input[i]));
}

void
find_stale(struct graph *whole)
{
	size_t i;

	g = whole;
	for (i = 0; i < g->n; i++)
		look_at(g->v + i);
	for (i = 0; i < g->n; i++)
		if (g->v[i].copied)
			judge_copy(g->v + i);
	for (i = 0; i < g->n; i++)
		if (!g->v[i].copied)
			judge_step(g->v + i);
	want(find_step(g, "solution.py"));
	want(find_step(g, "submission.csv"));
	want(find_step(g, "machine.json"));
	for (i = 0; i < g->n; i++)
		if (!g->v[i].needed)
			g->v[i].why = FRESH;
	for (i = 0; i < g->n; i++)
		judge_waiting(g->v + i);
}
