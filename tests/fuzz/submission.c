/* A submission against a sample, or a test file: what is found valid has the
 * header of the sample and as many rows..
 * Parts: the task's facts, the sample, the submission, the training table.
 */
#include "fuzz.h"

#define main main_of_check
int main_of_check(int argc, char **argv);
#include "../../tools/check-submission.c"
#undef main

static char *file[2];           /* the task, the submission */

static void
check_it(void *dir)
{
	char *argv[] = {(char *)"check-submission", (char *)"-n", file[0], dir,
	    file[1], NULL};

	no_is_answer = optind = 0;
	main_of_check(5, argv);
}

static size_t
count(const char *name, char ***names, size_t *n)
{
	struct table *t = topen(name, 0);
	size_t rows = 0;

	*n = 0;
	if (trow(t))
		*names = field_names(t), *n = t->n;
	while (trow(t))
		rows++;
	tclose(t);
	return rows;
}

/* The verdict; or null. */
static cJSON *
verdict_on(const char *s, char *dir)
{
	int status;

	file[1] = given("sub", s, strlen(s));
	output();
	status = attempt(check_it, dir);
	must(status == YES || status >= BAD);
	return status ? NULL : jparse(output(), "the verdict");
}

void
fuzz_submission(const char *s, size_t len)
{
	char *rest = need(strndup(s, len)), *task = next_part(&rest);
	char *sample = next_part(&rest), *sub = next_part(&rest), *train, *dir;
	char **a = NULL, **b = NULL;
	const char *ref;
	cJSON *j;
	size_t n, m, i;

	train = next_part(&rest);
	file[0] = given("task.json", task, strlen(task));
	dir = given("sample", sample, strlen(sample));
	given("train", train, strlen(train));
	*strrchr(dir, '/') = 0;
	if (!(j = verdict_on(sub, dir)))
		return;
	must(cJSON_IsTrue(jat(j, "/valid")) == !jopt(j, "/finding"));
	ref = jopt(cJSON_Parse(task), "/sample");
	if (jopt(j, "/finding") || !ref || strcmp(ref, "sample"))
		return;
	must(count(file[1], &a, &n) == jnum(j, "/rows"));
	must(count(format("%s/sample", dir), &b, &m) == jnum(j, "/rows"));
	must(n == m);
	for (i = 0; i < n; i++)
		must(!strcmp(a[i], b[i]));
}
