#include <math.h>
#include <string.h>

#include "net.h"

static char *
url(const struct endpoint *e, const struct question *q)
{
	(void)q;
	return format("%s/chat/completions", e->base);
}

static void
add_message(cJSON *messages, const char *role, const char *content)
{
	cJSON *m = need(cJSON_CreateObject());

	attach(m, "role", cJSON_CreateString(role));
	attach(m, "content", cJSON_CreateString(content));
	cJSON_AddItemToArray(messages, m);
}

/* max_tokens is refused by OpenAI's reasoning models, its successor ignored by
 * Ollama. */
static const char *
max_name(const struct endpoint *e, const struct question *q)
{
	int old = strcmp(e->provider, "openai") != 0;

	if (!sends(q, F_OLD_MAX))
		old = !old;
	return old ? "max_tokens" : "max_completion_tokens";
}

static void
add_schema(cJSON *j, const cJSON *schema)
{
	cJSON *f = attach(j, "response_format", cJSON_CreateObject());

	attach(f, "type", cJSON_CreateString("json_schema"));
	f = attach(f, "json_schema", cJSON_CreateObject());
	attach(f, "name", cJSON_CreateString("reply"));
	attach(f, "strict", cJSON_CreateTrue());
	attach(f, "schema", cJSON_Duplicate(schema, 1));
}

static void
add_web(cJSON *j, const struct endpoint *e)
{
	cJSON *plugin;

	if (strcmp(e->provider, "openrouter") != 0) {
		attach(j, "web_search_options", cJSON_CreateObject());
		return;
	}
	plugin = need(cJSON_CreateObject());
	attach(plugin, "id", cJSON_CreateString("web"));
	cJSON_AddItemToArray(attach(j, "plugins", cJSON_CreateArray()), plugin);
}

static cJSON *
body(const struct endpoint *e, const struct question *q)
{
	cJSON *j = need(cJSON_CreateObject()), *m;

	attach(j, "model", cJSON_CreateString(e->model));
	m = attach(j, "messages", cJSON_CreateArray());
	if (q->system && !blank(q->system))
		add_message(m, "system", q->system);
	add_message(m, "user", q->prompt);
	if (q->most > 0 && sends(q, F_MAX))
		attach(j, max_name(e, q), cJSON_CreateNumber(q->most));
	if (!isnan(q->temperature) && sends(q, F_TEMPERATURE))
		attach(j, "temperature", cJSON_CreateNumber(q->temperature));
	if (q->effort && sends(q, F_EFFORT))
		attach(j, "reasoning_effort", cJSON_CreateString(q->effort));
	if (q->schema && sends(q, F_SCHEMA))
		add_schema(j, q->schema);
	if (q->web && sends(q, F_WEB))
		add_web(j, e);
	if (sends(q, F_STREAM)) {
		attach(j, "stream", cJSON_CreateTrue());
		if (sends(q, F_USAGE))
			attach(attach(j, "stream_options",
			    cJSON_CreateObject()), "include_usage",
			    cJSON_CreateTrue());
	}
	return j;
}

static void
usage_of(struct reply *r, const cJSON *u)
{
	double total = NAN;

	if (!cJSON_IsObject(u))
		return;
	learn(&r->in, jat(u, "/prompt_tokens"));
	learn(&r->out, jat(u, "/completion_tokens"));
	learn(&r->cached, jat(u, "/prompt_cache_hit_tokens"));
	learn(&r->cached, jat(u, "/prompt_tokens_details/cached_tokens"));
	learn(&r->reasoning,
	    jat(u, "/completion_tokens_details/reasoning_tokens"));
	learn(&r->cost, jat(u, "/cost"));
	learn(&r->cost, jat(u, "/cost/total_cost"));
	learn(&total, jat(u, "/total_tokens"));
	/* some count hidden reasoning only here */
	if (total > r->in + r->out) {
		if (isnan(r->reasoning))
			r->reasoning = total - r->in - r->out;
		r->out = total - r->in;
	}
}

static const char *
finish_of(const char *s)
{
	static const char *const known[][2] = {
		{"stop", "stop"}, {"eos", "stop"}, {"stop_sequence", "stop"},
		{"end_turn", "stop"}, {"load", "stop"}, {"unload", "stop"},
		{"length", "length"}, {"max_tokens", "length"},
		{"model_length", "length"}, {"content_filter", "refused"},
		{"refusal", "refused"}
	};
	size_t i;

	for (i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i][0], s) == 0)
			return known[i][1];
	return "other";
}

static void
finish_with(struct reply *r, const char *s)
{
	if (!s || !*s)
		return;
	r->finish = finish_of(s);
	if (strcmp(r->finish, "refused") == 0 && !r->why)
		r->why = error_line(s);
	if (!r->error && (strcmp(s, "error") == 0 || starts(s, "insufficient_")))
		r->error = error_line(format("the server ended with: %s", s));
}

/* A string, or a list of parts of which some are text. */
static void
content_of(struct reply *r, const cJSON *c)
{
	const cJSON *p;
	const char *type;

	say_more(r, c);
	if (cJSON_IsArray(c))
		cJSON_ArrayForEach(p, c)
			if ((type = jopt(p, "/type")) && strcmp(type, "text") == 0)
				say_more(r, jat(p, "/text"));
}

static void
message_of(struct reply *r, const cJSON *m)
{
	const cJSON *a;
	const char *refusal = jopt(m, "/refusal");

	content_of(r, jat(m, "/content"));
	if (refusal && *refusal) {
		add(&r->part, refusal);
		r->why = r->part.s;
	}
	cJSON_ArrayForEach(a, cJSON_GetObjectItemCaseSensitive(m, "annotations"))
		add_source(r, jopt(a, "/url_citation/url"),
		    jopt(a, "/url_citation/title"));
}

static void
sources_of(struct reply *r, const cJSON *j)
{
	const cJSON *s;

	cJSON_ArrayForEach(s, cJSON_GetObjectItemCaseSensitive(j, "search_results"))
		add_source(r, jopt(s, "/url"), jopt(s, "/title"));
	cJSON_ArrayForEach(s, cJSON_GetObjectItemCaseSensitive(j, "citations"))
		add_source(r, cJSON_GetStringValue(s), NULL);
}

/* Ollama's own format */
static void
ollama(struct reply *r, const cJSON *j)
{
	const char *reason = jopt(j, "/done_reason");

	say_more(r, jat(j, "/message/content"));
	learn(&r->in, jat(j, "/prompt_eval_count"));
	learn(&r->out, jat(j, "/eval_count"));
	if (cJSON_IsTrue(jat(j, "/done")))
		finish_with(r, reason && *reason ? reason : "stop");
}

/* A chunk of a stream, and a whole reply, too: message takes the place of
 * delta.  Of several choices the first counts. */
static void
event(struct reply *r, const cJSON *j)
{
	const cJSON *c = jat(j, "/choices/0"), *m = jat(c, "/message");

	learn_model(r, jat(j, "/model"));
	usage_of(r, jat(j, "/usage"));
	sources_of(r, j);
	if (cJSON_IsObject(c)) {
		if (!cJSON_IsObject(m))
			m = jat(c, "/delta");
		message_of(r, m);
		if (!cJSON_IsObject(m))
			say_more(r, jat(c, "/text"));
		finish_with(r, jopt(c, "/finish_reason"));
	} else if (jat(j, "/done"))
		ollama(r, j);
}

static void
whole(struct reply *r, const cJSON *j)
{
	event(r, j);
	if (!cJSON_IsArray(jat(j, "/choices")) && !jat(j, "/done"))
		unknown_reply(r, "chat", j);
	else if (!r->finish && jat(j, "/choices/0/message")
	    && (r->why || !blank(r->said.s)))
		r->finish = "other";
}

const struct wire wire_chat = {
	"chat", url, body, "Authorization: Bearer ", NULL, whole, event,
	F_STREAM | F_USAGE | F_TEMPERATURE | F_EFFORT | F_SCHEMA | F_MAX | F_WEB
};
