#include <stdlib.h>
#include <string.h>

#include "net.h"

enum {
	LONGEST = 500, DEEPEST_MESSAGE = 6,
	MUCH = 1 << 20                  /* more is not said about an error */
};

/* A number of four hexadecimal digits after \u; -1 if s is no such escape. */
static long
escaped(const char *s)
{
	char digits[5] = "";

	if (s[0] != '\\' || s[1] != 'u'
	    || strspn(s + 2, "0123456789abcdefABCDEF") < 4)
		return -1;
	memcpy(digits, s + 2, 4);
	return strtol(digits, NULL, 16);
}

/* Most bodies are valid; to find that out is faster than clean(). */
static char *
cleaned(const char *s, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i += k) {
		k = (signed char)s[i] > 0 ? 1 : utf8(s + i, n - i);
		if (!k)
			return clean(s, n);
	}
	return need(strndup(s, n));
}

/* cJSON cuts a string at an escaped NUL, and refuses half a pair of
 * surrogates; other escapes it shall judge itself. */
char *
clean_json(const char *body, size_t n)
{
	char *all = cleaned(body, n), *s;
	long c, d;

	for (s = all; (s = strchr(s, '\\')); s += s[1] ? 2 : 1) {
		c = escaped(s);
		if (c >= 0xd800 && c < 0xdc00
		    && (d = escaped(s + 6)) >= 0xdc00 && d < 0xe000)
			s += 10;
		else if (c == 0 || (c >= 0xd800 && c < 0xe000))
			memcpy(s + 2, "fffd", 4);
	}
	return all;
}

cJSON *
server_json(const char *body)
{
	char *all = clean_json(body, strnlen(body, MUCH)), *s = all;
	const char *end;
	cJSON *j;

	s += starts(s, "\xef\xbb\xbf") ? 3 : 0;
	s += strspn(s, " \t\r\n");
	if (starts(s, "data:") || starts(s, "event:"))
		s += strcspn(s, "{[");
	j = *s == '{' || *s == '['
	    ? cJSON_ParseWithLengthOpts(s, strlen(s) + 1, &end, 0) : NULL;
	free(all);
	return j;
}

/* Text that holds a page of HTML, without its tags. */
static char *
untagged(const char *s)
{
	struct text t = {0};
	size_t n;

	add(&t, "");
	for (; *s; s += n) {
		n = strcspn(s, "<");
		addn(&t, s, n);
		s += n;
		n = strcspn(s, ">");
		n += s[n] == '>';
		if (n)
			add(&t, " ");
	}
	return t.s;
}

/* A control character, ASCII or U+0080 to U+009F, at s: its bytes. */
static size_t
control(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return *u <= ' ' || *u == 0x7f ? 1
	     : *u == 0xc2 && u[1] >= 0x80 && u[1] < 0xa0 ? 2 : 0;
}

char *
error_line(const char *text)
{
	char *s = clean(text, strnlen(text, 64 << 10));
	struct text t = {0};
	size_t n;

	if (strcasestr(s, "<html") || strcasestr(s, "<!doctype")
	    || strcasestr(s, "<body"))
		s = untagged(s);
	add(&t, "");
	for (; *s; s += n) {
		if ((n = control(s))) {
			if (t.n && t.s[t.n - 1] != ' ')
				add(&t, " ");
			continue;
		}
		n = utf8(s, 4);
		if (t.n + n > LONGEST)
			break;
		addn(&t, s, n);
	}
	while (t.n && t.s[t.n - 1] == ' ')
		t.s[--t.n] = 0;
	return t.s;
}

/* OpenRouter's own message often says less than what it passes on. */
static char *
with_raw(char *s, const cJSON *j)
{
	const char *raw = jopt(j, "/metadata/raw");
	char *inner;
	cJSON *r;

	if (!raw || blank(raw))
		return s;
	r = server_json(raw);
	inner = r ? error_text(r) : NULL;
	return error_line(format("%.400s: %s", s, inner ? inner : raw));
}

static char *
message(const cJSON *j, int depth)
{
	static const char *const at[] = {"error", "message", "detail", "msg",
	    "errors", "error_message", "title"};
	static const char *const less[] = {"code", "type", "status"};
	const cJSON *c;
	char *s = NULL;
	size_t i;

	if (depth > DEEPEST_MESSAGE)
		return NULL;
	if (cJSON_IsString(j))
		return blank(j->valuestring) ? NULL : error_line(j->valuestring);
	if (cJSON_IsArray(j)) {
		cJSON_ArrayForEach(c, j)
			if ((s = message(c, depth + 1)))
				return s;
		return NULL;
	}
	for (i = 0; !s && i < sizeof at / sizeof *at; i++)
		if ((c = cJSON_GetObjectItemCaseSensitive(j, at[i])))
			s = message(c, depth + 1);
	for (i = 0; !s && depth && i < sizeof less / sizeof *less; i++)
		if (cJSON_IsString(c = jat(j, format("/%s", less[i]))))
			s = message(c, depth + 1);
	return s ? with_raw(s, j) : NULL;
}

char *
error_text(const cJSON *j)
{
	return message(j, 0);
}

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

const cJSON *
anywhere(const cJSON *j, const char *name)
{
	return find(j, name, 0);
}
