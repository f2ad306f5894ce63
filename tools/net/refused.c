#include <string.h>
#include <strings.h>

#include "net.h"

/* What messages call the fields.  The longer names come first, then names that
 * may mean several. */
static const struct {
	unsigned field;
	const char *names;
} fields[] = {
	{F_MAX, "max_tokens max_completion_tokens max_output_tokens "
	        "maxOutputTokens"},
	{F_USAGE, "stream_options include_usage"},
	{F_STREAM, "stream streaming"},
	{F_TEMPERATURE, "temperature"},
	{F_EFFORT, "reasoning_effort effort thinking_level thinkingLevel "
	           "thinking_config thinkingConfig reasoning thinking think"},
	{F_SCHEMA, "response_format json_schema text.format output_format "
	           "output_config.format structured_outputs responseJsonSchema "
	           "response_json_schema response_schema responseSchema "
	           "responseMimeType response_mime_type mime schema grammar "
	           "structured"},
	{F_WEB, "web_search web_search_options web_search_preview "
	        "web_search_20250305 web_search_call.action.sources google_search "
	        "googleSearch plugins grounding web"},
	{F_CACHE, "cache_control caching"},
	{F_STORE, "store"},
	{F_WEB, "tools tool"},
	{F_EFFORT, "output_config"},
	{F_SCHEMA, "output_config"},
};
enum { CLEAR = 9 };                     /* so many of them mean one thing */

static int
in_word(int c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
	    || (c >= 'a' && c <= 'z');
}

/* Where the word, n bytes, stands in s; null if nowhere. */
static const char *
word_in(const char *s, const char *word, size_t n)
{
	const char *p;

	for (p = s; *p; p++)
		if (strncasecmp(p, word, n) == 0 && !in_word(p[n])
		    && (p == s || !in_word(p[-1])))
			return p;
	return NULL;
}

/* The first of the fields that s names. */
static unsigned
named(const char *s, unsigned sent, size_t from, size_t to)
{
	const char *first = NULL, *p, *w;
	unsigned found = 0;
	size_t n;

	for (; from < to; from++) {
		if (!(fields[from].field & sent))
			continue;
		for (w = fields[from].names; *w; w += n + !!w[n]) {
			n = strcspn(w, " ");
			p = word_in(s, w, n);
			if (p && (!first || p < first)) {
				first = p;
				found = fields[from].field;
			}
		}
	}
	return found;
}

static unsigned
refused_in(const char *s, unsigned sent)
{
	unsigned f = named(s, sent, 0, CLEAR);

	return f ? f
	         : named(s, sent, CLEAR, sizeof fields / sizeof *fields);
}

/* The first string or list of strings that is called name, as a text. */
static const char *
somewhere(const cJSON *j, const char *name, int depth)
{
	const cJSON *c, *v = cJSON_GetObjectItemCaseSensitive(j, name);
	struct text t = {0};
	const char *s;

	if (cJSON_IsString(v))
		return v->valuestring;
	cJSON_ArrayForEach(c, v)
		if (cJSON_IsString(c))
			addf(&t, ".%.200s", c->valuestring);
	if (t.n)
		return t.s;
	if (depth < 8)
		cJSON_ArrayForEach(c, j)
			if ((s = somewhere(c, name, depth + 1)))
				return s;
	return NULL;
}

unsigned
refused_field(const char *body, unsigned sent)
{
	static const char *const at[] = {"param", "loc", "field"};
	cJSON *j = server_json(body ? body : "");
	const char *s;
	unsigned f = 0;
	size_t i;

	for (i = 0; !f && i < sizeof at / sizeof *at; i++)
		if ((s = somewhere(j, at[i], 0)))
			f = refused_in(s, sent);
	if (f)
		return f;
	s = j ? error_text(j) : NULL;
	return refused_in(s ? s : error_line(body ? body : ""), sent);
}
