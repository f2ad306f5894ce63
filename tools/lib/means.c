#include <math.h>
#include <sched.h>
#include <stdlib.h>

#include "lib.h"

double
means(const char *name, double otherwise)
{
	const char *s = getenv(name);
	char *end;
	double v;

	if (!s || blank(s))
		return otherwise;
	v = strtod(s, &end);
	if (end == s || !blank(end) || !isfinite(v) || v <= 0)
		die(BAD, "read %s: '%s' is no number above 0", name, s);
	if (v > 1e9)
		die(BAD, "read %s: '%s' is more than 1e9", name, s);
	return v;
}

int
cores(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) < 0 ? 1 : CPU_COUNT(&set);
}
