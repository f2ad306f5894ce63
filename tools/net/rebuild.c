#include <stdlib.h>
#include <string.h>

#include "net.h"

static int
is(const cJSON *j, const char *path, const char *wanted)
{
	const char *s = jopt(j, path);

	return s && strcmp(s, wanted) == 0;
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
			free(t.s);
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

/* What e says at the end. */
static void
end_message(cJSON *message, const cJSON *e)
{
	cJSON *u;

	update(message, jat(e, "/delta"));
	u = jat(message, "/usage");
	if (!cJSON_IsObject(u)) {
		cJSON_DeleteItemFromObjectCaseSensitive(message, "usage");
		u = attach(message, "usage", cJSON_CreateObject());
	}
	update(u, jat(e, "/usage"));
}

void
rebuild(struct reply *r, const cJSON *j)
{
	if (is(j, "/type", "message_start") && cJSON_IsObject(jat(j, "/message")))
		r->message = cJSON_Duplicate(jat(j, "/message"), 1);
	if (!r->message)
		r->message = need(cJSON_CreateObject());
	if (is(j, "/type", "content_block_start"))
		start_block(r, jat(j, "/content_block"));
	else if (is(j, "/type", "content_block_delta"))
		delta(r, jat(j, "/delta"));
	else if (is(j, "/type", "content_block_stop")
	    || is(j, "/type", "message_stop"))
		end_field(r);
	else if (is(j, "/type", "message_delta"))
		end_message(r->message, j);
}
