#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { LABELS = 1000, NAMED = 10 };     /* that are told apart, in a message */

struct labels {
	char *s[LABELS];        /* sorted */
	size_t n;
};

static size_t
place(const struct labels *l, const char *s)
{
	size_t low = 0, high = l->n, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (strcmp(l->s[mid], s) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int
has(const struct labels *l, size_t i, const char *s)
{
	return i < l->n && !strcmp(l->s[i], s);
}

struct labels *
read_labels(struct table *t, const char *target)
{
	struct labels *l = need(calloc(1, sizeof *l));
	size_t at, i;
	char *s;

	if (!trow(t))
		return NULL;
	at = position(field_names(t), t->n, target, 0);
	if (at == (size_t)-1)
		return NULL;
	while (trow(t)) {
		if (at >= t->n || blank(t->field[at]))
			continue;
		i = place(l, s = plain_text(t->field[at]));
		if (has(l, i, s)) {
			free(s);
			continue;
		}
		if (l->n == LABELS)
			return NULL;
		memmove(&l->s[i + 1], &l->s[i], (l->n++ - i) * sizeof *l->s);
		l->s[i] = s;
	}
	return l->n ? l : NULL;
}

const char *
labels_lack(const struct labels *l, const char *label)
{
	char *s = plain_text(label);
	int known = has(l, place(l, s), s);
	struct text t = {0};
	size_t i;

	free(s);
	if (known)
		return NULL;
	for (i = 0; i < l->n && i < NAMED; i++)
		addf(&t, "%s%s", !i ? "" : i + 1 < l->n ? ", " : " and ",
		     in_quotes(l->s[i]));
	if (l->n > NAMED)
		addf(&t, " and %zu more", l->n - NAMED);
	return t.s;
}
