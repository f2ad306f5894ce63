/* Models that are proposed, and pages that tell of them: only addresses of the
 * web and cards are sources; no page can forge the marks round it.  Parts: the
 * reply, the pages as JSON.
 */
#include "fuzz.h"

#define main __attribute__((unused)) static main_of_search
#include "../../tools/search.c"
#undef main

static int
times(const char *s, const char *what)
{
	int n = 0;

	for (; (s = strstr(s, what)); s += strlen(what))
		n++;
	return n;
}

static void
try_pages(void *pages)
{
	char *s = found_text(NULL, pages);

	must(times(s, "%%%%%") == 4 * cJSON_GetArraySize(pages));
	must(is_clean(s));
}

static void
check_model(const cJSON *m)
{
	const cJSON *s;

	must(!blank(jstr(m, "/model_name")) && !blank(jstr(m, "/example_code")));
	must(is_line(jstr(m, "/licence")) && is_clean(jstr(m, "/licence")));
	must(cJSON_GetArraySize(jat(m, "/sources")) <= 8);
	cJSON_ArrayForEach(s, jat(m, "/sources"))
		must(cJSON_IsString(s) && is_web(s->valuestring));
}

void
fuzz_models(const char *s, size_t n)
{
	char *rest = clean(s, n), *reply = next_part(&rest), *why;
	cJSON *pages = cJSON_Parse(next_part(&rest)), *list, *m;

	if (cJSON_IsArray(pages))
		attempt(try_pages, pages);
	list = reply_json(reply, 1, complaint, NULL, &why);
	must(!list == !!why);
	cJSON_ArrayForEach(m, list) {
		add_origin(m, NULL, cJSON_IsArray(pages) ? pages : NULL);
		check_model(m);
	}
	list = reply_json(reply, 0, no_queries, NULL, &why);
	cJSON_ArrayForEach(m, list)
		must(is_line(single_line(m->valuestring, 400)));
}
