#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

enum { SOURCES = 100 };

const struct wire *
wire(const char *name)
{
	static const struct wire *const all[] = {
		&wire_chat, &wire_responses, &wire_anthropic, &wire_gemini
	};
	size_t i;

	for (i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

int
sends(const struct question *q, unsigned field)
{
	return !(q->without & field);
}

/* Some give the base with the version, some without. */
char *
under_base(const char *base, const char *version, const char *path)
{
	return ends(base, version) ? format("%s%s", base, path)
	                           : format("%s%s%s", base, version, path);
}

cJSON *
attach(cJSON *object, const char *name, cJSON *value)
{
	need(value);
	if (!cJSON_AddItemToObject(object, name, value))
		need(NULL);
	return value;
}

void
say_more(struct reply *r, const cJSON *string)
{
	if (cJSON_IsString(string))
		add(&r->said, string->valuestring);
}

void
learn(double *count, const cJSON *number)
{
	if (cJSON_IsNumber(number) && number->valuedouble >= 0
	    && isfinite(number->valuedouble))
		*count = number->valuedouble;
}

void
learn_model(struct reply *r, const cJSON *name)
{
	if (!r->model && cJSON_IsString(name) && !blank(name->valuestring))
		r->model = error_line(name->valuestring);
}

/* Without the mark that OpenAI puts into addresses. */
static char *
unmarked(const char *url)
{
	static const char mark[] = "utm_source=openai";
	char *s = need(strdup(url)), *p = strstr(s, mark), *end;

	if (!p || p == s || !strchr("?&", p[-1]))
		return s;
	end = p + sizeof mark - 1;
	if (*end == '&')
		end++;
	else if (*end && *end != '#')
		return s;
	else
		p--;
	memmove(p, end, strlen(end) + 1);
	return s;
}

void
add_source(struct reply *r, const char *url, const char *title)
{
	cJSON *s;
	char *u;

	if (!url || strlen(url) > 4000
	    || (!starts(url, "https://") && !starts(url, "http://")))
		return;
	u = unmarked(url);
	cJSON_ArrayForEach(s, r->sources)
		if (strcmp(jopt(s, "/url"), u) == 0)
			break;
	if (!s) {
		if (cJSON_GetArraySize(r->sources) >= SOURCES)
			return;
		cJSON_AddItemToArray(r->sources, s = need(cJSON_CreateObject()));
		attach(s, "url", cJSON_CreateString(u));
	}
	if (title && !blank(title) && !jat(s, "/title"))
		attach(s, "title", cJSON_CreateString(error_line(title)));
	free(u);
}

void
server_error(struct reply *r, const cJSON *j)
{
	const cJSON *e = jat(j, "/error");

	if (r->error)
		return;
	r->error = error_text(j);
	if (!r->error)
		r->error = need(strdup("an error without a message"));
	r->fault = need(cJSON_PrintUnformatted(e ? e : j));
	if (e)
		r->fault = format("{\"error\":%s}", r->fault);
}

void
unknown_reply(struct reply *r, const char *wire, const cJSON *j)
{
	char *s = error_text(j);

	if (r->error)
		return;
	if (!s)
		s = error_line(need(cJSON_PrintUnformatted(j)));
	r->error = format("not a reply of the wire %s: %.200s", wire, s);
	r->error = clean(r->error, strlen(r->error));
}
