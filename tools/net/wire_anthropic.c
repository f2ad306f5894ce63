#include <math.h>
#include <string.h>

#include "net.h"

enum { MOST = 32000 };                  /* tokens; it has to be told */

static char *
url(const struct endpoint *e, const struct question *q)
{
	(void)q;
	return under_base(e->base, "/v1", "/messages");
}

static cJSON *
add_text(cJSON *list, const char *s, size_t n)
{
	cJSON *block = need(cJSON_CreateObject());
	struct text t = {0};

	addn(&t, s, n);
	attach(block, "type", cJSON_CreateString("text"));
	attach(block, "text", cJSON_CreateString(t.s));
	cJSON_AddItemToArray(list, block);
	return block;
}

/* The prompt; if its beginning is one that others share, as two blocks, of
 * which the first is to be cached.  Neither may be blank. */
static void
add_prompt(cJSON *message, const struct question *q)
{
	const char *s = q->prompt;
	size_t n = q->fixed < strlen(s) ? q->fixed : 0;
	cJSON *list;

	n = uncut(s, n);
	if (strspn(s, " \t\r\n") >= n || blank(s + n) || !sends(q, F_CACHE)) {
		attach(message, "content", cJSON_CreateString(s));
		return;
	}
	list = attach(message, "content", cJSON_CreateArray());
	attach(attach(add_text(list, s, n), "cache_control",
	    cJSON_CreateObject()), "type", cJSON_CreateString("ephemeral"));
	add_text(list, s + n, strlen(s + n));
}

static void
add_messages(cJSON *j, const struct question *q)
{
	cJSON *list = attach(j, "messages", cJSON_CreateArray()), *m;

	cJSON_AddItemToArray(list, m = need(cJSON_CreateObject()));
	attach(m, "role", cJSON_CreateString("user"));
	add_prompt(m, q);
	if (!q->turn)
		return;
	cJSON_AddItemToArray(list, m = need(cJSON_CreateObject()));
	attach(m, "role", cJSON_CreateString("assistant"));
	attach(m, "content", cJSON_Duplicate(q->turn, 1));
}

static void
add_output_config(cJSON *j, const struct question *q)
{
	int effort = q->effort && sends(q, F_EFFORT);
	int schema = q->schema && sends(q, F_SCHEMA);
	cJSON *c;

	if (!effort && !schema)
		return;
	c = attach(j, "output_config", cJSON_CreateObject());
	if (effort)
		attach(c, "effort", cJSON_CreateString(q->effort));
	if (schema) {
		c = attach(c, "format", cJSON_CreateObject());
		attach(c, "type", cJSON_CreateString("json_schema"));
		attach(c, "schema", cJSON_Duplicate(q->schema, 1));
	}
}

static void
add_web(cJSON *j)
{
	cJSON *tool = need(cJSON_CreateObject());

	attach(tool, "type", cJSON_CreateString("web_search_20250305"));
	attach(tool, "name", cJSON_CreateString("web_search"));
	attach(tool, "max_uses", cJSON_CreateNumber(5));
	cJSON_AddItemToArray(attach(j, "tools", cJSON_CreateArray()), tool);
}

static cJSON *
body(const struct endpoint *e, const struct question *q)
{
	cJSON *j = need(cJSON_CreateObject());

	attach(j, "model", cJSON_CreateString(e->model));
	attach(j, "max_tokens",
	    cJSON_CreateNumber(q->most > 0 ? q->most : MOST));
	if (q->system && !blank(q->system))
		attach(j, "system", cJSON_CreateString(q->system));
	add_messages(j, q);
	if (!isnan(q->temperature) && sends(q, F_TEMPERATURE))
		attach(j, "temperature", cJSON_CreateNumber(q->temperature));
	add_output_config(j, q);
	if (q->web && sends(q, F_WEB))
		add_web(j);
	if (sends(q, F_STREAM))
		attach(j, "stream", cJSON_CreateTrue());
	return j;
}

static int
is(const cJSON *j, const char *path, const char *wanted)
{
	const char *s = jopt(j, path);

	return s && strcmp(s, wanted) == 0;
}

static void
usage_of(struct reply *r, const cJSON *u)
{
	double more = 0, cached = 0;

	if (!cJSON_IsObject(u))
		return;
	learn(&r->in, jat(u, "/input_tokens"));
	learn(&more, jat(u, "/cache_creation_input_tokens"));
	learn(&cached, jat(u, "/cache_read_input_tokens"));
	if (cJSON_IsNumber(jat(u, "/input_tokens")))
		r->in += more + cached;
	learn(&r->cached, jat(u, "/cache_read_input_tokens"));
	learn(&r->out, jat(u, "/output_tokens"));
	learn(&r->reasoning, jat(u, "/output_tokens_details/thinking_tokens"));
}

static void
finish_of(struct reply *r, const cJSON *j)
{
	static const char *const known[][2] = {
		{"end_turn", "stop"}, {"stop_sequence", "stop"},
		{"max_tokens", "length"},
		{"model_context_window_exceeded", "length"},
		{"refusal", "refused"}, {"pause_turn", "pause"}
	};
	const char *s = jopt(j, "/stop_reason");
	const char *category = jopt(j, "/stop_details/category");
	const char *text = jopt(j, "/stop_details/explanation");
	size_t i;

	r->finish = s || !blank(r->said.s) ? "other" : NULL;
	for (i = 0; s && i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i][0], s) == 0)
			r->finish = known[i][1];
	if (!s || strcmp(s, "refusal") != 0)
		return;
	r->why = error_line(format("%s%s%s", category ? category : "refusal",
	    text ? ": " : "", text ? text : ""));
	r->said.s[r->said.n = 0] = 0;   /* not to be used, say the makers */
}

static void
sources_of(struct reply *r, const cJSON *content)
{
	const cJSON *b, *c;

	cJSON_ArrayForEach(b, content)
		cJSON_ArrayForEach(c,
		    cJSON_GetObjectItemCaseSensitive(b, "citations"))
			add_source(r, jopt(c, "/url"), jopt(c, "/title"));
	cJSON_ArrayForEach(b, content)
		if (is(b, "/type", "web_search_tool_result"))
			cJSON_ArrayForEach(c,
			    cJSON_GetObjectItemCaseSensitive(b, "content"))
				add_source(r, jopt(c, "/url"),
				    jopt(c, "/title"));
}

/* What comes before the last search is chatter, unless there is no more. */
static void
text_of(struct reply *r, const cJSON *content, int paused)
{
	const cJSON *b;
	size_t begin = 0;
	char *s;

	cJSON_ArrayForEach(b, content) {
		if (is(b, "/type", "web_search_tool_result")) {
			begin = r->said.n;
			r->searched = 1;
		}
		if (is(b, "/type", "text"))
			say_more(r, jat(b, "/text"));
	}
	s = r->said.s + begin;
	if (paused || !blank(s)) {
		r->said.n -= begin;
		memmove(r->said.s, s, r->said.n + 1);
	}
}

static void
message_of(struct reply *r, const cJSON *j)
{
	const cJSON *content = jat(j, "/content");

	learn_model(r, jat(j, "/model"));
	usage_of(r, jat(j, "/usage"));
	text_of(r, content, is(j, "/stop_reason", "pause_turn"));
	sources_of(r, content);
	finish_of(r, j);
	r->turn = cJSON_Duplicate(content, 1);
}

static void
whole(struct reply *r, const cJSON *j)
{
	if (is(j, "/type", "message") || cJSON_IsArray(jat(j, "/content")))
		message_of(r, j);
	else
		unknown_reply(r, "anthropic", j);
}

static void
event(struct reply *r, const cJSON *j)
{
	struct text pieces = r->said;

	rebuild(r, j);
	learn_model(r, jat(r->message, "/model"));
	if (is(j, "/type", "message_stop")) {
		r->said = (struct text){0};
		add(&r->said, "");
		message_of(r, r->message);
		if (!r->said.n && !r->why && !r->searched)
			r->said = pieces;
	} else
		usage_of(r, jat(r->message, "/usage"));
}

const struct wire wire_anthropic = {
	"anthropic", url, body, "x-api-key: ", "anthropic-version: 2023-06-01",
	whole, event,
	F_STREAM | F_TEMPERATURE | F_EFFORT | F_SCHEMA | F_WEB | F_CACHE
};
