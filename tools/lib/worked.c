#include <stdlib.h>

#include "lib.h"

static double
begin(const struct node *n)
{
	return n->end - n->seconds;
}

static int
earlier(const void *a, const void *b)
{
	double x = begin(a), y = begin(b);

	return (x > y) - (x < y);
}

double
worked(const char *run)
{
	double sum = 0, until = 0;
	struct node *v, *m;
	size_t n;

	v = makings(run, &n);
	qsort(v, n, sizeof *v, earlier);
	for (m = v; m < v + n; m++)
		if (m->end > until) {
			sum += m->end - (begin(m) > until ? begin(m) : until);
			until = m->end;
		}
	return sum;
}
