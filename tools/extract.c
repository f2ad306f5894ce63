/* extract [-c] [-m MARKER] [REPLY] prints the Python script that a model's
 * reply holds; extract -j [-c] [REPLY] its first JSON list or object, with
 * -k KEYS the first list of objects that have these members, blank ones not
 * counted.  REPLY is a file, by default stdin; -c says that the reply was cut
 * at the token limit.  Status 1, and the reason, if there is no such thing.
 */
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

static const char *
has(const cJSON *object, const char *keys)
{
	char *all = need(strdup(keys)), *key;
	const char *s;

	if (!cJSON_IsObject(object))
		return "an item is no object";
	while ((key = strsep(&all, ","))) {
		s = jopt(object, format("/%s", key));
		if (!s || blank(s))
			return format("%s is missing or blank", key);
	}
	return NULL;
}

static const char *
check(cJSON *j, void *keys)
{
	const char *why = NULL;
	cJSON *m;

	if (!keys)
		return NULL;
	if (!cJSON_IsArray(j) || !j->child)
		return "it is not a list of objects";
	cJSON_ArrayForEach(m, j)
		if (!why)
			why = has(m, keys);
	return why;
}

int
main(int argc, char **argv)
{
	const char *marker = NULL, *name;
	int c, cut = 0, json = 0;
	char *text, *code = NULL, *keys = NULL, *why;
	cJSON *j = NULL;
	size_t n;

	while ((c = getopt(argc, argv, "cjk:m:")) != -1)
		switch (c) {
		case 'c': cut = 1; break;
		case 'j': json = 1; break;
		case 'k': json = 1; keys = optarg; break;
		case 'm': marker = optarg; break;
		default: usage("[-cj] [-k KEYS] [-m MARKER] [REPLY]");
		}
	if (argc - optind > 1)
		usage("[-cj] [-k KEYS] [-m MARKER] [REPLY]");
	name = argc > optind ? argv[optind] : "-";
	text = slurp(name, &n);
	text = clean(text, n);

	if (json)
		j = reply_json(text, cut, check, keys, &why);
	else
		code = reply_code(text, cut, marker, &why);
	if (!j && !code)
		die(NO, "read %s: %s", name, why);

	if (j)
		jput(j);
	else
		fputs(code, stdout);
	finish();
	return YES;
}
