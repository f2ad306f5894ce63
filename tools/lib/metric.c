#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

/* Letters and digits of a name; of one in the table a k that stands alone,
 * which is for a number, becomes '#'. */
static char *
letters(const char *s, int table)
{
	struct text t = {0};
	const char *p;

	add(&t, "");
	for (p = s; *p; p++)
		if (table && *p == 'k' && !isalnum((unsigned char)p[1])
		    && (p == s || !isalnum((unsigned char)p[-1])))
			add(&t, "#");
		else if (starts(p, "\xc2\xb2")) /* the square in R-squared */
			add(&t, "2");
		else if (isalnum((unsigned char)*p))
			addf(&t, "%c", tolower((unsigned char)*p));
	return t.s;
}

static int
matches(const char *pattern, const char *s, long *k)
{
	char *end;

	for (; *pattern && *pattern != '#'; pattern++)
		if (*pattern != *s++)
			return 0;
	if (!*pattern)
		return !*s;
	if (!isdigit((unsigned char)*s))
		return 0;
	*k = strtol(s, &end, 10);
	return *k > 0 && *k < 1000 && !strcmp(pattern + 1, end);
}

static int
is_called(const cJSON *entry, const char *s, long *k)
{
	const cJSON *alias;

	if (matches(letters(jstr(entry, "/name"), 1), s, k))
		return 1;
	cJSON_ArrayForEach(alias, jat(entry, "/aliases"))
		if (matches(letters(alias->valuestring, 1), s, k))
			return 1;
	return 0;
}

/* What is left of it without the words for the mean of several columns. */
static const char *
one_column(const cJSON *table, const char *s)
{
	const cJSON *words;

	cJSON_ArrayForEach(words, jat(table, "/columnwise"))
		if (starts(s, letters(words->valuestring, 0)))
			return s + strlen(letters(words->valuestring, 0));
	return s;
}

static const char *
numbered_name(const char *entry, long k)
{
	const char *p = k ? strchr(entry, 'k') : NULL;

	for (; p; p = strchr(p + 1, 'k'))
		if (!isalnum((unsigned char)p[1]) && p > entry
		    && !isalnum((unsigned char)p[-1]))
			return format("%.*s%ld%s", (int)(p - entry), entry, k,
			              p + 1);
	return entry;
}

int
find_metric(const char *said, struct metric *m)
{
	const cJSON *table = jload(format("%s/../mk/metrics.json",
	                                  tool_folder())), *entry;
	const char *s = one_column(table, letters(said, 0));

	cJSON_ArrayForEach(entry, jat(table, "/metrics")) {
		m->k = 0;
		if (!is_called(entry, s, &m->k))
			continue;
		m->entry = jstr(entry, "/name");
		m->name = numbered_name(m->entry, m->k);
		m->direction = jstr(entry, "/direction");
		m->holds = jstr(entry, "/holds");
		return 1;
	}
	return 0;
}
