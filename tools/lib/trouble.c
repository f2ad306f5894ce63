#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "lib.h"

/* What tells one kind of trouble from another in a body, as extended regular
 * expressions that ignore case. */
static const char too_long[] =
	"context_length_exceeded|context (length|window|size)"
	"|exceed_context_size|prompt (is )?too long|input (is )?too long"
	"|too_many_(prompt_)?tokens|input token count [^\"]* exceeds"
	"|maximum (prompt|input) length|maximum number of tokens"
	"|reduce the length|\"request too large";
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

char *
header(const char *head, const char *name)
{
	size_t n = strlen(name), m;
	char *found = NULL;

	while (head && *head) {
		m = strcspn(head, "\r\n");
		if (strncasecmp(head, name, n) == 0 && head[n] == ':') {
			free(found);
			head += n + 1;
			m -= n + 1;
			while (m && strchr(" \t", *head))
				head++, m--;
			while (m && strchr(" \t", head[m - 1]))
				m--;
			found = need(strndup(head, m));
		}
		head += m;
		head += strspn(head, " \t\r\n");
	}
	return found;
}

/* The first value that is called name. */
static const cJSON *
find(const cJSON *j, const char *name, int depth)
{
	const cJSON *c, *v = cJSON_GetObjectItemCaseSensitive(j, name);

	if (v && !cJSON_IsNull(v))
		return v;
	if (depth < 8)
		cJSON_ArrayForEach(c, j)
			if ((v = find(c, name, depth + 1)))
				return v;
	return NULL;
}

/* Seconds in "9.816s", "174ms", "6m0s", "20 seconds"; 0 if s does not begin
 * with such. */
static double
span(const char *s)
{
	static const struct {
		const char *units;
		double seconds;
	} of[] = {
		{" ms millisecond milliseconds ", .001},
		{" s sec secs second seconds ", 1},
		{" m min mins minute minutes ", 60},
		{" h hr hour hours ", 3600}, {" d day days ", 86400}
	};
	double sum = 0, x;
	char unit[16], *end;
	size_t i, n;

	for (; *s >= '0' && *s <= '9'; s = end) {
		x = strtod(s, &end);
		end += strspn(end, " ");
		n = strspn(end, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		snprintf(unit, sizeof unit, " %.*s ", (int)(n < 13 ? n : 13), end);
		for (i = 0; i < sizeof of / sizeof *of; i++)
			if (strcasestr(of[i].units, unit))
				break;
		if (!n || i == sizeof of / sizeof *of)
			break;
		sum += x * of[i].seconds;
		end += n;
		end += strspn(end, " ");
	}
	return sum;
}

/* As in "Please try again in 6m0s". */
static double
told_in(const char *s)
{
	static const char *const phrase[] = {"try again", "retry", "wait"};
	const char *p;
	double t;
	size_t i, n;

	for (i = 0; i < sizeof phrase / sizeof *phrase; i++)
		for (p = s; (p = strcasestr(p, phrase[i])); ) {
			p += strlen(phrase[i]);
			n = strcspn(p, "0123456789");
			if (n <= 20 && (t = span(p + n)) > 0)
				return t;
		}
	return 0;
}

/* A number above 0; 0 if s is none. */
static double
positive(const char *s)
{
	double x = s && *s >= '0' && *s <= '9' ? strtod(s, NULL) : 0;

	return isfinite(x) && x > 0 ? x : 0;
}

/* Seconds since 1970, of a date as HTTP has it; 0 if s is none. */
static double
date_of(const char *s)
{
	struct tm tm = {0};

	if (!s || !strptime(s, "%a, %d %b %Y %H:%M:%S", &tm))
		return 0;
	return timegm(&tm);
}

/* The server's own clock, if it tells. */
static double
clock_of(const char *head)
{
	double t = date_of(header(head, "date"));

	return t > 0 ? t : time(NULL);
}

static double
at_least_0(double x)
{
	return x > 0 ? x : 0;
}

static double
told_by_header(const char *head)
{
	char *s = header(head, "retry-after");
	double t = positive(header(head, "retry-after-ms")) / 1000;

	if (t > 0)
		return t;
	if (positive(s) > 0)
		return positive(s);
	return at_least_0(date_of(s) > 0 ? date_of(s) - clock_of(head) : 0);
}

/* When the limit begins anew: seconds, or a time, in seconds or ms. */
static double
told_by_limit(const char *head)
{
	double t = positive(header(head, "x-ratelimit-reset"));
	char *s = header(head, "ratelimit"), *p = s ? strstr(s, ";t=") : NULL;

	if (t > 1e12)
		t /= 1000;
	if (t > 1e9)
		t -= clock_of(head);
	return t > 0 ? t : at_least_0(p ? positive(p + 3) : 0);
}

static double
told(const struct answer *a, const char *message)
{
	static const char *const names[] = {"retry_after_seconds", "retry_after"};
	const cJSON *v;
	double t = a->status >= 400 ? told_by_header(a->head) : 0;
	size_t i;

	if (t <= 0 && cJSON_IsString(v = find(a->j, "retryDelay", 0)))
		t = span(v->valuestring);
	for (i = 0; t <= 0 && i < sizeof names / sizeof *names; i++)
		if (cJSON_IsNumber(v = find(a->j, names[i], 0))
		    && isfinite(v->valuedouble))
			t = v->valuedouble;
	if (t <= 0)
		t = told_in(message);
	if (t <= 0 && (a->status == 429 || a->status == 403 || a->status == 503))
		t = told_by_limit(a->head);
	return isfinite(t) && t > 0 ? t : 0;
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
	const cJSON *e = find(j, "error", 0), *v;
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
	t.again = t.class && hopeful(&a, t.class);
	t.wait = t.class ? told(&a, t.message) : 0;
	return t;
}
