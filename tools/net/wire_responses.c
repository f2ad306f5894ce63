#include <math.h>
#include <string.h>

#include "net.h"

enum { LEAST = 16 };                    /* max_output_tokens */

static char *
url(const struct endpoint *e, const struct question *q)
{
	(void)q;
	return format("%s/responses", e->base);
}

static void
add_schema(cJSON *j, const cJSON *schema)
{
	cJSON *f = attach(attach(j, "text", cJSON_CreateObject()), "format",
	    cJSON_CreateObject());

	attach(f, "type", cJSON_CreateString("json_schema"));
	attach(f, "name", cJSON_CreateString("reply"));
	attach(f, "strict", cJSON_CreateTrue());
	attach(f, "schema", cJSON_Duplicate(schema, 1));
}

static void
add_web(cJSON *j)
{
	static const char *const seen[] = {"web_search_call.action.sources"};
	cJSON *tool = need(cJSON_CreateObject());

	attach(tool, "type", cJSON_CreateString("web_search"));
	cJSON_AddItemToArray(attach(j, "tools", cJSON_CreateArray()), tool);
	attach(j, "include", cJSON_CreateStringArray(seen, 1));
}

static cJSON *
body(const struct endpoint *e, const struct question *q)
{
	cJSON *j = need(cJSON_CreateObject());
	int web = q->web && sends(q, F_WEB);
	const char *effort = q->effort;

	attach(j, "model", cJSON_CreateString(e->model));
	if (q->system && !blank(q->system))
		attach(j, "instructions", cJSON_CreateString(q->system));
	attach(j, "input", cJSON_CreateString(q->prompt));
	if (sends(q, F_STORE))
		attach(j, "store", cJSON_CreateFalse());
	if (q->most > 0 && sends(q, F_MAX))
		attach(j, "max_output_tokens",
		    cJSON_CreateNumber(q->most < LEAST ? LEAST : q->most));
	if (!isnan(q->temperature) && sends(q, F_TEMPERATURE))
		attach(j, "temperature", cJSON_CreateNumber(q->temperature));
	if (effort && sends(q, F_EFFORT)) {
		/* the least does not go with a search */
		if (web && strcmp(effort, "minimal") == 0)
			effort = "low";
		attach(attach(j, "reasoning", cJSON_CreateObject()), "effort",
		    cJSON_CreateString(effort));
	}
	if (q->schema && sends(q, F_SCHEMA))
		add_schema(j, q->schema);
	if (web)
		add_web(j);
	if (sends(q, F_STREAM))
		attach(j, "stream", cJSON_CreateTrue());
	return j;
}

static void
finish_of(struct reply *r, const cJSON *j)
{
	const char *status = jopt(j, "/status");
	const char *why = jopt(j, "/incomplete_details/reason");

	if (!status) {
		r->finish = r->why || !blank(r->said.s) ? "other" : NULL;
		return;
	}
	r->finish = "other";
	if (strcmp(status, "completed") == 0)
		r->finish = "stop";
	else if (strcmp(status, "incomplete") == 0) {
		if (why && strcmp(why, "max_output_tokens") == 0)
			r->finish = "length";
		else if (why && strcmp(why, "content_filter") == 0)
			r->why = r->why ? r->why : error_line(why);
	} else if (strcmp(status, "in_progress") == 0
	    || strcmp(status, "queued") == 0)
		r->finish = NULL;
	else if (!r->error && (strcmp(status, "failed") == 0
	    || strcmp(status, "cancelled") == 0))
		r->error = format("the server says only: %s", status);
}

static int
is(const cJSON *j, const char *path, const char *wanted)
{
	const char *s = jopt(j, path);

	return s && strcmp(s, wanted) == 0;
}

static int
comments(const cJSON *item)
{
	return is(item, "/phase", "commentary");
}

static void
message_of(struct reply *r, const cJSON *item)
{
	const cJSON *c, *a;
	const char *refusal;

	cJSON_ArrayForEach(c, cJSON_GetObjectItemCaseSensitive(item, "content")) {
		if (is(c, "/type", "output_text"))
			say_more(r, jat(c, "/text"));
		if (is(c, "/type", "refusal")
		    && (refusal = jopt(c, "/refusal"))) {
			add(&r->part, refusal);
			r->why = r->part.s;
		}
		cJSON_ArrayForEach(a,
		    cJSON_GetObjectItemCaseSensitive(c, "annotations"))
			add_source(r, jopt(a, "/url"), jopt(a, "/title"));
	}
}

static void
seen(struct reply *r, const cJSON *call)
{
	const cJSON *s, *action = jat(call, "/action");

	cJSON_ArrayForEach(s, cJSON_GetObjectItemCaseSensitive(action, "sources"))
		add_source(r, jopt(s, "/url"), jopt(s, "/title"));
	add_source(r, jopt(action, "/url"), NULL);
}

static void
usage_of(struct reply *r, const cJSON *u)
{
	if (!cJSON_IsObject(u))
		return;
	learn(&r->in, jat(u, "/input_tokens"));
	learn(&r->out, jat(u, "/output_tokens"));
	learn(&r->cached, jat(u, "/input_tokens_details/cached_tokens"));
	learn(&r->reasoning,
	    jat(u, "/output_tokens_details/reasoning_tokens"));
	/* what a stream that was cut short says, whatever it took */
	if (r->in == 0 && r->out == 0)
		r->in = r->out = r->cached = r->reasoning = NAN;
}

static void
response(struct reply *r, const cJSON *j)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(j, "output"), *c;
	int answered = 0;

	cJSON_ArrayForEach(c, list)
		answered |= is(c, "/type", "message") && !comments(c);
	cJSON_ArrayForEach(c, list)
		if (is(c, "/type", "message") && !(answered && comments(c)))
			message_of(r, c);
	cJSON_ArrayForEach(c, list)
		if (is(c, "/type", "web_search_call"))
			seen(r, c);
	learn_model(r, jat(j, "/model"));
	usage_of(r, jat(j, "/usage"));
	finish_of(r, j);
}

static void
whole(struct reply *r, const cJSON *j)
{
	if (!cJSON_IsArray(jat(j, "/output"))
	    && !is(j, "/object", "response")) {
		unknown_reply(r, "responses", j);
		return;
	}
	response(r, j);
	if (!r->finish && !r->error)
		r->error = need(strdup("the server has not finished it"));
}

/* The last event holds all; what came before is used if it does not. */
static void
event(struct reply *r, const cJSON *j)
{
	const cJSON *all = jat(j, "/response"), *e = jat(all, "/error");
	struct text pieces = r->said;

	if (is(j, "/type", "response.output_text.delta"))
		say_more(r, jat(j, "/delta"));
	if (!is(j, "/type", "response.completed")
	    && !is(j, "/type", "response.incomplete")
	    && !is(j, "/type", "response.failed")
	    && !is(j, "/type", "response.cancelled"))
		return;
	if (cJSON_IsObject(e))
		server_error(r, all);
	r->said = (struct text){0};
	add(&r->said, "");
	response(r, all);
	if (blank(r->said.s))
		r->said = pieces;
	if (!r->finish)
		finish_of(r, j);
}

const struct wire wire_responses = {
	"responses", url, body, "Authorization: Bearer ", NULL, whole, event,
	F_STREAM | F_TEMPERATURE | F_EFFORT | F_SCHEMA | F_MAX | F_WEB | F_STORE
};
