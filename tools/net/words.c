#include <ctype.h>
#include <math.h>
#include <string.h>

#include "net.h"

static const struct {
	const char *class, *word;       /* word: for "ask x: .., again in 2 s" */
	const char *line;               /* for a person, before the message */
} all[] = {
	{"rate", "rate limited", NULL},
	{"overloaded", "overloaded", "it is overloaded"},
	{"server", "it failed", "it failed"},
	{"timeout", "no reply in time", "no reply in time"},
	{"conflict", "conflict", "it had a conflict"},
	{"net", "no connection", NULL},
	{"broken", "no whole reply", "no whole reply came"},
	{"auth", "", NULL},
	{"quota", "", "no credit or quota is left"},
	{"too_long", "", "the prompt is too long"},
	{"bad_request", "", "it refused the request"},
	{"not_found", "", NULL},
	{"redirect", "", NULL},
	{"refused", "", "it refused to answer"},
	{"tls", "", NULL},
	{"postponed", "", NULL},
};

static size_t
row(const char *class)
{
	size_t i, last = sizeof all / sizeof *all - 1;

	for (i = 0; i < last && strcmp(all[i].class, class); i++)
		;
	return i;
}

const char *
trouble_word(const char *class)
{
	return all[row(class)].word;
}

/* The variable that is to hold the key. */
static char *
key_name(const struct endpoint *e)
{
	char *s, *p;

	if (!strcmp(e->provider, "server"))
		return format("LLM_API_KEY");
	if (!strcmp(e->provider, "huggingface"))
		return format("HF_TOKEN");
	s = format("%s_API_KEY", e->provider);
	for (p = s; *p; p++)
		*p = toupper((unsigned char)*p);
	return s;
}

/* A message may quote the whole prompt. */
char *
in_short(const char *s)
{
	enum { SHOWN = 200 };
	char *line = hide(single_line(s, strlen(s)));

	return strlen(line) <= SHOWN ? line
	     : format("%s ..", single_line(line, SHOWN));
}

/* A 404 may be about the model, or about the address. */
static char *
not_found(const struct endpoint *e, const char *m)
{
	if (starts(m, UNLISTED))
		return format("%s", m);
	if (strcasestr(m, "model") || (*e->model && strstr(m, e->model)))
		return format("there is no such model: %s", m);
	return format("nothing is at %s: %s", e->base, m);
}

char *
in_words(const struct endpoint *e, const struct trouble *t)
{
	const char *c = t->class, *m = t->message, *line = all[row(c)].line;

	/* These are our own words. */
	m = !strcmp(c, "tls") || !strcmp(c, "redirect")
	    || !strcmp(c, "postponed") ? hide(m) : in_short(m);
	if (!strcmp(c, "auth") && e->key)
		return format("the key in %s was refused: %s", e->key_name, m);
	if (!strcmp(c, "auth"))
		return format("it wants a key, in %s: %s", key_name(e), m);
	if (!strcmp(c, "rate") && t->wait)
		return format("rate limited, try again in %.0f s: %s",
		              ceil(t->wait), m);
	if (!strcmp(c, "rate"))
		return format("rate limited: %s", m);
	if (!strcmp(c, "not_found"))
		return not_found(e, m);
	return line && *m ? format("%s: %s", line, m)
	     : format("%s", line ? line : m);
}
