/* What the files of a run say, a line of kind (json, md, py) before each: what
 * is taken from them to be shown is tame, a score is finite.
 */
#include "net/net.h"
#include "fuzz.h"

static void
try_script(void *file)
{
	const char *why = NULL;
	char *s = script(file, &why);

	must(!s == !!why);
}

static void
try_history(void *file)
{
	must(history(file, file) != NULL);
}

static void
try_numbered(void *file)
{
	char *list[] = {file, file};
	int found;

	numbered(list, 2, 1, &found);
	must(found == 0 || found == 2);
}

static void
try_json(void *file)
{
	static const char *const path[] = {"", "/a", "/0/a/1", "/a/model_name",
	    "//", "/usage/seconds"};
	cJSON *j = jload(file);
	size_t i;

	for (i = 0; i < sizeof path / sizeof *path; i++) {
		jopt(j, path[i]);
		jval(j, path[i]);
	}
	/* no name is that of an item of a list */
	must(!cJSON_IsArray(j) || !jat(j, "/a"));
	must(jat(j, "") == j);
}

void
fuzz_document(const char *data, size_t n)
{
	static void (*const with[])(void *) = {try_script, try_history,
	    try_numbered, try_json};
	static const char *const kind[] = {"d.json", "d.md", "d.py"};
	struct gist g;
	char *file;
	size_t i;

	if (!n)
		return;
	file = given(kind[(*data & 3) % 3], data + 1, n - 1);
	g = gist_of(file);
	must(is_tame(g.status) && is_tame(g.reason) && is_tame(g.name));
	must(is_tame(g.suspect) && is_tame(g.direction));
	must(isnan(g.score) || isfinite(g.score));
	must(g.attempts >= 1 && beats(&g, &g) == 0);
	must(is_tame(gist_line(file)));
	for (i = 0; i < sizeof with / sizeof *with; i++)
		attempt(with[i], file);
	given("task.json", data + 1, n - 1);
	*strrchr(file, '/') = 0;
	must(is_tame(metric_of(file)));
}
