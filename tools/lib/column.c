#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { SLOTS = 2048, EXAMPLE = 60 };

/* Counts the value if it is a new one. */
static void
tell_apart(struct column *c, const char *s, size_t n)
{
	uint64_t h = 0xcbf29ce484222325;
	size_t i;

	if (c->distinct > APART)
		return;
	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3;
	h += !h;
	if (!c->hash)
		c->hash = need(calloc(SLOTS, sizeof *c->hash));
	for (i = h >> 32; c->hash[i % SLOTS]; i++)
		if (c->hash[i % SLOTS] == h)
			return;
	c->hash[i % SLOTS] = h;
	if (c->distinct < 5)
		c->example[c->distinct] = utf8text(s, n, EXAMPLE);
	if (++c->distinct > APART) {
		free(c->hash);
		c->hash = NULL;
	}
}

static void
span(struct column *c, const char *s)
{
	if (!isdigit((unsigned char)s[2]))
		return;         /* the day comes first: does not sort */
	if (!*c->first || strcmp(s, c->first) < 0)
		strcpy(c->first, s);
	if (strcmp(s, c->last) > 0)
		strcpy(c->last, s);
}

void
cadd(struct column *c, const char *s, size_t n)
{
	int k = missing(s, n);
	double v;

	if (k) {
		if (k > 1)
			c->lack[k - 2]++;
		return;
	}
	c->seen++;
	tell_apart(c, s, n);
	if (c->text)
		return;         /* nothing can change that */
	k = strlen(s) == n ? numeric(s, &v) : 0;
	if (k == 1 || k == 2) {
		if (!(c->integer + c->number) || v < c->min)
			c->min = v;
		if (!(c->integer + c->number) || v > c->max)
			c->max = v;
		c->sum += v;
	}
	if (k)
		++*(k == 1 ? &c->integer : k == 2 ? &c->number : &c->infinite);
	else if (boolean(s, n))
		c->boolean++;
	else if (date(s, n))
		c->date++, span(c, s);
	else
		c->text++;
}

void
cend(struct column *c)
{
	int i;

	for (i = SURE; c->text && i < LACKS; i++)
		if (c->lack[i]) {
			tell_apart(c, lack[i], strlen(lack[i]));
			c->seen += c->lack[i];
			c->lack[i] = 0;
		}
}

const char *
ctype(const struct column *c)
{
	int numbers = c->integer + c->number + c->infinite > 0;

	if (!c->seen)
		return "empty";
	if (c->text || numbers + !!c->boolean + !!c->date > 1)
		return "text";
	return c->boolean ? "boolean" : c->date ? "date"
	     : c->number + c->infinite ? "number" : "integer";
}

void
cjoin(struct column *c, const struct column *more)
{
	uint64_t n = c->integer + c->number, m = more->integer + more->number;
	int i;

	if (m && (!n || more->min < c->min))
		c->min = more->min;
	if (m && (!n || more->max > c->max))
		c->max = more->max;
	c->seen += more->seen;
	c->integer += more->integer;
	c->number += more->number;
	c->infinite += more->infinite;
	c->boolean += more->boolean;
	c->date += more->date;
	c->text += more->text;
	for (i = 0; i < LACKS; i++)
		c->lack[i] += more->lack[i];
}

/* What only makes sense of one column. */
static void
alone(cJSON *j, const struct column *c, const char *type)
{
	cJSON *list;
	char mean[32];
	size_t i;

	if (c->distinct > APART)
		cJSON_AddStringToObject(j, "distinct", "1000+");
	else
		cJSON_AddNumberToObject(j, "distinct", c->distinct);
	snprintf(mean, sizeof mean, "%.6g", c->sum / (c->integer + c->number));
	if ((*type == 'i' || *type == 'n') && isfinite(atof(mean)))
		cJSON_AddNumberToObject(j, "mean", atof(mean));
	list = cJSON_AddArrayToObject(j, "examples");
	for (i = 0; i < (*type == 't' ? 5 : 3) && i < c->distinct; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(c->example[i]));
}

cJSON *
cjson(const struct column *c, uint64_t rows, size_t columns)
{
	cJSON *j = cJSON_CreateObject(), *list = NULL;
	const char *type = ctype(c);
	uint64_t all = rows * columns;
	int i;

	cJSON_AddStringToObject(j, "name", c->name);
	if (columns > 1)
		cJSON_AddNumberToObject(j, "columns", columns);
	cJSON_AddStringToObject(j, "type", type);
	cJSON_AddNumberToObject(j, "missing", all > c->seen ? all - c->seen : 0);
	for (i = 0; i < LACKS; i++)
		if (c->lack[i]) {
			if (!list)
				list = cJSON_AddArrayToObject(j, "missing_as");
			cJSON_AddItemToArray(list, cJSON_CreateString(lack[i]));
		}
	if (c->infinite && strcmp(type, "text"))
		cJSON_AddNumberToObject(j, "infinite", c->infinite);
	if (c->integer + c->number && (*type == 'i' || *type == 'n')) {
		cJSON_AddNumberToObject(j, "min", c->min);
		cJSON_AddNumberToObject(j, "max", c->max);
	} else if (*c->first && *type == 'd') {
		cJSON_AddStringToObject(j, "min", c->first);
		cJSON_AddStringToObject(j, "max", c->last);
	}
	if (columns == 1)
		alone(j, c, type);
	return j;
}

void
cfree(struct column *c)
{
	size_t i;

	for (i = 0; i < 5; i++)
		free(c->example[i]);
	free(c->hash);
	free(c->name);
}
