#include <stdlib.h>
#include <string.h>

#include "lib.h"

/* Of a very wide table the first and last columns are described one by one;
 * what lies between shares column[FIRST]. */
enum { FIRST = 400, LAST = 100, MOST = FIRST + LAST, NAME = 200 };

struct profile {
	struct table *t;
	struct column column[MOST + 1];
	size_t columns;                 /* in the file */
	uint64_t rows, more, fewer, bad, left;
	cJSON *problems;
};

static size_t
place(const struct profile *p, size_t i)
{
	if (p->columns <= MOST || i < FIRST)
		return i;
	return i < p->columns - LAST ? FIRST : i - (p->columns - LAST) + FIRST + 1;
}

static void
problem(struct profile *p, const char *what)
{
	cJSON_AddItemToArray(p->problems, cJSON_CreateString(what));
}

static void
problems(struct profile *p, uint64_t n, const char *one, const char *many)
{
	if (n)
		problem(p, format("%ju %s", (uintmax_t)n, n == 1 ? one : many));
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names that are blank or not the only one of their kind. */
static void
check_names(struct profile *p)
{
	size_t n = p->t->n, i, blanks = 0, twice = 0, numbers = 0;
	char **name = need(calloc(n, sizeof *name));
	const char *some = "";
	double v;

	for (i = 0; i < n; i++) {
		name[i] = p->t->field[i];
		numbers += numeric(name[i], &v) > 0;
		blanks += blank(name[i]);
	}
	qsort(name, n, sizeof *name, by_text);
	for (i = 1; i < n; i++)
		if (!blank(name[i]) && !strcmp(name[i], name[i - 1]))
			some = twice++ ? some : name[i];
	problems(p, blanks, "column has no name", "columns have no name");
	if (twice)
		problem(p, format("%zu column name%s repeated: '%s'%s", twice,
			twice == 1 ? " is" : "s are",
			utf8text(some, strlen(some), NAME), twice > 1 ? " .." : ""));
	if (numbers == n)
		problem(p, "the first line is all numbers: the header may be missing");
	free(name);
}

static void
first_row(struct profile *p)
{
	struct table *t = p->t;
	size_t i;
	char **name;

	p->columns = t->n;
	check_names(p);
	for (i = 0; i < t->n; i++) {
		name = &p->column[place(p, i)].name;
		if (!*name)
			*name = utf8text(t->field[i], t->len[i], NAME);
	}
	if (t->n > MOST) {
		name = &p->column[FIRST].name;
		i = t->n - LAST - 1;
		*name = format("%s..%s", *name,
		               utf8text(t->field[i], t->len[i], NAME));
	}
}

static void
rows(struct profile *p)
{
	struct table *t = p->t;
	size_t i, n;

	while (trow(t)) {
		p->rows++;
		p->more += t->n > p->columns;
		p->fewer += t->n < p->columns;
		n = t->n < p->columns ? t->n : p->columns;
		for (i = 0; i < n; i++)
			cadd(&p->column[place(p, i)], t->field[i], t->len[i]);
	}
}

/* The column of a key, which most often is where it was in the row before. */
static struct column *
key(struct profile *p, const char *name, size_t guess)
{
	char *s = utf8text(name, strlen(name), NAME);
	size_t i;

	if (guess < p->columns && !strcmp(p->column[guess].name, s))
		return free(s), &p->column[guess];
	for (i = 0; i < p->columns; i++)
		if (!strcmp(p->column[i].name, s))
			return free(s), &p->column[i];
	if (p->columns == MOST)
		return free(s), p->left++, NULL;
	p->column[p->columns].name = s;
	return &p->column[p->columns++];
}

static void
value(struct column *c, const cJSON *v)
{
	char *s, number[32];

	if (cJSON_IsString(v)) {
		cadd(c, v->valuestring, strlen(v->valuestring));
	} else if (cJSON_IsNumber(v)) {
		snprintf(number, sizeof number, "%.15g", v->valuedouble);
		cadd(c, number, strlen(number));
	} else if (!cJSON_IsNull(v)) {
		s = need(cJSON_PrintUnformatted(v));
		cadd(c, s, strlen(s));
		free(s);
	}
}

static void
objects(struct profile *p)
{
	cJSON *j, *v;
	struct column *c;
	size_t i;

	while (trow(p->t)) {
		if (blank(*p->t->field))
			continue;
		j = cJSON_ParseWithLength(*p->t->field, *p->t->len);
		if (!cJSON_IsObject(j)) {
			p->bad++;
		} else {
			p->rows++;
			i = 0;
			cJSON_ArrayForEach(v, j)
				if ((c = key(p, v->string, i++)))
					value(c, v);
		}
		cJSON_Delete(j);
	}
}

/* Whether a comma parts the decimals of its numbers, by its examples. */
static int
is_comma(const struct column *c)
{
	size_t i, commas = 0, n = c->distinct < 5 ? c->distinct : 5;
	char *s, *comma;
	double v;

	for (i = 0; c->text && i < n; i++) {
		s = need(strdup(c->example[i]));
		if ((comma = strchr(s, ',')))
			*comma = '.', commas++;
		if (!numeric(s, &v))
			n = 0;
		free(s);
	}
	return n && commas;
}

static void
commas(struct profile *p)
{
	size_t i, n = 0, first = 0;

	for (i = 0; i < p->columns && i < MOST; i++)
		if (is_comma(&p->column[i]) && !n++)
			first = i;
	if (n)
		problem(p, format("%zu column%s decimal commas: '%s'%s", n, n == 1
			? " has" : "s have", p->column[first].name, n > 1 ? " .." : ""));
}

static void
faults(struct profile *p, int lines)
{
	struct table *t = p->t;

	if (!lines && t->delimiter == ';')
		commas(p);
	problems(p, p->more, "row has more fields than the header",
	         "rows have more fields than the header");
	problems(p, p->fewer, "row has fewer fields than the header",
	         "rows have fewer fields than the header");
	problems(p, p->bad, "line is no JSON object", "lines are no JSON objects");
	problems(p, p->left, "value is left out: there are more than 500 keys",
	         "values are left out: there are more than 500 keys");
	problems(p, t->nul, "NUL byte", "NUL bytes");
	if (t->wide)
		problem(p, "UTF-16 is not read: store it as UTF-8");
	else if (!p->columns && !t->problem)
		problem(p, "it is empty");
	else if (!p->rows && !lines)
		problem(p, "there are no rows below the header");
	if (ends(t->name, ".gz") != t->packed && p->columns)
		problem(p, t->packed ? "it is compressed, though not named .gz"
		                     : "it is named .gz, but not compressed");
	if (t->problem)
		problem(p, t->problem);
}

void
profile(cJSON *j, const char *name, int lines)
{
	struct profile *p = need(calloc(1, sizeof *p));
	struct table *t = p->t = topen(name, lines);
	size_t n, i;

	p->problems = cJSON_CreateArray();
	if (!t->wide && lines)
		objects(p);
	else if (!t->wide && trow(t))
		first_row(p), rows(p);
	for (i = 0; i <= MOST; i++)
		cend(&p->column[i]);
	faults(p, lines);
	cJSON_AddStringToObject(j, "format", lines ? "jsonl"
	                        : t->delimiter == '\t' ? "tsv" : "csv");
	if (!lines && !strchr(",\t", t->delimiter))
		cJSON_AddStringToObject(j, "delimiter",
		                        format("%c", t->delimiter));
	cJSON_AddBoolToObject(j, "compressed", t->packed);
	cJSON_AddStringToObject(j, "encoding", t->wide ? "utf-16" : t->latin
	                        ? "latin-1" : t->bom ? "utf-8-bom" : "utf-8");
	cJSON_AddNumberToObject(j, "rows", p->rows);
	n = p->columns <= MOST ? p->columns : MOST + 1;
	cJSON_AddItemToObject(j, "columns", cjoined(p->column, n, p->rows,
	                      FIRST, n > MOST ? p->columns - MOST : 1));
	cJSON_AddItemToObject(j, "problems", p->problems);
	for (i = 0; i <= MOST; i++)
		cfree(&p->column[i]);
	tclose(t);
	free(p);
}
