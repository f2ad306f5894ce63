/* Parts of the data: the test's, the sample's and the truth's rows are as many
 * as those held out, and train's are others.  Parts: a flag a row, 0 or 1; the
 * training table, the test table, the sample.
 */
#include <zlib.h>

#include "fuzz.h"

static char *result;

#define gzdopen(fd, mode) gzopen(result, mode)
#define main main_of_part
int main_of_part(int argc, char **argv);
#include "../../tools/part.c"
#undef main

static char *about[3];          /* rows.json, task.json, data.json */

static void
try_part(void *which)
{
	char *argv[] = {(char *)"part", (char *)"-n5", which, about[0], about[1],
	    about[2], result, NULL};

	argv[6] = need(strdup(result));
	*strrchr(argv[6], '/') = 0;
	rows = task = data = NULL;
	held = NULL;
	most = row = optind = 0;
	seed = 1;
	out = NULL;
	eol = "\n";
	main_of_part(7, argv);
}

static void
table_of(cJSON *files, const char *name, const char *s)
{
	cJSON *j = cJSON_CreateObject();
	char *file = given(name, s, strlen(s));

	cJSON_AddStringToObject(j, "path", name);
	profile(j, file, 0);
	cJSON_AddItemToArray(files, j);
}

/* The files that say what is where. */
static void
describe(const char *flags, double fit)
{
	static const char facts[] = "{\"train\": \"t\", \"test\": \"e\","
	    " \"sample\": \"s\", \"id\": \"id\", \"target\": [\"y\"]}";
	cJSON *j = cJSON_CreateObject();
	char *s;

	cJSON_AddStringToObject(j, "score", "measured");
	cJSON_AddStringToObject(j, "held", flags);
	cJSON_AddNumberToObject(j, "fit", fit);
	s = cJSON_Print(j);
	about[0] = given("rows.json", s, strlen(s));
	about[1] = given("task.json", facts, strlen(facts));
}

static void
check(const char *which, double want)
{
	struct table *t;

	result = given("result", "", 0);
	if (attempt(try_part, (void *)which) > 0)
		return;
	t = topen(result, 0);
	must(trow(t));
	for (; trow(t); want--)
		;
	must(want == 0);
	tclose(t);
}

void
fuzz_part(const char *s, size_t n)
{
	cJSON *j = cJSON_CreateObject(), *files;
	char *rest = need(strndup(s, n)), *flags = next_part(&rest), *p;
	double out_of = 0, fit = 0;

	flags[strspn(flags, "01")] = 0;
	for (p = flags; *p; p++)
		*(*p == '1' ? &out_of : &fit) += 1;
	files = cJSON_AddArrayToObject(j, "files");
	table_of(files, "t", next_part(&rest));
	table_of(files, "e", next_part(&rest));
	table_of(files, "s", next_part(&rest));
	describe(flags, fit);
	p = cJSON_Print(j);
	about[2] = given("data.json", p, strlen(p));
	check("truth", out_of);
	check("test", out_of);
	check("sample", out_of);
	if (fit)
		check("train", fit < 5 ? fit : 5);
}
