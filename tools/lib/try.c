#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

struct evaluation ev = {.data = "data", .prompts = "prompts", .lane = "1",
                      .seed = "1", .most = 3};

char *
try_file(int n, const char *kind)
{
	return format("%s%d.%s", ev.stem, n, kind);
}

/* A final script that nobody edited was checked before. */
static int
unedited(const char *from)
{
	const char *old = ev.base ? jopt(jload(ev.base), "/script") : NULL;

	return ev.final && ev.measured && old && !strcmp(old, slurp(from, NULL));
}

/* N.py: what is to be run. */
void
try_check(int n, const char *from)
{
	char *ask = format("%s/check-leak.md", ev.prompts);
	char *fix = format("%s/check-leak-fix.md", ev.prompts);
	struct command c = {{"keep", "-u", from}, 3};

	if (ev.ablation || unedited(from))
		WORDS(&c, try_file(n, "py"), "cat", from);
	else
		WORDS(&c, "-u", ask, "-u", fix, try_file(n, "py"), "check-leak",
		      "-l", ev.lane, "-s", ev.seed, ask, fix, from);
	command_keep(&c);
}

/* A part of the data, beside ROWS: of the task's table KEY, or the truth. */
static char *
part(const char *key)
{
	const char *slash = strrchr(ev.rows, '/');

	return format("%.*s%s.csv", slash ? (int)(slash + 1 - ev.rows) : 0, ev.rows,
	              key);
}

/* To be made again if the part is. */
static void
use_part(struct command *c, const char *key)
{
	WORDS(c, "-u", part(key));
}

/* Has the part shown in place of the table; an empty one is the table. */
static void
show_part(struct command *c, const char *key)
{
	const char *name = jopt(jload(ev.task), format("/%s", key));
	struct stat st;

	if (stat(part(key), &st) < 0)
		die(BAD, "open %s:", part(key));
	if (name && st.st_size)
		WORDS(c, "-x", format("%s=%s", name, part(key)));
}

/* A result without its predictions is none. */
static void
look_for_predictions(int n)
{
	char *result = try_file(n, "json");

	if (access(result, F_OK) == 0 && jopt(jload(result), "/predictions")
	    && access(format("%s/submission.csv", try_file(n, "out")), F_OK) < 0)
		unlink(result);
}

/* N.json: what running it gave.  The last script of a run that is scored by
 * what is held out starts even if the run's time is up: nothing else has made
 * predictions for the test file. */
cJSON *
try_run(int n, int part_of_it)
{
	struct command c = {{"keep", "-u", try_file(n, "py"), "-u", ev.draft}, 5};

	if (ev.list)
		WORDS(&c, "-u", ev.list);
	use_part(&c, "train");
	use_part(&c, "test");
	use_part(&c, "sample");
	WORDS(&c, try_file(n, "json"), "run", "-d", ev.data);
	if (ev.ablation || ev.measured)
		command_word(&c, "-n");
	if (ev.final && ev.measured)
		command_word(&c, "-l");
	if (!ev.ablation)
		WORDS(&c, "-o", try_file(n, "out"));
	if (part_of_it)
		show_part(&c, "train");
	if (!ev.final) {
		show_part(&c, "test");
		show_part(&c, "sample");
	}
	command_word(&c, try_file(n, "py"));
	look_for_predictions(n);
	command_keep(&c);
	return jload(try_file(n, "json"));
}

/* N.check.json and, of what was held out, N.score.json: what the submission is
 * worth. */
static void
judge(int n)
{
	char *out = format("%s/submission.csv", try_file(n, "out"));
	char *metric = format("%s/metric", ev.prompts);
	struct command c = {{"keep", "-u", try_file(n, "json"), "-u", ev.task}, 5};

	if (ev.list)
		WORDS(&c, "-u", ev.list);
	use_part(&c, "test");
	use_part(&c, "sample");
	WORDS(&c, try_file(n, "check.json"), "check-submission", "-n");
	if (!ev.final) {
		show_part(&c, "test");
		show_part(&c, "sample");
	}
	WORDS(&c, ev.task, ev.data, out);
	command_keep(&c);
	if (ev.final || !cJSON_IsTrue(jat(jload(try_file(n, "check.json")),
	    "/valid")))
		return;

	c = (struct command){{"keep", "-u", try_file(n, "json"), "-u", ev.task}, 5};
	use_part(&c, "truth");
	if (access(metric, F_OK) == 0)
		WORDS(&c, "-u", metric);
	WORDS(&c, try_file(n, "score.json"), "score", "-s", ev.seed, ev.task,
	      part("truth"), out);
	command_keep(&c);
}

/* Why a try is to be mended, or null. */
const char *
try_failure(int n, const cJSON *r)
{
	cJSON *finding;

	if (halted_json(r))
		return halted_json(r);
	if (ev.ablation || !(ev.final || ev.measured))
		return NULL;
	judge(n);
	finding = jload(try_file(n, "check.json"));
	if (!cJSON_IsTrue(jat(finding, "/valid")))
		return jstr(finding, "/finding");
	return ev.final ? NULL : jopt(jload(try_file(n, "score.json")), "/finding");
}
