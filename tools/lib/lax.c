#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

#define WORD "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
	"0123456789_$"

static cJSON *
fail(struct lax *r, const char *why)
{
	r->why = why;
	return NULL;
}

/* Past blanks and comments. */
static void
skip(struct lax *r)
{
	const char *e;

	for (;;) {
		r->s += strspn(r->s, " \t\r\n");
		if (starts(r->s, "//") || *r->s == '#')
			r->s += strcspn(r->s, "\n");
		else if (starts(r->s, "/*") && (e = strstr(r->s + 2, "*/")))
			r->s = e + 2;
		else
			return;
	}
}

static cJSON *
word(struct lax *r)
{
	static const struct {
		const char *name;
		int type;
	} known[] = {
		{"true", cJSON_True}, {"false", cJSON_False},
		{"null", cJSON_NULL}, {"True", cJSON_True},
		{"False", cJSON_False}, {"None", cJSON_NULL},
		{"NaN", cJSON_NULL}, {"nan", cJSON_NULL},
		{"undefined", cJSON_NULL}, {"Infinity", cJSON_NULL}
	};
	size_t i, n = strspn(r->s, WORD);

	for (i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i].name) == n
		    && strncmp(known[i].name, r->s, n) == 0)
			break;
	if (i == sizeof known / sizeof *known)
		return fail(r, "a value is missing");
	r->s += n;
	return known[i].type == cJSON_NULL ? cJSON_CreateNull()
	    : cJSON_CreateBool(known[i].type == cJSON_True);
}

static cJSON *
number(struct lax *r)
{
	size_t n = strspn(r->s, "+-.0123456789eE");
	char *end, *copy = need(strndup(r->s, n));
	double x = strtod(copy, &end);

	if (*end || !isfinite(x))
		return fail(r, "a number is malformed");
	r->s += n;
	return cJSON_CreateNumber(x);
}

/* A member's name and its colon. */
static char *
name(struct lax *r)
{
	size_t n = strspn(r->s, WORD);
	char *s = n ? need(strndup(r->s, n)) : lax_string(r);

	if (!s)
		return NULL;
	r->s += n;
	skip(r);
	if (*r->s != ':')
		return (char *)fail(r, "a ':' is missing");
	r->s++;
	return s;
}

/* One item or member and the comma after it, into c. */
static int
item(struct lax *r, cJSON *c, char close)
{
	char *key = NULL;
	cJSON *v;

	if (close == '}' && !(key = name(r)))
		return 0;
	if (!(v = lax_value(r)))
		return 0;
	if (key)
		cJSON_AddItemToObject(c, key, v);
	else
		cJSON_AddItemToArray(c, v);
	skip(r);
	if (*r->s == close)
		return 1;
	if (*r->s != ',') {
		r->why = "a ',' or a closing bracket is missing";
		return 0;
	}
	r->s++;
	skip(r);
	return 1;
}

static cJSON *
container(struct lax *r)
{
	char close = *r->s++ == '[' ? ']' : '}';
	cJSON *c = close == ']' ? cJSON_CreateArray() : cJSON_CreateObject();
	int going = 1;

	skip(r);
	while (going && *r->s != close)
		going = item(r, c, close);
	if (going) {
		r->s++;
		return c;
	}
	if (!*r->s)
		r->why = "a bracket or a string is never closed";
	/* of a list that was cut the items before the cut are good */
	if (!*r->s && r->cut && close == ']' && r->depth == 1 && c->child)
		return c;
	cJSON_Delete(c); /* it may be tried at every bracket of a text */
	return NULL;
}

cJSON *
lax_value(struct lax *r)
{
	size_t n;
	cJSON *v;
	char *s;

	skip(r);
	n = strspn(r->s, WORD "+-.");
	if (n && !r->s[n] && r->depth) { /* it may be half of one */
		r->s += n;
		return NULL;
	}
	if (*r->s == '[' || *r->s == '{') {
		if (r->depth == 32)
			return fail(r, "it is nested too deeply");
		r->depth++;
		v = container(r);
		r->depth--;
		return v;
	}
	if (*r->s && strchr("+-.0123456789", *r->s))
		return number(r);
	if (n)
		return word(r);
	return (s = lax_string(r)) ? cJSON_CreateString(s) : NULL;
}
