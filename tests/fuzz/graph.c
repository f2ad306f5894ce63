/* What make prints of the steps: each is found by its name, each depends on
 * names, and why it is not up to date can be told.  What the files of the run
 * are like is left out: there are none.
 */
#include "net/net.h"
#include "fuzz.h"
#include "see/see.h"

static char *steps;

int __wrap_printed(const char *command, char **text);

int
__wrap_printed(const char *command, char **text)
{
	*text = need(strdup(strstr(command, " query ") ? steps : ""));
	return 0;
}

void
fuzz_graph(const char *s, size_t n)
{
	struct graph g;
	struct step *t;
	size_t i, k;

	steps = clean(s, n);
	g = graph("work/no-task/run");
	for (i = 0; i < g.n; i++) {
		t = find_step(&g, g.v[i].name);
		must(t && !strcmp(t->name, g.v[i].name));
		must(!i || strcmp(g.v[g.order[i - 1]].name,
		                  g.v[g.order[i]].name) <= 0);
		for (k = 0; k < t->n; k++)
			must(*t->input[k] && !strpbrk(t->input[k], " \t\n"));
		must(t->why >= FRESH && t->why <= MISSING);
		if (t->why != FRESH)
			must(*why_words(t) && *why_word(t->why));
	}
}
