#include <stdlib.h>

#include "lib.h"

void
command_word(struct command *c, const char *s)
{
	c->v[c->n++] = s;
}

void
command_words(struct command *c, const char **s)
{
	while (*s)
		command_word(c, *s++);
}

void
command_keep(struct command *c)
{
	int st = finished(start((char **)c->v, 0, 1, 2));
	const char *run = getenv("KEEP_RUN"), *why;

	if (st == LATE) {
		why = run ? limit_reached(run) : NULL;
		postpone(why ? why : "a limit was reached");
	}
	if (st)
		exit(st);
}
