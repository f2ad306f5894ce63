#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib.h"

enum { SLOTS = 2048, EXAMPLE = 60 };

static const char *const lack[] = {
	"NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?"
};

int
missing(const char *s, size_t n)
{
	int i;

	if (!n)
		return 1;
	for (i = 0; n <= 4 && i < 8; i++)
		if (*s == *lack[i] && !strcmp(s, lack[i]))
			return i + 2;
	return 0;
}

int
numeric(const char *s, double *v)
{
	static const double ten[] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
	};
	const char *p = s + (*s == '-' || *s == '+');
	int digits = 0, part = 0, whole = 1;
	long e = 0;
	uint64_t m = 0;

	for (; isdigit((unsigned char)*p) || (*p == '.' && whole); p++)
		if (*p == '.') {
			whole = 0;
		} else {
			m = m * 10 + (*p - '0');
			digits += m > 0;
			part++;
			e -= !whole;
		}
	if (!part)
		return strcasecmp(p, "inf") && strcasecmp(p, "infinity") ? 0 : 3;
	if (*p == 'e' || *p == 'E') {
		const char *d = p + 1 + (p[1] == '-' || p[1] == '+');

		if (!isdigit((unsigned char)*d))
			return 0;
		e += strtol(p + 1, (char **)&p, 10);
		whole = 0;
	}
	if (*p)
		return 0;
	if (digits <= 15 && e >= -22 && e <= 22)        /* exact in doubles */
		*v = (e < 0 ? m / ten[-e] : m * ten[e]) * (*s == '-' ? -1 : 1);
	else
		*v = strtod(s, NULL);
	return !isfinite(*v) ? 3 : 2 - whole;
}

static int
boolean(const char *s, size_t n)
{
	return (n == 4 && !strcasecmp(s, "true"))
	       || (n == 5 && !strcasecmp(s, "false"));
}

/* 2020-01-31, 2020/01/31, 31.01.2020, 01/31/2020, with or without a time. */
static int
date(const char *s, size_t n)
{
	static const char *const shape[] = {
		"dddd-dd-dd", "dddd/dd/dd", "dd/dd/dddd", "dd.dd.dddd", "dd-dd-dddd"
	};
	const char *p, *q;
	int i;

	if (n < 10 || n > 31 || !isdigit((unsigned char)*s))
		return 0;
	for (i = 0; i < 5; i++) {
		for (p = s, q = shape[i]; *q; p++, q++)
			if (*q == 'd' ? !isdigit((unsigned char)*p) : *p != *q)
				break;
		if (!*q)
			return !*p || ((*p == ' ' || *p == 'T')
			               && isdigit((unsigned char)p[1])
			               && !p[1 + strspn(p + 1, "0123456789:.Z+-")]);
	}
	return 0;
}

char *
utf8text(const char *s, size_t n, size_t most)
{
	struct text t = {0};
	size_t i, k;
	int latin = 0;

	add(&t, "");
	for (i = 0; i < n && !latin; i += k + !k)
		latin = !(k = utf8(s + i, n - i)) && s[i];
	for (i = 0; i < n && t.n < most; i += k) {
		k = latin ? 0 : utf8(s + i, n - i);
		if (k)
			addn(&t, s + i, k);
		else if (!s[i])
			add(&t, "\xef\xbf\xbd");
		else if (s[i] & 0x80)
			addf(&t, "%c%c", 0xc0 | (unsigned char)s[i] >> 6,
			     0x80 | (s[i] & 0x3f));
		else
			addn(&t, s + i, 1);
		k += !k;
	}
	if (i < n)
		add(&t, "\xe2\x80\xa6");
	return t.s;
}

/* Counts the value if it is a new one. */
static void
tell_apart(struct column *c, const char *s, size_t n)
{
	uint64_t h = 0xcbf29ce484222325;
	size_t i;

	if (c->distinct > LACK)
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
	if (++c->distinct > LACK) {
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
		c->lack |= 1 << k;
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
	c->lack |= more->lack;
}

/* What only makes sense of one column. */
static void
alone(cJSON *j, const struct column *c, const char *type)
{
	cJSON *list;
	char mean[32];
	size_t i;

	if (c->distinct > LACK)
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
	for (i = 0; i < 8; i++)
		if (c->lack >> (i + 2) & 1) {
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
