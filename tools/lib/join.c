#include <ctype.h>
#include <string.h>

#include "lib.h"

enum { CROWDED = 60, RUN = 8 };         /* columns: when runs are joined */

/* Names that differ in nothing but numbers. */
static int
alike(const char *a, const char *b)
{
	int digits = 0;

	for (; *a && *b; a++, b++) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			digits = 1;
			a += strspn(a, "0123456789") - 1;
			b += strspn(b, "0123456789") - 1;
		} else if (*a != *b) {
			return 0;
		}
	}
	return digits && *a == *b;
}

/* Whether what a column holds has a place in a run. */
static int
simple(const struct column *c)
{
	const char *type = ctype(c);

	return *type != 't' && *type != 'd';
}

cJSON *
cjoined(const struct column *c, size_t n, uint64_t rows, size_t sum,
        size_t columns)
{
	cJSON *list = cJSON_CreateArray();
	struct column run;
	size_t i, k;

	for (i = 0; i < n; i += k) {
		run = c[i];
		k = 1;
		if (columns > 1 && i == sum) {
			cJSON_AddItemToArray(list, cjson(&run, rows, columns));
			continue;
		}
		for (; n > CROWDED && i + k < n && simple(&c[i])
		       && simple(&c[i + k]) && alike(c[i].name, c[i + k].name)
		       && !(columns > 1 && i + k == sum); k++)
			cjoin(&run, &c[i + k]);
		if (k < RUN)
			run = c[i], k = 1;
		else
			run.name = format("%s..%s", c[i].name, c[i + k - 1].name);
		cJSON_AddItemToArray(list, cjson(&run, rows, k));
	}
	return list;
}
