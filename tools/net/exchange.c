#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

/* With show, the key's name stands for it. */
static const char **
headers(const struct endpoint *e, int show)
{
	const char **h = need(calloc(8, sizeof *h)), *s;
	int n = 0;

	if (e->key)
		h[n++] = show ? format("%s[%s]", e->key_header, e->key_name)
		       : format("%s%s", e->key_header, e->key);
	if (e->wire->header)
		h[n++] = e->wire->header;
	h[n++] = "Accept: application/json, text/event-stream";
	if (!strcmp(e->provider, "openai") && (s = env("OPENAI_ORG_ID")))
		h[n++] = format("OpenAI-Organization: %s", s);
	if (!strcmp(e->provider, "openai") && (s = env("OPENAI_PROJECT_ID")))
		h[n++] = format("OpenAI-Project: %s", s);
	return h;
}

static void
show_request(const struct endpoint *e, const struct http *h)
{
	const char **s;

	fprintf(stderr, "> %s %s\n", h->body ? "POST" : "GET", hide(h->url));
	for (s = headers(e, 1); *s; s++)
		fprintf(stderr, "> %s\n", hide(*s));
	if (h->body)
		fprintf(stderr, "%s\n", hide(h->body));
}

static void
show_reply(const struct http *h)
{
	const char *s = h->head;
	size_t n;

	for (; *s; s += n + strspn(s + n, "\r\n")) {
		n = strcspn(s, "\r\n");
		fprintf(stderr, "< %.*s\n", (int)n, s);
	}
	if (h->trouble.class)
		fprintf(stderr, "< %s\n", h->trouble.message);
	fprintf(stderr, "%s%s", h->reply, h->n ? "\n" : "");
}

/* Silence is watched in streams only: who has been asked for a whole reply may
 * take his time. */
void
exchange(const struct endpoint *e, struct http *h, int stream, double left,
         int verbose)
{
	h->headers = headers(e, 0);
	h->local = e->local;
	h->seconds = !h->body ? fmin(left, 60)
	           : stream || e->local ? left : fmin(left, 600);
	h->idle = stream ? means("LLM_IDLE", e->local ? 600 : 120) : 0;
	if (verbose)
		show_request(e, h);
	http(h);
	if (verbose)
		show_reply(h);
}

struct trouble
exchange_trouble(const struct http *h)
{
	const char *to = header(h->head, "Location");
	struct trouble t = h->status ? trouble(h->status, h->head, h->reply)
	                             : h->trouble;

	if (to && t.class && !strcmp(t.class, "redirect"))
		t.message = format("%s redirects to %s: is that the base URL?",
		                   h->url, in_short(to));
	return t;
}

char *
models_url(const struct endpoint *e)
{
	int bare = !strcmp(e->wire->name, "chat")
	        || !strcmp(e->wire->name, "responses");

	return under_base(e->base, bare ? "" : "/v1", "/models");
}

const char *
first_model(const char *body)
{
	static const char *const list[] = {"/data", "/models", ""};
	static const char *const name[] = {"/id", "/name", "/model"};
	cJSON *j = server_json(body), *m, *all;
	const char *s;
	size_t i, k;

	for (i = 0; i < 3; i++) {
		all = jat(j, list[i]);
		cJSON_ArrayForEach(m, all)
			for (k = 0; k < 3; k++)
				if ((s = jopt(m, name[k])) && *s
				    && !strcasestr(s, "embed"))
					return s;
	}
	return NULL;
}
