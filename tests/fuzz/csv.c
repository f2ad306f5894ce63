/* Tables: a row that is written again reads the same, rows as they stand in the
 * file make up the file, and its profile, with the same rows, is sound JSON.
 */
#include "net/net.h"
#include "fuzz.h"

/* The row alone in a file, if its delimiter can be told there. */
static void
again(const struct table *t)
{
	struct text row = {0};
	struct table *u;
	size_t i;

	for (i = 0; i < t->n; i++)
		add_field(&row, t->field[i], t->len[i], t->delimiter);
	addn(&row, "\n", 1);
	u = topen(given("again.csv", row.s, row.n), 0);
	if (u->delimiter == t->delimiter && !u->bom && !u->packed) {
		must(trow(u) && u->n == t->n);
		for (i = 0; i < t->n; i++)
			must(u->len[i] == t->len[i]
			    && !memcmp(u->field[i], t->field[i], t->len[i]));
		must(!trow(u) && !u->problem);
	}
	tclose(u);
}

static size_t
read_all(const char *file, int lines, size_t size)
{
	struct table *t = topen(file, lines);
	size_t rows = 0, bytes = 0;

	while (trow(t)) {
		rows++;
		bytes += t->rawn;
		must(t->n > 0 && t->rawn > 0);
		if (!lines && rows < 4 && !t->problem)
			again(t);
	}
	must(t->packed || bytes <= size);
	tclose(t);
	return rows;
}

void
fuzz_csv(const char *data, size_t n)
{
	cJSON *j = cJSON_CreateObject(), *same;
	size_t rows;
	char *file, *s;
	int lines;

	if (!n)
		return;
	lines = *data & 1;
	file = given(*data & 2 ? "t.csv" : *data & 4 ? "t.tsv" : "t.csv.gz",
	             data + 1, n - 1);
	rows = read_all(file, lines, n - 1);
	profile(j, file, lines);
	s = cJSON_PrintUnformatted(j);
	must(is_clean(s) && (same = cJSON_Parse(s)));
	must(!strcmp(cJSON_PrintUnformatted(same), s));
	must(jnum(j, "/rows") <= rows);
	must(lines || !strcmp(jstr(j, "/encoding"), "utf-16")
	    || jnum(j, "/rows") == (rows ? rows - 1 : 0));
}
