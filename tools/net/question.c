#include <limits.h>
#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

static double
temperature(void)
{
	const char *s = env("TEMPERATURE");
	char *end;
	double v = s ? strtod(s, &end) : NAN;

	if (s && (*end || !(v >= 0 && v <= 100)))
		die(BAD, "read TEMPERATURE: '%s' is no number from 0 on", s);
	return v;
}

static char *
text_at(const cJSON *request, const char *path)
{
	const char *s = jopt(request, path);

	return s ? clean(s, strlen(s)) : NULL;
}

struct question
question(const struct endpoint *e, const cJSON *request)
{
	const char *task = jopt(request, "/inputs/task");
	struct question q = {
		.system = text_at(request, "/system"),
		.prompt = text_at(request, "/prompt"),
		.schema = jat(request, "/schema"),
		.web = e->web && cJSON_IsTrue(jat(request, "/web")),
		.effort = env("EFFORT"),
		.temperature = temperature(),
		.most = jat(request, "/max_tokens")
		      ? jnum(request, "/max_tokens") : means("MAX_TOKENS", 0),
	};

	if (!q.prompt)
		die(BAD, "read %s: no string at /prompt", request->string
		    ? request->string : "-");
	if (q.system && blank(q.system))
		q.system = NULL;
	if (task && *task && starts(q.prompt, task))
		q.fixed = strlen(task);
	return q;
}

unsigned
sent_fields(const struct endpoint *e, const struct question *q, long most)
{
	unsigned f = F_STREAM | F_USAGE | F_CACHE | F_STORE;

	f |= isnan(q->temperature) ? 0 : F_TEMPERATURE;
	f |= q->effort ? F_EFFORT : 0;
	f |= q->schema ? F_SCHEMA : 0;
	f |= q->web ? F_WEB : 0;
	f |= most ? F_MAX : 0;
	return f & e->wire->fields & ~q->without;
}

long
most_in(const cJSON *body)
{
	static const char *const at[] = {"/max_tokens", "/max_completion_tokens",
	    "/max_output_tokens", "/generationConfig/maxOutputTokens"};
	size_t i;
	cJSON *j;

	for (i = 0; i < sizeof at / sizeof *at; i++)
		if (cJSON_IsNumber(j = jat(body, at[i])))
			return j->valuedouble;
	return 0;
}

/* The numbers that a message has where the expression has groups. */
static int
matches(const char *s, const char *expression, long *n)
{
	regmatch_t m[4];
	regex_t re;
	int i, no;

	if (regcomp(&re, expression, REG_EXTENDED | REG_ICASE))
		return 0;
	no = regexec(&re, s, 4, m, 0);
	for (i = 1; !no && i < 4; i++)
		n[i - 1] = m[i].rm_so < 0 ? 0 : atol(s + m[i].rm_so);
	regfree(&re);
	return !no;
}

/* What is left of the window for the reply. */
static long
room(const char *s)
{
	static const char *const apart[] = {
		"context length is ([0-9]+) .*\\(([0-9]+) [^),]*, [0-9]+ in the "
		"(completion|output)",
		"context length is ([0-9]+) .*has ([0-9]+) input tokens",
	};
	size_t i;
	long n[3];

	for (i = 0; i < sizeof apart / sizeof *apart; i++)
		if (matches(s, apart[i], n))
			return n[0] - n[1];
	if (matches(s, "([0-9]+) \\+ ([0-9]+) > ([0-9]+)", n))
		return n[2] - n[0];
	return 0;
}

long
allowed_most(const char *s, long sent, int *lasting)
{
	static const char *const limit[] = {
		"[0-9]+ > ([0-9]+)",
		"at most ([0-9]+)",
		"less than or equal to[^0-9a-z]*([0-9]+)",
		"[[]1, ?([0-9]+)[]]",
		"from 1 \\(inclusive\\) to ([0-9]+) \\(exclusive",
		"from [0-9]+ to ([0-9]+)",
		"between [0-9]+ and ([0-9]+)",
		"maximum[^0-9]*([0-9]+)",
		"(limit|up to|<=)[^0-9]*([0-9]+)",
	};
	long n[3];
	size_t i;

	*lasting = 0;
	if (!sent || !matches(s, "max[a-z_]*tokens|in the (completion|output)"
	                         "|(completion|output) tokens", n))
		return 0;
	if ((n[0] = room(s)))
		return n[0] >= 256 && n[0] < sent ? n[0] : 0;
	/* Groq tells its limit beside that of the window. */
	if (!matches(s, "tokens[^0-9a-z]* must be less than or equal to", n)
	    && (strcasestr(s, "context") || strcasestr(s, "prompt")))
		return 0;
	*lasting = 1;
	for (i = 0; i < sizeof limit / sizeof *limit; i++)
		if (matches(s, limit[i], n)) {
			n[0] = n[0] ? n[0] : n[1];
			n[0] -= strstr(s, "exclusive)") != NULL;
			if (n[0] > 0 && n[0] < sent)
				return n[0];
		}
	return 0;
}
