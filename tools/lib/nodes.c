#include <stdlib.h>
#include <string.h>
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

/* A line of the log: when, file, seconds, status, command. */
static int
read_line(char *s, struct node *n)
{
	char *field[5], *end;
	int i;

	for (i = 0; i < 4; i++) {
		field[i] = s;
		s += strcspn(s, "\t");
		if (!*s)
			return 0;
		*s++ = 0;
	}
	field[4] = s;
	n->ended = field[0];
	n->name = field[1];
	n->seconds = strtod(field[2], &end);
	n->status = atoi(field[3]);
	n->command = field[4];
	n->tool = format("%.*s", (int)strcspn(s, " "), s);
	return *n->name && !*end;
}

struct node *
nodes(const char *run, size_t *count)
{
	char *file = format("%s/log", run), *s, *end;
	struct node *v;
	size_t i, n = 0, cap = 1;

	*count = 0;
	s = access(file, R_OK) < 0 ? need(strdup("")) : slurp_clean(file);
	for (end = s; *end; end++)
		cap += *end == '\n';
	v = need(calloc(cap, sizeof *v));
	for (; *s; s = end + 1) {
		end = s + strcspn(s, "\n");
		if (!*end)
			break;
		*end = 0;
		v[n].line = n + 1;
		n += read_line(s, v + n);
	}
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
find_node(struct node *v, size_t n, const char *name)
{
	struct node key = {.name = name};

	return bsearch(&key, v, n, sizeof *v, by_name);
}
