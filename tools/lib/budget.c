#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib.h"

double
duration(const char *s)
{
	static const char units[] = "smhd";
	static const double seconds[] = {1, 60, 3600, 86400};
	const char *unit;
	char *end;
	double v = strtod(s, &end);

	if (end == s || !isfinite(v) || v < 0)
		return NAN;
	if (!*end)
		return v;
	unit = strchr(units, *end);
	return unit && !end[1] ? v * seconds[unit - units] : NAN;
}

/* A budget of 0 is one, too: nothing is to be spent. */
static int
budget(const char *name, double *most)
{
	const char *s = getenv(name);
	char *end;

	if (!s || blank(s))
		return 0;
	*most = strtod(s, &end);
	if (end == s || !blank(end) || !isfinite(*most) || *most < 0)
		die(BAD, "read %s: '%s' is no amount", name, s);
	return 1;
}

static int
has_price(const char *model)
{
	cJSON *token = cJSON_Parse("{\"in\": 1, \"cached\": 0, \"out\": 1}");

	return starts(model, "openrouter/") || starts(model, "replay:")
	    || !isnan(price(model, token));
}

const char *
limit_reached(const char *run)
{
	const char *ends = getenv("RUN_ENDS"), *deadline = getenv("DEADLINE");
	struct account a;
	double most;

	if (ends && !strcmp(ends, "now"))
		return "make best ended the run";
	if (ends && *ends && time(NULL) >= atof(ends))
		return format("DEADLINE=%s is reached",
		              deadline ? deadline : "?");
	if (budget("BUDGET_TOKENS", &most)) {
		a = account(run);
		if (a.in + a.out >= most)
			return format("BUDGET_TOKENS=%.0f is reached: %.0f are"
			              " spent", most, a.in + a.out);
	}
	if (budget("BUDGET_USD", &most)) {
		if (!has_price(model_name()))
			die(BAD, "keep to BUDGET_USD: the price of %s is unknown:"
			    " write it into mk/prices.json, or set BUDGET_TOKENS",
			    model_name());
		a = account(run);
		if (a.cost >= most - 1e-9) /* sums are not exact */
			return format("BUDGET_USD=%g is reached: %.4f are spent",
			              most, a.cost);
	}
	return NULL;
}
