/* columns: columns of a table, as plain CSV in UTF-8.
 *	columns [-r] FILE [NAME...]
 * Without names all of them.  -r adds one, rest: a number that is the same for
 * rows that are equal in all the other columns.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

static int rest;

static void
add_text(struct text *row, const char *s, size_t n)
{
	char *text = utf8text(s, n, -1);

	add_field(row, text, strlen(text), ',');
	free(text);
}

/* FNV-1a of the columns that are not taken, each with its end. */
static uint64_t
hash(const struct table *t, const char *taken, size_t columns)
{
	uint64_t h = 0xcbf29ce484222325;
	size_t i, k;

	for (i = 0; i < columns; i++)
		for (k = 0; !taken[i] && i < t->n && k <= t->len[i]; k++)
			h = (h ^ (unsigned char)t->field[i][k]) * 0x100000001b3;
	return h;
}

static void
put(struct text *row)
{
	add(row, "\n");
	fwrite(row->s, 1, row->n, stdout);
	row->n = 0;
}

static void
rows(struct table *t, const size_t *at, size_t n, const char *taken,
     size_t columns)
{
	struct text row = {0};
	size_t i;

	while (trow(t)) {
		for (i = 0; i < n; i++)
			if (at[i] < t->n)
				add_text(&row, t->field[at[i]], t->len[at[i]]);
			else
				add_field(&row, "", 0, ',');
		if (rest)
			addf(&row, ",%ju", (uintmax_t)hash(t, taken, columns));
		put(&row);
	}
}

int
main(int argc, char **argv)
{
	struct table *t;
	struct text row = {0};
	size_t *at, n, i;
	char *taken, **name;
	int o;

	while ((o = getopt(argc, argv, "r")) != -1)
		switch (o) {
		case 'r': rest = 1; break;
		default:  optind = argc;
		}
	if (optind == argc)
		usage("[-r] FILE [NAME...]");
	t = topen(argv[optind], 0);
	if (!trow(t))
		die(BAD, "read %s: %s", t->name,
		    t->problem ? t->problem : "it is empty");
	argv += optind + 1;
	n = *argv ? (size_t)(argc - optind - 1) : t->n;
	name = *argv ? argv : field_names(t);
	at = positions(t, name, n);
	taken = need(calloc(t->n, 1));
	for (i = 0; i < n; i++) {
		taken[at[i]] = 1;
		add_field(&row, name[i], strlen(name[i]), ',');
	}
	if (rest)
		add(&row, ",rest");
	put(&row);
	rows(t, at, n, taken, t->n);
	if (t->problem)
		die(BAD, "read %s: %s", t->name, t->problem);
	finish();
	return YES;
}
