#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

struct span {
	double begin, end;
};

static int
earlier(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->begin > y->begin) - (x->begin < y->begin);
}

double
worked(const char *folder)
{
	char *file = format("%s/log", folder), *line, *tab;
	struct span *s = NULL, *span;
	double sum = 0, until = 0;
	size_t n = 0, i;
	struct tm t;

	if (access(file, F_OK) < 0)
		return 0;
	for (line = strtok(slurp_clean(file), "\n"); line;
	     line = strtok(NULL, "\n")) {
		memset(&t, 0, sizeof t);
		tab = strptime(line, "%Y-%m-%dT%H:%M:%SZ\t", &t);
		if (!tab || !(tab = strchr(tab, '\t')))
			continue;
		s = need(realloc(s, (n + 1) * sizeof *s));
		s[n].end = timegm(&t);
		s[n].begin = s[n].end - atof(tab);
		n++;
	}
	if (n)
		qsort(s, n, sizeof *s, earlier);
	for (i = 0; i < n; i++) {
		span = s + i;
		if (span->begin < until)
			span->begin = until;
		if (span->end > span->begin) {
			sum += span->end - span->begin;
			until = span->end;
		}
	}
	return sum;
}
