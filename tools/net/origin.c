#include <string.h>

#include "net.h"

enum { URLS = 8 };

/* Adds the URLs in list, of strings or of pages, to urls.  A card may also
 * name one of the cards it was given. */
static void
add_urls(cJSON *urls, const cJSON *list, const cJSON *cards)
{
	const cJSON *j, *c;
	const char *s;
	int good;

	cJSON_ArrayForEach(j, list) {
		s = cJSON_IsString(j) ? j->valuestring : jopt(j, "/url");
		good = s && strlen(s) <= 1000 && is_web(s);
		cJSON_ArrayForEach(c, cards)
			good |= s && !strcmp(s, jstr(c, "/url"));
		cJSON_ArrayForEach(c, urls)
			good &= s && strcmp(s, c->valuestring) != 0;
		if (good && cJSON_GetArraySize(urls) < URLS)
			cJSON_AddItemToArray(urls, cJSON_CreateString(s));
	}
}

void
add_origin(cJSON *m, const cJSON *cards, const cJSON *pages)
{
	cJSON *urls = cJSON_CreateArray(), *named;
	const char *licence = jopt(m, "/licence");

	if (!licence)
		licence = jopt(m, "/license");
	licence = single_line(licence ? licence : "", 200);
	named = cJSON_DetachItemFromObjectCaseSensitive(m, "sources");
	add_urls(urls, named, cards);
	if (!cJSON_GetArraySize(urls))
		add_urls(urls, pages, NULL);
	cJSON_DeleteItemFromObjectCaseSensitive(m, "licence");
	cJSON_DeleteItemFromObjectCaseSensitive(m, "license");
	cJSON_AddItemToObject(m, "sources", urls);
	cJSON_AddStringToObject(m, "licence", *licence ? licence : "not told");
}
