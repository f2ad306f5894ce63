#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { MILLION = 1000000 };

/* What is left of a model's name tells only its version: a date, a number of
 * three digits or more, a tag, "latest" or "preview".  One digit is another
 * model, with a price of its own: gpt-5.6 is no gpt-5. */
static int
is_version(const char *s)
{
	size_t n, digits = 0, words = 0;

	for (; *s; s += n) {
		if (!strchr("-.:@", *s++))
			return 0;
		n = strcspn(s, "-.:@");
		if (n && strspn(s, "0123456789") >= n)
			digits += n;
		else if ((n == 6 && starts(s, "latest"))
		    || (n == 7 && starts(s, "preview")) || s[-1] == ':')
			words++;
		else
			return 0;
	}
	return words || digits >= 3;
}

/* How much of the name the key stands for: 0, none of it. */
static size_t
fits(const char *key, const char *name)
{
	size_t n = strlen(key);

	if (!strcmp(key, name))
		return n + 1;
	if (n && key[n - 1] == '*') {
		n--;    /* "vllm/" and the star stand for plain "vllm", too */
		if (!strncmp(key, name, n) || (n && key[n - 1] == '/'
		    && strlen(name) == n - 1 && !strncmp(key, name, n - 1)))
			return n;
		return 0;
	}
	return starts(name, key) && is_version(name + n) ? n : 0;
}

static const char *
file_of_prices(void)
{
	const char *s = getenv("PRICES");

	return s && *s ? s : format("%s/../mk/prices.json", tool_folder());
}

/* A price of the entry, USD a million; otherwise, if it is not there. */
static double
rate(const char *file, const cJSON *entry, const char *what, double otherwise)
{
	cJSON *v = cJSON_IsNumber(entry) ? (cJSON *)entry : jat(entry, what);

	if (!v && !isnan(otherwise))
		return otherwise;
	if (!v || !cJSON_IsNumber(v) || v->valuedouble < 0)
		die(BAD, "read %s: no price at /prices/%s%s", file,
		    entry->string, what);
	return v->valuedouble;
}

double
price(const char *name, const cJSON *tokens)
{
	const char *file = file_of_prices();
	cJSON *all = jat(jload(file), "/prices"), *entry, *best = NULL;
	double in = jval(tokens, "/in"), out = jval(tokens, "/out");
	double cached = jval(tokens, "/cached"), cost[3];
	size_t most = 0, n;

	if (!cJSON_IsObject(all))
		die(BAD, "read %s: no object at /prices", file);
	cJSON_ArrayForEach(entry, all)
		if ((n = fits(entry->string, name)) > most) {
			most = n;
			best = entry;
		}
	if (!best)
		return NAN;
	cost[0] = rate(file, best, "/in", NAN);
	cost[1] = rate(file, best, "/cached", cost[0]);
	cost[2] = rate(file, best, "/out", NAN);
	if (cost[0] == 0 && cost[1] == 0 && cost[2] == 0)
		return 0;
	if (!(cached >= 0))
		cached = 0;
	if (cached > in)
		cached = in;
	return ((in - cached) * cost[0] + cached * cost[1] + out * cost[2])
	    / MILLION;
}
