#include <string.h>

#include "net.h"

/* Headers, ended by null. */
#define HEADERS(...) (const char *[]){__VA_ARGS__, NULL}
#define JSON "Content-Type: application/json"

static void
add_if(struct text *t, const char *s)
{
	if (s && !blank(s))
		addf(t, "%s%s", t->n ? "\n\n" : "", s);
}

static cJSON *
post(const char *url, const char **headers, const cJSON *body, const char *hint)
{
	struct http h = {.url = url, .headers = headers,
	                 .body = cJSON_PrintUnformatted(body)};

	return web_json(&h, hint);
}

static cJSON *
get(const char *url, const char **headers, const char *hint)
{
	struct http h = {.url = url, .headers = headers};

	return web_json(&h, hint);
}

/* The excerpt that suits the query comes before the whole page. */
cJSON *
web_tavily(const char *query, int n)
{
	char *key = format("Authorization: Bearer %s",
	                   web_key("TAVILY_API_KEY", NULL));
	cJSON *q = cJSON_CreateObject(), *list = cJSON_CreateArray(), *r;
	struct text t;

	cJSON_AddStringToObject(q, "query", query);
	cJSON_AddStringToObject(q, "search_depth", "basic");
	cJSON_AddNumberToObject(q, "max_results", n > 20 ? 20 : n);
	cJSON_AddStringToObject(q, "include_raw_content", "markdown");
	q = post(web_url("TAVILY_BASE_URL", "https://api.tavily.com", "/search"),
	         HEADERS(JSON, key), q, "see TAVILY_API_KEY");
	cJSON_ArrayForEach(r, jat(q, "/results")) {
		t = (struct text){0};
		add(&t, "");
		add_if(&t, jopt(r, "/content"));
		add_if(&t, jopt(r, "/raw_content"));
		web_add(list, jopt(r, "/title"), jopt(r, "/url"), t.s);
	}
	return list;
}

/* Without hits "web" is missing.  Titles and texts are HTML. */
cJSON *
web_brave(const char *query, int n)
{
	char *key = format("X-Subscription-Token: %s",
	                   web_key("BRAVE_API_KEY", "BRAVE_SEARCH_API_KEY"));
	cJSON *list = cJSON_CreateArray(), *q, *r, *s;
	const char *title;
	struct text t;
	char *url;

	url = format("%s?q=%s&count=%d&result_filter=web&extra_snippets=true"
	             "&text_decorations=false",
	             web_url("BRAVE_BASE_URL", "https://api.search.brave.com",
	                     "/res/v1/web/search"),
	             url_escaped(query), n > 20 ? 20 : n);
	q = get(url, HEADERS("Accept: application/json", key),
	        "see BRAVE_API_KEY");
	cJSON_ArrayForEach(r, jat(q, "/web/results")) {
		t = (struct text){0};
		add(&t, "");
		add_if(&t, jopt(r, "/description"));
		cJSON_ArrayForEach(s, jat(r, "/extra_snippets"))
			add_if(&t, cJSON_GetStringValue(s));
		title = jopt(r, "/title");
		web_add(list, from_xml(title ? title : ""), jopt(r, "/url"),
		        from_xml(t.s));
	}
	return list;
}

cJSON *
web_exa(const char *query, int n)
{
	char *key = format("x-api-key: %s", web_key("EXA_API_KEY", NULL));
	cJSON *q = cJSON_CreateObject(), *list = cJSON_CreateArray(), *r, *s;
	struct text t;

	cJSON_AddStringToObject(q, "query", query);
	cJSON_AddStringToObject(q, "type", "auto");
	cJSON_AddNumberToObject(q, "numResults", n);
	r = cJSON_AddObjectToObject(q, "contents");
	cJSON_AddNumberToObject(cJSON_AddObjectToObject(r, "text"),
	                        "maxCharacters", PAGE);
	q = post(web_url("EXA_BASE_URL", "https://api.exa.ai", "/search"),
	         HEADERS(JSON, key), q, "see EXA_API_KEY");
	cJSON_ArrayForEach(r, jat(q, "/results")) {
		t = (struct text){0};
		add(&t, "");
		add_if(&t, jopt(r, "/summary"));
		cJSON_ArrayForEach(s, jat(r, "/highlights"))
			add_if(&t, cJSON_GetStringValue(s));
		add_if(&t, jopt(r, "/text"));
		web_add(list, jopt(r, "/title"), jopt(r, "/url"), t.s);
	}
	return list;
}

cJSON *
web_serper(const char *query, int n)
{
	char *key = format("X-API-KEY: %s", web_key("SERPER_API_KEY", NULL));
	cJSON *q = cJSON_CreateObject(), *list = cJSON_CreateArray(), *r;

	cJSON_AddStringToObject(q, "q", query);
	cJSON_AddNumberToObject(q, "num", n);
	q = post(web_url("SERPER_BASE_URL", "https://google.serper.dev",
	         "/search"), HEADERS(JSON, key), q, "see SERPER_API_KEY");
	cJSON_ArrayForEach(r, jat(q, "/organic"))
		web_add(list, jopt(r, "/title"), jopt(r, "/link"),
		        jopt(r, "/snippet"));
	return list;
}

/* No results, and engines that did not answer, are an outage. */
static void
check_engines(const cJSON *q)
{
	const cJSON *e, *dead = jat(q, "/unresponsive_engines");
	struct text t = {0};

	if (!cJSON_GetArraySize(dead) || cJSON_GetArraySize(jat(q, "/results")))
		return;
	cJSON_ArrayForEach(e, dead)
		addf(&t, "%s%s: %s", t.n ? ", " : "",
		     jopt(e, "/0") ? jopt(e, "/0") : "?",
		     jopt(e, "/1") ? jopt(e, "/1") : "?");
	die(SICK, "search with searxng: its engines do not answer: %s",
	    single_line(t.s, 300));
}

cJSON *
web_searxng(const char *query, int n)
{
	const char *name = env("SEARXNG_URL") || !env("SEARXNG_BASE_URL")
	                 ? "SEARXNG_URL" : "SEARXNG_BASE_URL", *title, *text;
	cJSON *list = cJSON_CreateArray(), *q, *r;

	(void)n;
	q = get(format("%s?format=json&q=%s", web_url(name, NULL, "/search"),
	        url_escaped(query)), NULL, format("see %s; status 403 says that json"
	        " is not in search.formats of its settings.yml", name));
	check_engines(q);
	cJSON_ArrayForEach(r, jat(q, "/results")) {
		title = jopt(r, "/title");
		text = jopt(r, "/content");
		web_add(list, from_xml(title ? title : ""), jopt(r, "/url"),
		        from_xml(text ? text : ""));
	}
	return list;
}
