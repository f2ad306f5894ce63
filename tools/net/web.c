#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net.h"

enum {
	TRIES = 3,
	PATIENCE = 30,                  /* s: no wait is longer */
	QUERY = 400, WORDS = 50         /* bytes, words: what Brave takes */
};

static const struct {
	const char *name;
	cJSON *(*search)(const char *query, int n);
} service[] = {
	{"tavily", web_tavily}, {"brave", web_brave}, {"exa", web_exa},
	{"serper", web_serper}, {"searxng", web_searxng},
	{"huggingface", web_huggingface}, {"arxiv", web_arxiv},
	{"kaggle", web_kaggle},
};


static const char *asked;               /* the service, for messages */

/* Seconds before the next try, the n-th; below 0: there is to be none. */
static double
wait_before(int n, const struct trouble *t)
{
	const char *ends_at = env("RUN_ENDS");
	double end = ends_at ? atof(ends_at) : 0, s;

	s = t->wait > 0 ? t->wait + chance() / 2
	                : (1 << n) * (1 + chance()) / 2;
	return s > PATIENCE || (end && time(NULL) + s > end) ? -1 : s;
}

int
web_get(struct http *h)
{
	struct trouble *t = &h->trouble;
	double s;
	int i;

	h->seconds = 60;
	h->local = is_local(h->url);
	for (i = 1;; i++) {
		http(h);
		if (!t->class && h->status / 100 != 2)
			*t = trouble(h->status, h->head, h->reply);
		if (!t->class)
			return 1;
		if (i == TRIES || i == h->most || !t->again
		    || (s = wait_before(i - 1, t)) < 0)
			return 0;
		rest(s);
	}
}

void
web_die(const struct trouble *t, const char *hint)
{
	const char *c = t->class;

	if (strcmp(c, "auth") && strcmp(c, "quota"))
		hint = NULL;
	die(t->again ? SICK : BAD, "search with %s: %s%s%s", asked, t->message,
	    t->wait > PATIENCE ? format(": try again in %.0f s", t->wait) : "",
	    hint ? format(" (%s)", hint) : "");
}

cJSON *
web_parse(const struct http *h)
{
	cJSON *j = cJSON_Parse(clean_json(h->reply, h->n));

	if (!j)
		die(SICK, "search with %s: its reply is no JSON: %s", asked,
		    blank(h->reply) ? "it is empty" : single_line(h->reply, 60));
	return j;
}

cJSON *
web_json(struct http *h, const char *hint)
{
	if (!web_get(h))
		web_die(&h->trouble, hint);
	return web_parse(h);
}

char *
web_url(const char *name, const char *otherwise, const char *path)
{
	const char *base = env(name);
	size_t n;

	if (!base && !(base = otherwise))
		die(BAD, "search with %s: set %s to its address", asked, name);
	check_url(base, name);
	for (n = strlen(base); n && base[n - 1] == '/'; n--)
		;
	return format("%.*s%s", (int)n, base, path);
}

const char *
web_key(const char *name, const char *also)
{
	const char *key = secret(name);

	if (!key && also)
		key = secret(also);
	if (!key)
		die(BAD, "search with %s: %s", asked, unset(name));
	return key;
}

void
web_add(cJSON *list, const char *title, const char *url, const char *text)
{
	cJSON *j;

	if (!url || strlen(url) > 1000 || !is_web(url))
		return;
	j = cJSON_CreateObject();
	cJSON_AddStringToObject(j, "title", single_line(title ? title : "", 200));
	cJSON_AddStringToObject(j, "url", url);
	cJSON_AddStringToObject(j, "text",
	                        cut_middle(visible(text ? text : ""), PAGE));
	cJSON_AddItemToArray(list, j);
}

/* Not more than Brave takes. */
static char *
first_words(char *s, int n)
{
	char *p = s;

	while (n-- && p)
		p = strchr(p + (p > s), ' ');
	if (p)
		*p = 0;
	return s;
}

cJSON *
web(const char *name, const char *query, int n)
{
	cJSON *list;
	int i;

	asked = name;
	query = first_words(single_line(query, QUERY), WORDS);
	if (!*query)
		die(BAD, "search with %s: the query is empty", name);
	for (i = 0; i < SERVICES && strcmp(service[i].name, name); i++)
		;
	if (i == SERVICES)
		die(BAD, "search with %s: there is no such service: tavily, brave,"
		    " exa, serper, searxng, huggingface, arxiv, kaggle", name);
	list = service[i].search(query, n);
	while (cJSON_GetArraySize(list) > n)
		cJSON_DeleteItemFromArray(list, n);
	return list;
}
