#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { NAME = 200 };    /* as profile() cuts names */

const cJSON *
table_in(const cJSON *data, const char *path)
{
	const cJSON *f;

	cJSON_ArrayForEach(f, jat(data, "/files"))
		if (!strcmp(jstr(f, "/path"), path) && jat(f, "/rows"))
			return f;
	die(BAD, "read %s: it has no table %s", data->string, path);
}

char *
field_name(const struct table *t, size_t i)
{
	return utf8text(t->field[i], t->len[i], NAME);
}

size_t
column_at(const struct table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (!strcmp(field_name(t, i), name))
			return i;
	die(BAD, "read %s: it has no column '%s'", t->name, name);
}

void
add_field(struct text *row, const char *s, size_t n, int delimiter)
{
	size_t i;
	int plain = n > 0 && s[0] != ' ' && s[n - 1] != ' ' && s[0] != '\t'
	            && s[n - 1] != '\t';

	if (row->n)
		addn(row, &(char){delimiter}, 1);
	else if (!n)            /* a row of one empty field is no blank line */
		plain = 0;
	for (i = 0; i < n && plain; i++)
		plain = s[i] != '"' && s[i] != '\n' && s[i] != '\r'
		        && s[i] != delimiter;
	if (plain || (!n && row->n))
		return addn(row, s, n);
	add(row, "\"");
	for (i = 0; i < n; i++) {
		if (s[i] == '"')
			add(row, "\"");
		addn(row, s + i, 1);
	}
	add(row, "\"");
}
