/* score [-s SEED] TASK.json TRUTH.csv SUBMISSION.csv: what a submission is
 * worth by the task's metric: {"metric", "direction", "value", "se", "rows"},
 * or {"finding": what is wrong with it}.
 *
 * score.py measures, run by PYTHON in a sandbox that shows it the two files;
 * a metric exec:PROGRAM is the user's own.
 */
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-s SEED] TASK.json TRUTH.csv SUBMISSION.csv"

static const char *task, *truth, *submission;

static void NORET
find(const char *finding)
{
	cJSON *j = cJSON_CreateObject();

	cJSON_AddStringToObject(j, "finding", finding);
	jput(j);
	exit(YES);
}

/* A fifo would be waited for, and a link may lead anywhere. */
static void
check_files(void)
{
	struct stat st;

	if (stat(truth, &st) < 0)
		die(BAD, "open %s:", truth);
	if (!S_ISREG(st.st_mode))
		die(BAD, "read %s: it is no plain file", truth);
	if (lstat(submission, &st) < 0)
		find("there is none: the script did not write it");
	if (!S_ISREG(st.st_mode))
		find("it is no plain file");
}

static void
print(const char *metric, const char *direction, double value, double se,
	double rows)
{
	cJSON *j = cJSON_CreateObject();

	cJSON_AddStringToObject(j, "metric", metric);
	cJSON_AddStringToObject(j, "direction", direction);
	cJSON_AddNumberToObject(j, "value", value);
	if (isnan(se))
		cJSON_AddNullToObject(j, "se");
	else
		cJSON_AddNumberToObject(j, "se", se);
	cJSON_AddNumberToObject(j, "rows", rows);
	jput(j);
}

/* The script, with a call of its main: a raw string of Python in which no
 * JSON can end the quotes. */
static char *
program(const cJSON *facts, const struct metric *m, unsigned long seed,
	size_t *n)
{
	static const char *fact[] = {"target", "id", "problem"};
	cJSON *j = cJSON_CreateObject(), *f;
	struct text t = {0};
	size_t i;

	cJSON_AddStringToObject(j, "metric", m->entry);
	cJSON_AddNumberToObject(j, "k", m->k);
	cJSON_AddStringToObject(j, "holds", m->holds);
	for (i = 0; i < sizeof fact / sizeof *fact; i++) {
		f = jat(facts, format("/%s", fact[i]));
		cJSON_AddItemToObject(j, fact[i], f ? cJSON_Duplicate(f, 1)
		                                    : cJSON_CreateNull());
	}
	cJSON_AddRawToObject(j, "seed", format("%lu", seed));
	add(&t, slurp(format("%s/score.py", tool_folder()), NULL));
	addf(&t, "\n\nmain(r\"\"\"%s\"\"\")\n", cJSON_PrintUnformatted(j));
	*n = t.n;
	return t.s;
}

/* What score.py prints.  A submission that it dies of is a bad one. */
static cJSON *
measure(const char *text, size_t n)
{
	struct user user = script_user();
	struct job j = {.binds = binds, .user = &user, .text = text, .size = n};
	struct outcome *o;
	char *work, *words;

	job_means(&j);
	j.python = show_python(j.python);
	show(truth, "/work/input/truth.csv")->checked = 1;
	show(submission, "/work/input/submission.csv")->checked = 1;
	guard(0);
	work = scratch(&user, &j.work);
	show(work, "/work")->writable = 1;
	o = run_job(&j);
	if (o->status)
		find(format("to read and score it takes too much: %s",
		            o->reason));
	if (o->exit > 128)
		find(format("reading it ended the scorer: %s",
		            strsignal(o->exit - 128)));
	if (o->exit) {
		words = (char *)trimmed(stream_text(&o->err));
		words[strlen(words) - 1] = 0;
		die(BAD, "run score.py: %s", strrchr(words, '\n')
		    ? strrchr(words, '\n') + 1 : words);
	}
	return jparse(stream_text(&o->out), "what score.py printed");
}

static void
by_table(const cJSON *facts, const struct metric *m, unsigned long seed)
{
	size_t n;
	char *text;
	cJSON *j;

	if (cJSON_GetArraySize(jat(facts, "/target")) == 0)
		die(BAD, "read %s: it names no target", task);
	text = program(facts, m, seed, &n);
	j = measure(text, n);
	if (jopt(j, "/bad"))
		die(BAD, "read %s: %s", truth, jstr(j, "/bad"));
	if (jopt(j, "/finding"))
		find(jstr(j, "/finding"));
	print(m->name, m->direction, jnum(j, "/value"),
	      jval(j, "/se"), jnum(j, "/rows"));
}

static double
count_rows(void)
{
	struct table *t = topen(truth, 0);
	double n = -1;

	while (trow(t))
		n++;
	return n;
}

static void
by_program(const char *metric, const char *direction)
{
	double v[2] = {NAN, NAN};
	const char *finding;

	if (!direction)
		die(BAD, "read %s: metric %s has no direction", task, metric);
	finding = own_metric(metric, truth, submission, v);
	if (finding)
		find(finding);
	print(metric, direction, v[0], v[1], count_rows());
}

int
main(int argc, char **argv)
{
	struct metric m;
	const char *said;
	cJSON *facts;
	unsigned long seed = 1;
	char *end = NULL;
	int c;

	while ((c = getopt(argc, argv, "s:")) != -1)
		switch (c) {
		case 's': seed = strtoul(optarg, &end, 10); break;
		default:  usage(USAGE);
		}
	if (argc - optind != 3 || (end && *end))
		usage(USAGE);
	task = argv[optind];
	truth = argv[optind + 1];
	submission = argv[optind + 2];
	facts = jload(task);
	said = jstr(facts, "/metric");
	check_files();
	if (starts(said, "exec:"))
		by_program(said, jopt(facts, "/direction"));
	else if (find_metric(said, &m)) {
		if (elsewhere())
			go_elsewhere(argv, NULL, NULL);
		by_table(facts, &m, seed);
	} else
		die(BAD, "read %s: no metric is called '%s'", task, said);
	return YES;
}
