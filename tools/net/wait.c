#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "net.h"

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

double
told_wait(long status, const char *head, const cJSON *j, const char *message)
{
	static const char *const names[] = {"retry_after_seconds", "retry_after"};
	const cJSON *v;
	double t = told_by_header(head);
	size_t i;

	if (t <= 0 && cJSON_IsString(v = anywhere(j, "retryDelay")))
		t = span(v->valuestring);
	for (i = 0; t <= 0 && i < sizeof names / sizeof *names; i++)
		if (cJSON_IsNumber(v = anywhere(j, names[i]))
		    && isfinite(v->valuedouble))
			t = v->valuedouble;
	if (t <= 0)
		t = told_in(message);
	if (t <= 0 && (status == 429 || status == 403 || status == 503))
		t = told_by_limit(head);
	return isfinite(t) && t > 0 ? t : 0;
}
