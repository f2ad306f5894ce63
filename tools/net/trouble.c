#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net.h"

/* What tells one kind of trouble from another in a body, as extended regular
 * expressions that ignore case. */
static const char too_long[] =
	"context_length_exceeded|context (length|window|size)"
	"|exceed_context_size|prompt (is )?too long|input (is )?too long"
	"|too_many_(prompt_)?tokens|input token count [^\"]* exceeds"
	"|maximum (prompt|input) length|maximum number of tokens"
	"|reduce the length|(^|\")request too large";
static const char no_money[] =
	"insufficient_quota|insufficient_balance|enforced_spend_limit"
	"|billing_hard_limit|billing_not_active|billing_error"
	"|exceeded_current_quota_error|credit balance is too low"
	"|insufficient credits|used all available credits|key limit exceeded"
	"|reached your specified (workspace )?api usage limits"
	"|\"quotaid\" *: *\"[^\"]*perday";
static const char bad_key[] =
	"api_key_invalid|(incorrect|invalid|a valid) api[ _-]?key";
static const char unwanted[] =
	"\"(content_filter|content_policy_violation|invalid_prompt"
	"|moderation_blocked|flagged_input)\"|content management policy"
	"|content filtering policy|requires moderation"
	"|violat[a-z]* [a-z ]*(polic|guidelines)"
	"|(prompt|input|request|content|messages?) [a-z ]*flagged";
static const char not_prompt[] = "(account|organi[sz]ation|project|key) "
	"[a-z ]*(flagged|disabled|deactivated|suspended)";

/* All that is known. */
struct answer {
	long status;
	const char *head, *body;
	const cJSON *j;
};

static int
says(const char *s, const char *pattern)
{
	regex_t re;
	int found;

	if (regcomp(&re, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB))
		die(BAD, "compile %s: no regular expression", pattern);
	found = regexec(&re, s, 0, NULL, 0) == 0;
	regfree(&re);
	return found;
}

static const char *
denied(const struct answer *a)
{
	char *left = header(a->head, "x-ratelimit-remaining");

	if (says(a->body, "rate limit") || header(a->head, "retry-after")
	    || (left && strcmp(left, "0") == 0))
		return "rate";
	return "auth";
}

static const char *
bad(const struct answer *a)
{
	if (says(a->body, bad_key))
		return "auth";
	return says(a->body, "\"model_not_found\"") ? "not_found" : "bad_request";
}

/* The class of a status of 400 and more. */
static const char *
class_of(const struct answer *a)
{
	long s = a->status;
	int some = s == 400 || s == 422;

	if (s == 401)
		return "auth";
	if (s == 402 || s == 432 || s == 433
	    || ((some || s == 403 || s == 429) && says(a->body, no_money)))
		return "quota";
	if ((some || s == 403) && says(a->body, unwanted)
	    && !says(a->body, not_prompt))
		return "refused";
	if (s == 403)
		return denied(a);
	if (s == 413 || ((some || s == 429 || s == 500)
	    && says(a->body, too_long)))
		return "too_long";
	if (some)
		return bad(a);
	if (s == 404 || s == 410)
		return "not_found";
	if (s == 429)
		return "rate";
	if (s == 408)
		return "timeout";
	if (s == 409 || s == 425)
		return "conflict";
	if (s < 500)
		return "bad_request";
	return s == 503 || s == 529 ? "overloaded" : "server";
}

/* The status that an error in a body of status 200 would have had; 0 if it
 * does not tell, -1 if there is none. */
static long
status_in(const cJSON *j)
{
	static const struct {
		const char *word;
		long status;
	} of[] = {
		{"overloaded", 529}, {"insufficient_quota", 402},
		{"billing", 402}, {"rate_limit", 429},
		{"resource_exhausted", 429}, {"authentication", 401},
		{"invalid_api_key", 401}, {"permission", 403},
		{"not_found", 404}, {"too_large", 413}, {"unavailable", 503},
		{"server_error", 500}, {"api_error", 500}, {"internal", 500},
		{"timeout", 504}, {"invalid_", 400}, {"context_length", 400}
	};
	static const char *const at[] = {"/code", "/status_code", "/type",
	    "/status"};
	const cJSON *e = anywhere(j, "error"), *v;
	size_t i, k;

	if (!cJSON_IsObject(e) && !cJSON_IsString(e))
		e = jopt(j, "/type") && strcmp(jopt(j, "/type"), "error") == 0
		    ? j : NULL;
	for (i = 0; e && i < sizeof at / sizeof *at; i++) {
		v = jat(e, at[i]);
		if (cJSON_IsNumber(v) && v->valuedouble >= 400
		    && v->valuedouble < 600)
			return v->valuedouble;
		for (k = 0; cJSON_IsString(v)
		    && k < sizeof of / sizeof *of; k++)
			if (strcasestr(v->valuestring, of[k].word))
				return of[k].status;
	}
	return e ? 0 : -1;
}

/* Of a reply that said 200 all may be tried again that would not fail in the
 * same way: the model itself may have caused it. */
static const char *
class_of_200(struct answer *a)
{
	const char *class;

	a->status = status_in(a->j);
	if (a->status < 0)
		return NULL;
	class = a->status ? class_of(a) : "broken";
	return strcmp(class, "bad_request") == 0 ? "broken" : class;
}

/* x-should-retry has the last word, but for what cannot change. */
static int
hopeful(const struct answer *a, const char *class)
{
	static const char *const never[] = {"auth", "quota", "too_long",
	    "not_found", "bad_request", "redirect", "refused"};
	char *s = header(a->head, "x-should-retry");
	size_t i;

	for (i = 0; i < sizeof never / sizeof *never; i++)
		if (strcmp(never[i], class) == 0)
			return 0;
	if (s && strcasecmp(s, "false") == 0)
		return 0;
	if (s && strcasecmp(s, "true") == 0)
		return 1;
	return a->status != 501 && a->status != 505;
}

struct trouble
trouble(long status, const char *head, const char *body)
{
	struct answer a = {status, head ? head : "", body ? body : "", NULL};
	struct trouble t = {0};

	a.j = server_json(a.body);
	a.body = need(strndup(a.body, 64 << 10));
	t.message = a.j ? error_text(a.j) : NULL;
	if (!t.message)
		t.message = error_line(clean(a.body, strnlen(a.body, 2000)));
	if (status < 400)
		a.head = "";    /* retry-after comes with replies, too */
	if (status >= 400)
		t.class = class_of(&a);
	else if (status >= 300)
		t.class = "redirect";
	else if (status >= 200)
		t.class = class_of_200(&a);
	else
		t.class = "broken";
	if (!t.class)
		t.message = need(strdup(""));
	else if (!*t.message)
		t.message = format("status %ld without a word", status);
	t.message = hide(t.message);
	t.again = t.class && hopeful(&a, t.class);
	if (t.class)
		t.wait = told_wait(a.status, a.head, a.j, t.message);
	return t;
}
