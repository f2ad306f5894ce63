#include <stdlib.h>
#include <string.h>

#include "lib.h"

struct want {
	const char *(*check)(cJSON *, void *);
	void *arg;
	int cut;
	const char *why;        /* what was wrong with the longest value */
	size_t span;            /* its length in bytes */
	int open;               /* the text ended inside a value */
};

static void
complain(struct want *w, const char *why, size_t span)
{
	if (span <= w->span)
		return;
	w->why = why;
	w->span = span;
}

/* "line 3 of the JSON, at "foo": a ',' is missing" */
static char *
broken(const char *why, const char *s, const char *at)
{
	size_t line = 1, n = strcspn(at, "\n");

	for (; (s = strchr(s, '\n')) && s < at; s++)
		line++;
	if (!*at)
		return format("line %zu of the JSON: %s", line, why);
	return format("line %zu of the JSON, at %s: %s", line,
	    clean(at, n < 20 ? n : 20), why);
}

/* Reads the value at s; null with *end where that failed. */
static cJSON *
value_at(struct want *w, const char *s, const char **end)
{
	struct lax r = {s, NULL, w->cut, 0};
	cJSON *v = lax_value(&r);

	*end = r.s;
	if (!v && (size_t)(r.s - s) > w->span)
		complain(w, broken(r.why, s, r.s), r.s - s);
	return v;
}

/* v as the caller wants it: as it is, as the only item of a list, or what it
 * is wrapped in taken off; null if none of these is it. */
static cJSON *
accept(struct want *w, cJSON *v, size_t span)
{
	cJSON *list = cJSON_CreateArray(), *m, *x;
	const char *why = w->check(v, w->arg);

	if (!why)
		return v;
	complain(w, why, span);
	if (cJSON_IsObject(v)) {
		cJSON_AddItemReferenceToArray(list, v);
		if (!w->check(list, w->arg))
			return list;
	}
	if (cJSON_IsArray(v) && cJSON_GetArraySize(v) > 1)
		return NULL; /* never some items of a list without the others */
	cJSON_ArrayForEach(m, v)
		if ((cJSON_IsObject(m) || cJSON_IsArray(m))
		    && (x = accept(w, m, span)))
			return x == m ? cJSON_DetachItemViaPointer(v, m) : x;
	return NULL;
}

/* The next value of a text; null at its end.  Nothing is looked for inside
 * a value that is never closed: what is complete there is only a part. */
static cJSON *
next(struct want *w, const char **s, size_t *span)
{
	const char *p = *s, *end;
	cJSON *v;

	while ((p = strpbrk(p, "[{"))) {
		if ((v = value_at(w, p, &end))) {
			*span = end - p;
			*s = end;
			return v;
		}
		w->open = !*end && !w->cut;
		p = w->open ? end : p + 1;
	}
	return NULL;
}

static cJSON *
pick(struct want *w, const char *s)
{
	cJSON *v, *x;
	size_t span;

	while ((v = next(w, &s, &span)))
		if ((x = accept(w, v, span)))
			return x;
	return NULL;
}

/* Several objects one after another that nobody made a list of. */
static cJSON *
sequence(struct want *w, const char *s)
{
	cJSON *list = cJSON_CreateArray(), *v;
	size_t span;

	while ((v = next(w, &s, &span)) && cJSON_IsObject(v))
		cJSON_AddItemToArray(list, v);
	return !v && !w->open && cJSON_GetArraySize(list) > 1
	    && !w->check(list, w->arg) ? list : NULL;
}

static cJSON *
in_fences(struct want *w, const char *s, int labelled)
{
	struct body b[BODIES];
	struct fence f;
	size_t i, j, k, n;
	char **line = split_lines(s, &n);
	cJSON *v = NULL;

	for (i = 0; i < n && !v; ) {
		if (!fence_opens(line[i++], &f))
			continue;
		k = fence_bodies(line, n, i, &f, b);
		if (labelled == starts(f.lang, "json"))
			for (j = 0; j < k && !v; j++)
				v = pick(w, b[j].s);
		i = b->end + 1;
	}
	return v;
}

cJSON *
reply_json(const char *text, int cut,
    const char *(*check)(cJSON *, void *), void *arg, char **why)
{
	struct want w = {check, arg, cut, "no JSON found", 0, 0};
	char *s = reply_text(text, why);
	const char *end;
	cJSON *v;

	if (!s)
		return NULL;
	if (*s == '"' && (v = value_at(&w, s, &end)) && blank(end))
		return reply_json(v->valuestring, cut, check, arg, why);
	if ((v = sequence(&w, s)) || (v = in_fences(&w, s, 1))
	    || (v = in_fences(&w, s, 0)) || (v = pick(&w, s)))
		return v;
	*why = (char *)(cut ? "the reply was cut at the token limit" : w.why);
	return NULL;
}
