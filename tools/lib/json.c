#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

/* Fit for a message. */
static char *
start_of(const char *s)
{
	size_t n = 0;

	while (n < 20 && (unsigned char)s[n] >= ' ')
		n++;
	return clean(s, n);
}

cJSON *
jparse(const char *s, const char *name)
{
	const char *end = s;
	cJSON *j;

	if (blank(s))
		die(BAD, "read %s: it is empty", name);
	j = cJSON_ParseWithOpts(s, &end, 1);
	if (!j)
		die(BAD, "read %s: no JSON at byte %td: %s", name, end - s,
		    start_of(end));
	free(j->string);
	j->string = need(strdup(name)); /* so that messages can tell where */
	return j;
}

cJSON *
jload(const char *name)
{
	return jparse(slurp(name, NULL), name);
}

/* Only a number is the name of one of its items. */
static cJSON *
item(const cJSON *list, const char *key)
{
	return *key && !key[strspn(key, "0123456789")]
	     ? cJSON_GetArrayItem(list, atoi(key)) : NULL;
}

cJSON *
jat(const cJSON *j, const char *path)
{
	char key[256];
	size_t n;

	for (; j && *path == '/'; path += n) {
		n = strcspn(++path, "/");
		snprintf(key, sizeof key, "%.*s", (int)n, path);
		j = cJSON_IsArray(j) ? item(j, key)
		                     : cJSON_GetObjectItemCaseSensitive(j, key);
	}
	return (cJSON *)j;
}

const char *
jopt(const cJSON *j, const char *path)
{
	return cJSON_GetStringValue(jat(j, path));
}

const char *
jstr(const cJSON *j, const char *path)
{
	const char *s = jopt(j, path);

	if (!s)
		die(BAD, "read %s: no string at %s",
		    j->string ? j->string : "-", path);
	return s;
}

double
jnum(const cJSON *j, const char *path)
{
	cJSON *v = jat(j, path);

	if (!v || !cJSON_IsNumber(v))
		die(BAD, "read %s: no number at %s",
		    j->string ? j->string : "-", path);
	return v->valuedouble;
}

double
jval(const cJSON *j, const char *path)
{
	cJSON *v = jat(j, path);

	return v && cJSON_IsNumber(v) ? v->valuedouble : NAN;
}

void
jadd(cJSON *to, const char *key, const char *s)
{
	cJSON_AddStringToObject(to, key, clean(s, strlen(s)));
}

void
jput(const cJSON *j)
{
	puts(need(cJSON_Print(j)));
	finish();
}
