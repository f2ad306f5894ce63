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

char **
field_names(const struct table *t)
{
	char **list = need(calloc(t->n + 1, sizeof *list));
	size_t i;

	for (i = 0; i < t->n; i++)
		list[i] = utf8text(t->field[i], t->len[i], NAME);
	return list;
}

int
same_name(const char *a, const char *b)
{
	size_t n = unpadded(&a), m = unpadded(&b);

	return n == m && !memcmp(a, b, n);
}

size_t
position(char **list, size_t n, const char *name, size_t from)
{
	size_t i;

	for (i = 0; name && i < n; i++)
		if (!strcmp(list[(from + i) % n], name))
			return (from + i) % n;
	for (i = 0; name && i < n; i++)
		if (same_name(list[(from + i) % n], name))
			return (from + i) % n;
	return -1;
}

size_t *
positions(const struct table *t, char **name, size_t n)
{
	char **list = field_names(t);
	size_t *at = need(calloc(n + 1, sizeof *at)), i;

	for (i = 0; i < n; i++) {
		at[i] = position(list, t->n, name[i], i ? at[i - 1] + 1 : 0);
		if (at[i] == (size_t)-1)
			die(BAD, "read %s: it has no column '%s'", t->name,
			    name[i]);
	}
	return at;
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
