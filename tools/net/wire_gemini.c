#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

static char *
url(const struct endpoint *e, const struct question *q)
{
	const char *s = e->model;
	struct text t = {0};

	add(&t, "/models/");
	for (s += starts(s, "models/") ? 7 : 0; *s; s++)
		if (strchr("-._~", *s) || isalnum((unsigned char)*s))
			addn(&t, s, 1);
		else
			addf(&t, "%%%02X", (unsigned char)*s);
	add(&t, sends(q, F_STREAM) ? ":streamGenerateContent?alt=sse"
	                           : ":generateContent");
	return under_base(e->base, "/v1beta", t.s);
}

/* {"parts": [{"text": s}]} */
static cJSON *
parts(const char *s)
{
	cJSON *c = need(cJSON_CreateObject()), *p = need(cJSON_CreateObject());

	attach(p, "text", cJSON_CreateString(s));
	cJSON_AddItemToArray(attach(c, "parts", cJSON_CreateArray()), p);
	return c;
}

/* Its levels are fewer than those of others. */
static const char *
level(const char *effort)
{
	static const char *const of[][2] = {
		{"none", "minimal"}, {"xhigh", "high"}, {"max", "high"}
	};
	size_t i;

	for (i = 0; i < sizeof of / sizeof *of; i++)
		if (strcmp(of[i][0], effort) == 0)
			return of[i][1];
	return effort;
}

/* Only the third generation gives JSON and searches at once. */
static cJSON *
config(const struct question *q, int web)
{
	cJSON *c = need(cJSON_CreateObject());

	if (!isnan(q->temperature) && sends(q, F_TEMPERATURE))
		attach(c, "temperature", cJSON_CreateNumber(q->temperature));
	if (q->most > 0 && sends(q, F_MAX))
		attach(c, "maxOutputTokens", cJSON_CreateNumber(q->most));
	if (q->schema && !web && sends(q, F_SCHEMA)) {
		attach(c, "responseMimeType",
		    cJSON_CreateString("application/json"));
		attach(c, "responseJsonSchema", cJSON_Duplicate(q->schema, 1));
	}
	if (q->effort && sends(q, F_EFFORT))
		attach(attach(c, "thinkingConfig", cJSON_CreateObject()),
		    "thinkingLevel", cJSON_CreateString(level(q->effort)));
	return c;
}

static cJSON *
body(const struct endpoint *e, const struct question *q)
{
	cJSON *j = need(cJSON_CreateObject()), *c;
	int web = q->web && sends(q, F_WEB);

	(void)e;
	if (q->system && !blank(q->system))
		attach(j, "systemInstruction", parts(q->system));
	c = parts(q->prompt);
	attach(c, "role", cJSON_CreateString("user"));
	cJSON_AddItemToArray(attach(j, "contents", cJSON_CreateArray()), c);
	c = config(q, web);
	if (c->child)
		attach(j, "generationConfig", c);
	if (web) {
		c = need(cJSON_CreateObject());
		attach(c, "google_search", cJSON_CreateObject());
		cJSON_AddItemToArray(attach(j, "tools", cJSON_CreateArray()), c);
	}
	return j;
}

static void
usage_of(struct reply *r, const cJSON *u)
{
	double tool = 0, thoughts = 0;

	if (!cJSON_IsObject(u))
		return;
	learn(&tool, jat(u, "/toolUsePromptTokenCount"));
	learn(&thoughts, jat(u, "/thoughtsTokenCount"));
	if (cJSON_IsNumber(jat(u, "/promptTokenCount"))) {
		learn(&r->in, jat(u, "/promptTokenCount"));
		r->in += tool;
	}
	/* what is 0 is left out */
	if (cJSON_IsNumber(jat(u, "/totalTokenCount"))) {
		r->out = 0;
		learn(&r->out, jat(u, "/candidatesTokenCount"));
		r->out += thoughts;
	}
	learn(&r->reasoning, jat(u, "/thoughtsTokenCount"));
	learn(&r->cached, jat(u, "/cachedContentTokenCount"));
}

static const char *
name_of(const cJSON *finish)
{
	static const char *const old[] = {
		"FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY",
		"RECITATION", "OTHER", "LANGUAGE", "BLOCKLIST",
		"PROHIBITED_CONTENT", "SPII"
	};
	double n = cJSON_IsNumber(finish) ? finish->valuedouble : -1;

	if (n >= 0 && n < sizeof old / sizeof *old)
		return old[(size_t)n];
	return n >= 0 ? "unknown" : cJSON_GetStringValue(finish);
}

/* NAME: what is said about it, and for what it was blocked */
static char *
why(const char *name, const char *text, const cJSON *ratings)
{
	struct text t = {0};
	const cJSON *c;
	const char *s;

	addf(&t, "%s%s%s", name, text ? ": " : "", text ? text : "");
	cJSON_ArrayForEach(c, ratings)
		if (cJSON_IsTrue(jat(c, "/blocked")) && t.n < 1000
		    && (s = jopt(c, "/category")))
			addf(&t, ", %.100s", s);
	return error_line(t.s);
}

static void
finish_of(struct reply *r, const cJSON *c)
{
	static const char *const refused[] = {
		"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT",
		"SPII", "MODEL_ARMOR", "JAILBREAK", "IMAGE_SAFETY"
	};
	const char *s = name_of(jat(c, "/finishReason"));
	size_t i;

	if (!s || strcmp(s, "FINISH_REASON_UNSPECIFIED") == 0)
		return;
	r->finish = strcmp(s, "STOP") == 0 ? "stop"
	          : strcmp(s, "MAX_TOKENS") == 0 ? "length" : "other";
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		if (strcmp(refused[i], s) == 0)
			r->why = why(s, jopt(c, "/finishMessage"),
			    jat(c, "/safetyRatings"));
}

static void
candidate(struct reply *r, const cJSON *c)
{
	const cJSON *p;

	cJSON_ArrayForEach(p, jat(c, "/content/parts"))
		if (!cJSON_IsTrue(jat(p, "/thought")))
			say_more(r, jat(p, "/text"));
	cJSON_ArrayForEach(p, jat(c, "/groundingMetadata/groundingChunks"))
		add_source(r, jopt(p, "/web/uri"), jopt(p, "/web/title"));
	finish_of(r, c);
}

/* Each event of a stream is a reply with a part of the text. */
static void
event(struct reply *r, const cJSON *j)
{
	const cJSON *f = jat(j, "/promptFeedback");
	const char *blocked = jopt(f, "/blockReason");

	learn_model(r, jat(j, "/modelVersion"));
	usage_of(r, jat(j, "/usageMetadata"));
	candidate(r, jat(j, "/candidates/0"));
	if (blocked && strcmp(blocked, "BLOCK_REASON_UNSPECIFIED") != 0) {
		r->finish = "refused";
		r->why = why(blocked, jopt(f, "/blockReasonMessage"),
		    jat(f, "/safetyRatings"));
	}
}

static void
whole(struct reply *r, const cJSON *j)
{
	event(r, j);
	if (!cJSON_IsArray(jat(j, "/candidates"))
	    && !cJSON_IsObject(jat(j, "/promptFeedback")))
		unknown_reply(r, "gemini", j);
	else if (!r->finish && !blank(r->said.s))
		r->finish = "other";
}

const struct wire wire_gemini = {
	"gemini", url, body, "x-goog-api-key: ", NULL, whole, event,
	F_STREAM | F_TEMPERATURE | F_EFFORT | F_SCHEMA | F_MAX | F_WEB
};
