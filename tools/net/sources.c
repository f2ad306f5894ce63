#include <stdlib.h>
#include <string.h>

#include "net.h"

static const struct {
	const char *name, *means[2];    /* one of these is set where it is usable */
} known[SERVICES] = {                   /* in the order they are chosen in */
	{"tavily", {"TAVILY_API_KEY"}},
	{"exa", {"EXA_API_KEY"}},
	{"brave", {"BRAVE_API_KEY", "BRAVE_SEARCH_API_KEY"}},
	{"serper", {"SERPER_API_KEY"}},
	{"searxng", {"SEARXNG_URL", "SEARXNG_BASE_URL"}},
	/* only if asked for */
	{"huggingface", {NULL}}, {"arxiv", {NULL}}, {"kaggle", {NULL}},
};

static void
use(struct sources *w, const char *name)
{
	int i, *flag = !strcmp(name, "model") ? &w->model
	             : !strcmp(name, "cards") ? &w->cards : NULL;

	if (strstr(format(", %s,", w->names), format(", %s,", name)))
		return;
	if (flag) {
		*flag = 1;
	} else {
		for (i = 0; i < SERVICES && strcmp(known[i].name, name); i++)
			;
		if (i == SERVICES)
			die(BAD, "search with %s: there are model, tavily, brave,"
			    " exa, serper, searxng, huggingface, arxiv, kaggle,"
			    " cards and none", name);
		w->service[w->n++] = known[i].name;
	}
	w->names = format("%s%s%s", w->names, *w->names ? ", " : "", name);
}

static struct sources
named(const char *words)
{
	struct sources w = {.names = ""};
	int none = 0;
	size_t n;
	char *name;

	for (; words += strspn(words, ", \t"), *words; words += n) {
		n = strcspn(words, ", \t");
		name = format("%.*s", (int)n, words);
		if (!strcmp(name, "none"))
			none = 1;
		else
			use(&w, name);
	}
	if (none && *w.names)
		die(BAD, "search with none: nor with %s, then", w.names);
	return w;
}

static struct sources
as_recorded(void)
{
	const char *target = getenv("KEEP_FILE");
	cJSON *r = replayed_request(target ? target : "search");
	const char *words = jopt(r, "/inputs/sources");

	return named(words ? words : cJSON_IsTrue(jat(r, "/web")) ? "model"
	             : "none");
}

/* Whether the model itself can search, by the wire it is spoken to. */
static int
searches(const char *name)
{
	static const struct {
		const char *provider, *wire;
	} able[] = {
		{"openai/", "responses"}, {"anthropic/", "anthropic"},
		{"gemini/", "gemini"}, {"openrouter/", "chat"},
	};
	const char *said = env("WIRE"), *base = env("OPENAI_BASE_URL");
	size_t i;

	if (!base)
		base = env("OPENAI_API_BASE");
	if (!said && base && starts(name, "openai/")
	    && !starts(base, "https://api.openai.com"))
		said = "chat";
	for (i = 0; i < sizeof able / sizeof *able; i++)
		if (starts(name, able[i].provider))
			return !said || !strcmp(said, able[i].wire);
	return 0;
}

static int
by_network(const char *name)
{
	return strcmp(name, "playbook") && !starts(name, "exec:")
	    && !starts(name, "replay:");
}

static struct sources
suitable(const char *name)
{
	const char *const *m;
	int i;

	if (searches(name))
		return named("model");
	for (i = 0; by_network(name) && i < SERVICES; i++) {
		m = known[i].means;
		if ((m[0] && env(m[0])) || (m[1] && env(m[1])))
			return named(known[i].name);
	}
	return named("none");
}

struct sources
sources(const char *words)
{
	const char *name = model_name();
	struct sources w;

	if (!words || blank(words))
		return starts(name, "replay:") ? as_recorded() : suitable(name);
	w = named(words);
	if (*w.names && !strcmp(name, "playbook")) {
		warn("search with %s: the playbook reads nothing, and goes by"
		     " what it knows", w.names);
		return named("none");
	}
	if (w.model && by_network(name) && !searches(name))
		die(BAD, "search with model: %s cannot search the web itself:"
		    " name a service, or say none", name);
	return w;
}
