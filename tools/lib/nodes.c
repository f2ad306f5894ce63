#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct node *)a)->name,
	              ((const struct node *)b)->name);
}

static int
by_name_and_line(const void *a, const void *b)
{
	const struct node *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : (x->line > y->line) - (x->line < y->line);
}

int
read_making(char *s, struct node *n)
{
	char *field[4], *end;
	struct tm t = {0};
	int i;

	for (i = 0; i < 4; i++) {
		field[i] = s;
		s += strcspn(s, "\t");
		if (!*s)
			return 0;
		*s++ = 0;
	}
	n->ended = field[0];
	n->name = field[1];
	n->seconds = strtod(field[2], &end);
	n->status = atoi(field[3]);
	n->command = s;
	n->tool = format("%.*s", (int)strcspn(s, " "), s);
	if (!*n->name || *end || !strptime(n->ended, "%Y-%m-%dT%H:%M:%SZ", &t))
		return 0;
	n->end = timegm(&t);
	return 1;
}

struct node *
makings(const char *run, size_t *count)
{
	char *file = format("%s/log", run), *s, *end;
	struct node *v;
	size_t n = 0, cap = 1;

	s = access(file, R_OK) < 0 ? need(strdup("")) : slurp_clean(file);
	for (end = s; *end; end++)
		cap += *end == '\n';
	v = need(calloc(cap, sizeof *v));
	for (; (end = strchr(s, '\n')); s = end + 1) {
		*end = 0;
		v[n].line = n + 1;
		n += read_making(s, v + n);
	}
	*count = n;
	return v;
}

struct node *
nodes(const char *run, size_t *count)
{
	struct node *v;
	size_t i, n;

	v = makings(run, &n);
	*count = 0;
	qsort(v, n, sizeof *v, by_name_and_line);
	for (i = 0; i < n; i++) {
		if (i + 1 < n && !strcmp(v[i].name, v[i + 1].name)) {
			v[i + 1].times = v[i].times + 1;
			continue;
		}
		v[*count] = v[i];
		v[(*count)++].times++;
	}
	return v;
}

struct node *
last_failed(struct node *v, size_t n)
{
	struct node *m, *last = NULL;

	for (m = v; m < v + n; m++)
		if (m->status && m->status != LATE
		    && (!last || m->line > last->line))
			last = m;
	return last;
}

struct node *
find_node(struct node *v, size_t n, const char *name)
{
	struct node key = {.name = name};

	return bsearch(&key, v, n, sizeof *v, by_name);
}
