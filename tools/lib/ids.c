#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { ROOM = 1 << 26 };        /* bytes of ids that are compared */

struct id {
	char *s;
	size_t row;
};

char *
in_quotes(const char *s)
{
	return format("'%s'", utf8text(s, strlen(s), 40));
}

/* Long integers differ where doubles cannot tell. */
char *
plain_text(const char *s)
{
	char *p;
	double v;
	size_t len = unpadded(&s);
	int n = strspn(s, "+-0123456789") < 16 ? numeric(s, &v) : 0;

	if (boolean(s, len))
		return need(strdup(len == 4 ? "true" : "false"));
	if (n != 1 && n != 2)
		return utf8text(s, len, -1);
	p = need(malloc(32));
	snprintf(p, 32, "%.17g", v ? v : 0);
	return p;
}

int
same_text(const char *a, const char *b)
{
	char *x, *y;
	int r;

	if (!strcmp(a, b))
		return 1;
	x = plain_text(a), y = plain_text(b);
	r = !strcmp(x, y);
	free(x), free(y);
	return r;
}

static int
by_text(const void *a, const void *b)
{
	const struct id *x = a, *y = b;
	int r = strcmp(x->s, y->s);

	return r ? r : (x->row > y->row) - (x->row < y->row);
}

/* The ids of a table, sorted; null if there are too many. */
static struct id *
read_ids(const char *name, size_t column, size_t *n)
{
	struct table *t = topen(name, 0);
	struct id *list = need(malloc(sizeof *list));
	size_t cap = 1, bytes = 0;

	trow(t);
	for (*n = 0; trow(t); (*n)++) {
		if ((bytes += sizeof *list + t->rawn) > ROOM)
			return NULL;
		if (*n == cap)
			list = need(reallocarray(list, cap *= 2, sizeof *list));
		list[*n].s = plain_text(column < t->n ? t->field[column] : "");
		list[*n].row = *n + 1;
	}
	qsort(list, *n, sizeof *list, by_text);
	return list;
}

static void
note(struct id *first, size_t *n, const struct id *id)
{
	if (!(*n)++ || id->row < first->row)
		*first = *id;
}

static const char *
others(size_t n)
{
	return n < 2 ? "" : format(" and %zu more", n - 1);
}

const char *
ids_differ(const char *file, size_t at, const char *ref, size_t ref_at,
           const char *what)
{
	struct id *a, *b, lost = {0}, extra = {0}, twice = {0};
	size_t n, m, i, k, nlost = 0, nextra = 0, ntwice = 0;
	struct text t = {0};
	int r;

	a = read_ids(file, at, &n);
	b = read_ids(ref, ref_at, &m);
	if (!a || !b)
		return "";
	for (i = k = 0; i < n || k < m; ) {
		r = i == n ? 1 : k == m ? -1 : strcmp(a[i].s, b[k].s);
		if (r > 0)
			note(&lost, &nlost, &b[k++]);
		else if (r == 0)
			i++, k++;
		else if (i && !strcmp(a[i].s, a[i - 1].s))
			note(&twice, &ntwice, &a[i++]);
		else
			note(&extra, &nextra, &a[i++]);
	}
	if (nlost)
		addf(&t, ": no row has %s%s", in_quotes(lost.s), others(nlost));
	if (nextra)
		addf(&t, "%s %s%s %s not in %s", t.n ? ", and" : ":",
		     in_quotes(extra.s), others(nextra), nextra > 1 ? "are" : "is",
		     what);
	if (ntwice)
		addf(&t, "%s row %zu has %s again%s", t.n ? ", and" : ":",
		     twice.row, in_quotes(twice.s), ntwice < 2 ? ""
		     : format(", as have %zu more rows", ntwice - 1));
	for (i = 1; !t.n && i < m; i++)
		if (!strcmp(b[i].s, b[i - 1].s))
			return format(": the ids are those of %s, some of which"
			              " are there twice, but in another order", what);
	return t.n ? t.s : NULL;
}
