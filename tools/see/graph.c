#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/lib.h"
#include "see.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."

static int
by_name(const void *a, const void *b, void *v)
{
	const struct step *s = v;

	return strcmp(s[*(const size_t *)a].name, s[*(const size_t *)b].name);
}

static int
is_name(const char *s)
{
	return *s && *s != '.' && *s != '-' && !s[strspn(s, LETTERS)];
}

/* The folder that holds the work/ of path: the first with a task; else here. */
static char *
holder(const char *path, char *here)
{
	const char *p = path;
	char *base;
	int n;

	for (; (p = strstr(p, "/work/")); p++) {
		base = format("%.*s", (int)(p - path) + 1, path);
		n = strcspn(p + 6, "/");
		if (access(format("%swork/%.*s/task.md", base, n, p + 6),
		           F_OK) == 0)
			return base;
	}
	return here;
}

/* path from the top folder, where we go: "work/foo/run/1/2.json". */
char *
from_top(const char *path)
{
	char here[PATH_MAX], top[PATH_MAX], *s, *p, *q;

	if (!getcwd(here, sizeof here)
	    || !realpath(format("%s/..", tool_folder()), top))
		die(SICK, "find the top folder:");
	s = *path == '/' ? format("%s/", path) : format("%s/%s/", here, path);
	while ((p = strstr(s, "//")) || (p = strstr(s, "/./")))
		memmove(p, p + (p[1] == '.' ? 2 : 1), strlen(p + (p[1] == '.' ? 2 : 1)) + 1);
	while ((p = strstr(s, "/../"))) {
		for (q = p; q > s && *--q != '/'; )
			;
		memmove(q, p + 3, strlen(p + 3) + 1);
	}
	while (strlen(s) > 1 && ends(s, "/"))
		s[strlen(s) - 1] = 0;
	p = format("%s/", top);
	if (!starts(s, p))
		p = holder(s, format("%s/", here));
	if (chdir(p) < 0)
		die(SICK, "go to %s:", p);
	return starts(s, p) ? s + strlen(p) : s;
}

/* The rules of mlestar, by their short name in its own folder: so are make's
 * commands those that it was run by. */
static const char *
rules(void)
{
	char *s = format("%s/../mk/star.mk", tool_folder()), file[PATH_MAX];
	char near[PATH_MAX];

	if (!realpath(s, file))
		die(SICK, "find %s:", s);
	return realpath("mk/star.mk", near) && !strcmp(near, file)
	       ? "mk/star.mk" : format("%s", file);
}

char *
in_run(const char *run, const char *name)
{
	return starts(name, "../")
	     ? format("%.*s%s", (int)(strrchr(run, '/') - run), run, name + 2)
	     : format("%s/%s", run, name);
}

/* The words of s, in place; those after a | only have to be there. */
static void
read_inputs(struct step *t, char *s)
{
	char *w, *rest;
	size_t cap = 1;

	for (w = s; *w; w++)
		cap += *w == ' ';
	t->input = need(calloc(cap, sizeof *t->input));
	for (w = strtok_r(s, " ", &rest); w && strcmp(w, "|");
	     w = strtok_r(NULL, " ", &rest))
		if (strcmp(w, "FORCE"))
			t->input[t->n++] = w;
		else
			t->forced = 1;
}

static int
read_step(struct step *t, char *line)
{
	char *field[4] = {0}, *rest = line;
	int i;

	if (!starts(line, "step\t") && !starts(line, "pinned\t")
	    && !starts(line, "input\t"))
		return 0;
	for (i = 0; i < 4; i++)
		if (!(field[i] = strsep(&rest, "\t")))
			return 0;
	*t = (struct step){.name = field[1], .command = field[2],
	                   .copied = *field[0] == 'i',
	                   .pinned = *field[0] == 'p'};
	t->tool = format("%.*s", (int)strcspn(field[2], " "), field[2]);
	if (!t->pinned)
		read_inputs(t, field[3]);
	return 1;
}

struct graph
graph(const char *run)
{
	struct graph g = {.run = run};
	char *s, *rest, task[256], name[256], more;
	size_t cap = 1, i;

	if (sscanf(run, "work/%255[^/]/%255[^/]%c", task, name, &more) != 2
	    || !is_name(task) || !is_name(name))
		return g;
	if (printed(format("${MAKE:-make} -r -f %s query TASK=%s RUN=%s",
	                   rules(), task, name), &s))
		die(BAD, "read the steps of %s: see above", run);
	for (rest = s; (rest = strchr(rest, '\n')); rest++)
		cap++;
	g.v = need(calloc(cap, sizeof *g.v));
	for (rest = s; rest; )
		g.n += read_step(g.v + g.n, strsep(&rest, "\n"));
	g.order = need(calloc(g.n + 1, sizeof *g.order));
	for (i = 0; i < g.n; i++)
		g.order[i] = i;
	qsort_r(g.order, g.n, sizeof *g.order, by_name, g.v);
	find_stale(&g);
	return g;
}

struct step *
find_step(const struct graph *g, const char *name)
{
	size_t a = 0, b = g->n, m;
	int c;

	while (a < b) {
		m = (a + b) / 2;
		c = strcmp(name, g->v[g->order[m]].name);
		if (!c)
			return g->v + g->order[m];
		if (c < 0)
			b = m;
		else
			a = m + 1;
	}
	return NULL;
}
