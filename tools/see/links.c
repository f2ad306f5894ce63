#include <string.h>
#include <sys/stat.h>

#include "../lib/lib.h"
#include "see.h"

enum { MANY = 12, LINE = 200 };

/* What is to be said of an input, or null if it is as it was. */
static const char *
news(const struct graph *g, const struct step *s, const char *input, const struct step *p)
{
	struct stat st;

	if (p && p->why)
		return p->copied && p->which ? format("%s changed", p->which)
		       : why_words(p);
	if (stat(in_run(g->run, input), &st) < 0)
		return "not there";
	return s->known && later(st.st_mtim, s->began) ? "changed since" : NULL;
}

/* A line for each that is not as it was, and one for all others. */
void
say_inputs(const struct graph *g, const struct step *s)
{
	struct text rest = {0};
	const char *word, *what = "from";
	size_t i, n = 0, more = 0;

	for (i = 0; i < s->n; i++) {
		word = news(g, s, s->input[i], find_step(g, s->input[i]));
		if (word && n++ < MANY) {
			say(what, "%s  (%s)", s->input[i], word);
			what = "";
		} else if (rest.n < LINE)
			addf(&rest, "%s%s", rest.n ? ", " : "", s->input[i]);
		else
			more++;
	}
	if (rest.n)
		say(what, "%s%s", rest.s, more ? format(" and %zu more", more)
		    : "");
}

void
say_followers(const struct graph *g, const char *file)
{
	struct step *s;
	size_t i, n = 0;
	struct text t = {0};

	for (s = g->v; s < g->v + g->n; s++)
		for (i = 0; i < s->n; i++)
			if (!strcmp(s->input[i], file) && ++n <= 6)
				addf(&t, "%s%s", n > 1 ? ", " : "", s->name);
	if (n > 6)
		addf(&t, " and %zu more", n - 6);
	if (n)
		say("for", "%s", t.s);
}
