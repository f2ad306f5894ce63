#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { KINDS = 100 };

/* Steps are alike whose files have the same name, but for numbers. */
static struct kind {
	char name[32];
	double seconds;
	long done, todo;
} kinds[KINDS];

static struct kind *
kind_of(const char *name)
{
	const char *s = strrchr(name, '/');
	char base[sizeof kinds->name];
	size_t n = 0;
	int i;

	for (s = s ? s + 1 : name; *s && n < sizeof base - 1; s++)
		if (!isdigit((unsigned char)*s))
			base[n++] = *s;
	base[n] = 0;
	for (i = 0; i < KINDS - 1 && *kinds[i].name; i++)
		if (!strcmp(kinds[i].name, base))
			break;
	if (!*kinds[i].name)
		strcpy(kinds[i].name, base);
	return &kinds[i];
}

void
estimate_todo(const char *name, int more)
{
	kind_of(name)->todo += more;
}

void
estimate_took(const char *name, double took)
{
	struct kind *k = kind_of(name);

	k->seconds += took;
	k->done++;
}

double
estimate_usual(const char *name)
{
	const struct kind *k = kind_of(name);

	return k->done ? k->seconds / k->done : NAN;
}

/* Of kinds that never ended nothing is known; while these are most there is no
 * basis. */
double
estimate_left(void)
{
	double sum = 0, known = 0, unknown = 0;
	int i;

	for (i = 0; i < KINDS && *kinds[i].name; i++)
		if (kinds[i].done) {
			known += kinds[i].todo;
			sum += kinds[i].todo * kinds[i].seconds / kinds[i].done;
		} else {
			unknown += kinds[i].todo;
		}
	if (!known || unknown > known)
		return NAN;
	return sum * (known + unknown) / known;
}
