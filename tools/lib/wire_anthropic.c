#include <math.h>
#include <string.h>

#include "lib.h"

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

	while (n && (s[n] & 0xc0) == 0x80)
		n--;
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
text_of(struct reply *r, const cJSON *content)
{
	const cJSON *b;
	size_t begin = 0;
	char *s;

	cJSON_ArrayForEach(b, content) {
		if (is(b, "/type", "web_search_tool_result"))
			begin = r->said.n;
		if (is(b, "/type", "text"))
			say_more(r, jat(b, "/text"));
	}
	s = r->said.s + begin;
	if (begin && !blank(s)) {
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
	text_of(r, content);
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

/* The pieces of a field go to the block that is being sent. */
static void
end_field(struct reply *r)
{
	cJSON *content = jat(r->message, "/content"), *block, *v;
	const char *before;
	struct text t = {0};

	block = content && content->child ? content->child->prev : NULL;
	if (r->field && block) {
		if (strcmp(r->field, "input") == 0)
			v = cJSON_Parse(r->part.s);
		else {
			before = cJSON_GetStringValue(
			    cJSON_GetObjectItemCaseSensitive(block, r->field));
			add(&t, before ? before : "");
			add(&t, r->part.s);
			v = need(cJSON_CreateString(t.s));
		}
		if (v) {
			cJSON_DeleteItemFromObjectCaseSensitive(block, r->field);
			attach(block, r->field, v);
		}
	}
	r->field = NULL;
	r->part.n = 0;
}

static void
start_block(struct reply *r, const cJSON *block)
{
	end_field(r);
	if (!cJSON_IsObject(block))
		return;
	if (!cJSON_IsArray(jat(r->message, "/content"))) {
		cJSON_DeleteItemFromObjectCaseSensitive(r->message, "content");
		attach(r->message, "content", cJSON_CreateArray());
	}
	cJSON_AddItemToArray(jat(r->message, "/content"),
	    need(cJSON_Duplicate(block, 1)));
	if (is(block, "/type", "text"))
		say_more(r, jat(block, "/text"));
}

static void
cite(struct reply *r, const cJSON *citation)
{
	cJSON *content = jat(r->message, "/content"), *block, *list;

	block = content && content->child ? content->child->prev : NULL;
	if (!block || !cJSON_IsObject(citation))
		return;
	list = cJSON_GetObjectItemCaseSensitive(block, "citations");
	if (!cJSON_IsArray(list)) {
		cJSON_DeleteItemFromObjectCaseSensitive(block, "citations");
		list = attach(block, "citations", cJSON_CreateArray());
	}
	cJSON_AddItemToArray(list, need(cJSON_Duplicate(citation, 1)));
}

static void
delta(struct reply *r, const cJSON *d)
{
	static const struct {
		const char *type, *piece, *field;
	} kinds[] = {
		{"text_delta", "text", "text"},
		{"thinking_delta", "thinking", "thinking"},
		{"signature_delta", "signature", "signature"},
		{"input_json_delta", "partial_json", "input"}
	};
	const char *s;
	size_t i;

	if (is(d, "/type", "citations_delta"))
		cite(r, jat(d, "/citation"));
	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!is(d, "/type", kinds[i].type))
			continue;
		s = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(d, kinds[i].piece));
		if (r->field != kinds[i].field)
			end_field(r);
		r->field = kinds[i].field;
		add(&r->part, s ? s : "");
		if (i == 0)
			add(&r->said, s ? s : "");
	}
}

/* What e has and is not null takes the place of what the message had. */
static void
update(cJSON *to, const cJSON *e)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, e)
		if (c->string && !cJSON_IsNull(c)) {
			cJSON_DeleteItemFromObjectCaseSensitive(to, c->string);
			attach(to, c->string, cJSON_Duplicate(c, 1));
		}
}

static void
event(struct reply *r, const cJSON *j)
{
	struct text pieces = r->said;
	cJSON *u;

	if (is(j, "/type", "message_start") && cJSON_IsObject(jat(j, "/message")))
		r->message = cJSON_Duplicate(jat(j, "/message"), 1);
	if (!r->message)
		r->message = need(cJSON_CreateObject());
	learn_model(r, jat(r->message, "/model"));
	if (is(j, "/type", "content_block_start"))
		start_block(r, jat(j, "/content_block"));
	else if (is(j, "/type", "content_block_delta"))
		delta(r, jat(j, "/delta"));
	else if (is(j, "/type", "content_block_stop"))
		end_field(r);
	else if (is(j, "/type", "message_delta")) {
		update(r->message, jat(j, "/delta"));
		u = jat(r->message, "/usage");
		if (!cJSON_IsObject(u)) {
			cJSON_DeleteItemFromObjectCaseSensitive(r->message, "usage");
			u = attach(r->message, "usage", cJSON_CreateObject());
		}
		update(u, jat(j, "/usage"));
	} else if (is(j, "/type", "message_stop")) {
		end_field(r);
		r->said = (struct text){0};
		add(&r->said, "");
		message_of(r, r->message);
		if (!r->said.n && !r->why)
			r->said = pieces;
	}
	usage_of(r, jat(r->message, "/usage"));
}

const struct wire wire_anthropic = {
	"anthropic", url, body, "x-api-key: ", "anthropic-version: 2023-06-01",
	whole, event,
	F_STREAM | F_TEMPERATURE | F_EFFORT | F_SCHEMA | F_WEB | F_CACHE
};
