#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

static struct graph *g;

static char *
at(const char *name)
{
	return starts(name, "../")
	     ? format("%.*s%s", (int)(strrchr(g->run, '/') - g->run), g->run,
	              name + 2)
	     : format("%s/%s", g->run, name);
}

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
	const char *file = at(s->name);
	char *now = NULL;

	if (access(file, R_OK) < 0)
		s->why = UNMADE;
	else if (starts(s->command, "list ")) {
		s->which = "data";
		if (!printed(format("tools/list '%s'", at("../data")), &now)
		    && strcmp(now, slurp_clean(file)))
			s->why = EDITED;
		free(now);
	} else {
		s->which = s->n && starts(s->input[0], "../")
		         ? at(s->input[0]) : s->input[0];
		if (access(s->which, R_OK) == 0 && !same_content(file, s->which))
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
	char *used = beside(at(stem(s->name)), ".", ".used"), *w;

	if (access(used, R_OK) == 0)
		for (w = strtok(slurp_clean(used), " \n"); w; w = strtok(NULL, " \n"))
			if (access(at(w), F_OK) < 0)
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
		else if (p ? !p->there : stat(at(s->input[i]), &st) < 0)
			blame(s, MISSING, s->input[i]);
		else if (later(p ? p->written : st.st_mtim, s->began))
			blame(s, NEWER, s->input[i]);
	}
}

static void
look(struct step *s)
{
	struct stat st;

	if ((s->there = stat(at(s->name), &st) == 0)) {
		s->written = st.st_mtim;
		s->size = st.st_size;
	}
	if ((s->known = stat(beside(at(s->name), ".", ".cmd"), &st) == 0))
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
	text = slurp(at(s->name), &n);
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
	else if (strcmp(old = stored(beside(at(s->name), ".", ".cmd")), s->command))
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
		look(g->v + i);
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

/* The words of a that are not b's, but for those that both begin and end with;
 * an option's value with its name. */
static char *
between(const char *a, const char *b)
{
	size_t i, head = 0, tail = 0, n = strlen(a), m = strlen(b);

	for (i = 0; i < n && i < m && a[i] == b[i]; i++)
		if (a[i] == ' ')
			head = i + 1;
	for (i = 1; i <= n - head && i <= m - head && a[n - i] == b[m - i]; i++)
		if ((i == n - head || a[n - i - 1] == ' ')
		    && (i == m - head || b[m - i - 1] == ' '))
			tail = i;
	if (head && head + tail < n && head + tail < m) {
		for (i = head - 1; i && a[i - 1] != ' '; i--)
			;
		if (a[i] == '-' && a[head] != '-' && b[head] != '-'
		    && strcspn(a + head, "/ ") == strcspn(a + head, " "))
			head = i;
	}
	n -= head + tail;
	while (n && a[head + n - 1] == ' ')
		n--;
	return n <= 60 ? format("%.*s", (int)n, a + head)
	     : format("%.57s...", a + head);
}

static const char *
others(const struct step *s)
{
	return s->more ? format(" and %zu more", s->more) : "";
}

const char *
why_words(const struct step *s)
{
	char *was, *is;

	switch (s->why) {
	case FRESH:     return "up to date";
	case WAITS:     return format("waits for %s%s", s->which, others(s));
	case UNMADE:    return "not made yet";
	case GONE:      return "the file is gone";
	case POSTPONED: return "postponed";
	case LOOSE:     return "its making was cut off, or it was put there by hand";
	case UNTRIED:     return format("%s of its tries is gone", s->which);
	case NEWER:     return format("%s%s changed", s->which, others(s));
	case MISSING:   return format("needs %s%s, not there", s->which, others(s));
	case EDITED:    break;
	}
	if (s->copied)
		return format("%s changed", s->which);
	was = between(s->which, s->command);
	is = between(s->command, s->which);
	if (!*was || !*is)
		return format("its command changed: %s %s", *is ? "now with"
		              : "now without", *is ? is : was);
	return format("its command changed: %s became %s", was, is);
}

const char *
why_word(enum why why)
{
	static const char *const word[] = {"up-to-date", "waits", "not-made",
		"gone", "postponed", "cut-off", "command", "tries", "input",
		"missing"};

	return word[why];
}

const char *
state_of(const struct step *s, const struct gist *r)
{
	switch (s->why) {
	case FRESH:
		if (!r->status || !strcmp(r->status, "ok"))
			return "done";
		return gist_failed(r) ? "failed" : "skipped";
	case WAITS:     return "waiting";
	case UNMADE:    return "not made";
	case POSTPONED: return "postponed";
	default:        return "stale";
	}
}
