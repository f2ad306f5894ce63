/* evaluate [-af] [-d DATA] [-l LANE] [-n TRIES] [-p PROMPTS] [-s SEED]
 *          DRAFT TASK BRIEF ROWS [LIST [BASE]]:
 * checks DRAFT, a script, for leaks, runs it, and while it fails has it
 * debugged, TRIES in all; prints the last result.
 *
 * Each try is a file in a folder beside DRAFT, made by keep, so that a kill
 * costs the try in flight.  ROWS says whether scripts are scored by the rows that
 * are held out; the parts of the data that they are shown then lie beside it.
 * LIST, of the data's files, only has its time looked at.  -a: an ablation, which
 * needs neither leak check nor score.  -f: the final script, which sees all rows
 * and must leave a valid submission.  If DRAFT is BASE's script, BASE is the
 * result, or with -f has its score.
 */
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-af] [-d data] [-l lane] [-n tries] [-p prompts] [-s seed]" \
              " draft task brief rows [list [base]]"

enum { MOST = 30 };      /* tries */
#define FAR 3            /* standard errors from the printed score: suspect */

static const char *data = "data", *prompts = "prompts", *lane = "1", *seed = "1";
static const char *draft, *task, *brief, *rows, *list, *base;
static int ablation, final, measured, tries = 3;
static char *stem_;     /* what the files of the tries begin with, and a dot */

/* A command line that is put together. */
struct command {
	const char *v[4 * MOST + 64];
	int n;
};

static void
word(struct command *c, const char *s)
{
	c->v[c->n++] = s;
}

static void
words(struct command *c, const char **s)
{
	while (*s)
		word(c, *s++);
}
#define WORDS(c, ...) words(c, (const char *[]){__VA_ARGS__, NULL})

static void
keep(struct command *c)
{
	int st = finished(start((char **)c->v, 0, 1, 2));
	const char *run = getenv("KEEP_RUN"), *why;

	if (st == LATE) {
		why = run ? limit_reached(run) : NULL;
		postpone(why ? why : "a limit was reached");
	}
	if (st)
		exit(st);
}

static char *
try_file(int n, const char *kind)
{
	return format("%s%d.%s", stem_, n, kind);
}

/* A final script that nobody edited was checked before. */
static int
unedited(const char *from)
{
	const char *old = base ? jopt(jload(base), "/script") : NULL;

	return final && measured && old && !strcmp(old, slurp(from, NULL));
}

/* N.py: what is to be run. */
static void
check(int n, const char *from)
{
	char *ask = format("%s/check-leak.md", prompts);
	char *fix = format("%s/check-leak-fix.md", prompts);
	struct command c = {{"keep", "-u", from}, 3};

	if (ablation || unedited(from))
		WORDS(&c, try_file(n, "py"), "cat", from);
	else
		WORDS(&c, "-u", ask, "-u", fix, try_file(n, "py"), "check-leak",
		      "-l", lane, "-s", seed, ask, fix, from);
	keep(&c);
}

/* A part of the data, beside ROWS: of the task's table KEY, or the truth. */
static char *
part(const char *key)
{
	const char *slash = strrchr(rows, '/');

	return format("%.*s%s.csv", slash ? (int)(slash + 1 - rows) : 0, rows,
	              key);
}

/* To be made again if the part is. */
static void
use_part(struct command *c, const char *key)
{
	WORDS(c, "-u", part(key));
}

/* Has the part shown in place of the table; an empty one is the table itself. */
static void
show_part(struct command *c, const char *key)
{
	const char *name = jopt(jload(task), format("/%s", key));
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
static cJSON *
run(int n, int part_of_it)
{
	struct command c = {{"keep", "-u", try_file(n, "py"), "-u", draft}, 5};

	if (list)
		WORDS(&c, "-u", list);
	use_part(&c, "train");
	use_part(&c, "test");
	use_part(&c, "sample");
	WORDS(&c, try_file(n, "json"), "run", "-d", data);
	if (ablation || measured)
		word(&c, "-n");
	if (final && measured)
		word(&c, "-l");
	if (!ablation)
		WORDS(&c, "-o", try_file(n, "out"));
	if (part_of_it)
		show_part(&c, "train");
	if (!final) {
		show_part(&c, "test");
		show_part(&c, "sample");
	}
	word(&c, try_file(n, "py"));
	look_for_predictions(n);
	keep(&c);
	return jload(try_file(n, "json"));
}

/* N.check.json and, of what was held out, N.score.json: what the submission is
 * worth. */
static void
judge(int n)
{
	char *out = format("%s/submission.csv", try_file(n, "out"));
	struct command c = {{"keep", "-u", try_file(n, "json"), "-u", task}, 5};

	if (list)
		WORDS(&c, "-u", list);
	use_part(&c, "test");
	use_part(&c, "sample");
	WORDS(&c, try_file(n, "check.json"), "check-submission", "-n");
	if (!final) {
		show_part(&c, "test");
		show_part(&c, "sample");
	}
	WORDS(&c, task, data, out);
	keep(&c);
	if (final || !cJSON_IsTrue(jat(jload(try_file(n, "check.json")),
	    "/valid")))
		return;

	c = (struct command){{"keep", "-u", try_file(n, "json"), "-u", task}, 5};
	use_part(&c, "truth");
	WORDS(&c, try_file(n, "score.json"), "score", "-s", seed, task,
	      part("truth"), out);
	keep(&c);
}

/* Why a try is to be mended, or null. */
static const char *
failure(int n, const cJSON *r)
{
	cJSON *finding;

	if (halted_json(r))
		return halted_json(r);
	if (ablation || !(final || measured))
		return NULL;
	judge(n);
	finding = jload(try_file(n, "check.json"));
	if (!cJSON_IsTrue(jat(finding, "/valid")))
		return jstr(finding, "/finding");
	return final ? NULL : jopt(jload(try_file(n, "score.json")), "/finding");
}

/* How a script that works comes to be suspect, or null: it prints a score that
 * is far better than that of the rows which it has not seen. */
static char *
suspect(int n, const cJSON *r)
{
	const cJSON *printed = jat(r, "/score"), *se;
	cJSON *s;
	double gap;

	if (!measured || ablation || final || !cJSON_IsNumber(printed))
		return NULL;
	s = jload(try_file(n, "score.json"));
	se = jat(s, "/se");
	gap = printed->valuedouble - jnum(s, "/value");
	if (!strcmp(jstr(jload(task), "/direction"), "lower"))
		gap = -gap;
	if (!cJSON_IsNumber(se) || gap <= FAR * se->valuedouble)
		return NULL;
	return format("it printed %.6g, but scores %.6g on rows that it has not"
	              " seen (standard error %.2g)", printed->valuedouble,
	              jnum(s, "/value"), se->valuedouble);
}

/* N.draft.py: the script of the try before, looked at again for that reason. */
static int
doubt(int n, const char *evidence)
{
	char *ask = format("%s/check-leak.md", prompts);
	char *fix = format("%s/check-leak-fix.md", prompts);
	char *before = try_file(n - 1, "py"), *now = try_file(n, "draft.py");
	struct command c = {{"keep", "-u", ask, "-u", fix, "-u", before}, 7};

	WORDS(&c, now, "check-leak", "-l", lane, "-s", seed, ask, fix, before,
	      evidence);
	keep(&c);
	return strcmp(slurp(before, NULL), slurp(now, NULL)) != 0;
}

/* N.draft.py: the script of the try before, mended. */
static void
debug(int n)
{
	char *ask = format("%s/debug.md", prompts);
	struct command c = {{"keep", "-u", ask, "-u", brief}, 5};
	int i;

	WORDS(&c, "-u", try_file(n - 1, "py"), "-u", try_file(n - 1, "json"),
	      try_file(n, "draft.py"), "debug", "-l", lane, "-n",
	      format("%d", n), "-s", seed, ask, brief);
	for (i = 1; i < n; i++) {
		WORDS(&c, try_file(i, "py"), try_file(i, "json"));
		if (access(try_file(i, "check.json"), F_OK) == 0)
			word(&c, try_file(i, "check.json"));
		if (access(try_file(i, "score.json"), F_OK) == 0)
			word(&c, try_file(i, "score.json"));
	}
	keep(&c);
}

static int
leaked(int n)
{
	const char *from = n > 1 ? try_file(n, "draft.py") : draft;
	const char *to = try_file(n, "py");

	return !ablation && access(to, F_OK) == 0 && access(from, F_OK) == 0
	    && strcmp(slurp(from, NULL), slurp(to, NULL));
}

/* .STEM.used: the files of the tries and the prompts that mended them.  Make
 * looks whether they are all there, and unchanged. */
static void
note_used(int n, int doubted)
{
	char *file = beside(stem(draft), ".", ".used");
	char *tmp = format("%s.tmp", file);
	FILE *f;
	glob_t g;
	size_t k;
	int i;

	glob(format("%s*", stem_), 0, NULL, &g);
	glob(format("%s.*.cmd", stem_), GLOB_APPEND, NULL, &g);
	glob(format("%s*.out/submission.csv", stem_), GLOB_APPEND, NULL, &g);
	if (!(f = fopen(tmp, "we")))
		die(SICK, "write %s:", file);
	fprintf(f, "%s ", run_name(file));
	for (k = 0; k < g.gl_pathc; k++)
		if (!ends(g.gl_pathv[k], "~") && !ends(g.gl_pathv[k], ".tmp"))
			fprintf(f, "%s ", run_name(g.gl_pathv[k]));
	if (n > 1)
		fprintf(f, "%s ", run_name(format("%s/debug.md", prompts)));
	for (i = 1; i <= n; i++)
		if (leaked(i) || doubted == i)
			fprintf(f, "%s ", run_name(format("%s/check-leak-fix.md",
			        prompts)));
	if (fclose(f) || rename(tmp, file) < 0) {
		unlink(tmp);
		die(SICK, "write %s:", file);
	}
}

/* What an earlier, longer evaluation left of a try, or all but its draft. */
static void
drop(int n, int but_draft)
{
	static const char *kinds[] = {"draft.py", "py", "json", "check.json",
	                              "score.json"};
	int k;

	for (k = but_draft; k < 5; k++) {
		unlink(try_file(n, kinds[k]));
		unlink(beside(try_file(n, kinds[k]), ".", ".cmd"));
	}
	wipe(try_file(n, "out"));
}

static void
drop_later(int n)
{
	for (n++; access(try_file(n, "draft.py"), F_OK) == 0
	    || access(try_file(n, "py"), F_OK) == 0; n++)
		drop(n, 0);
}

static void
set(cJSON *r, const char *key, cJSON *value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(r, key);
	cJSON_AddItemToObject(r, key, value ? value : cJSON_CreateNull());
}

/* What was measured goes before what the script printed. */
static void
set_score(cJSON *r, const cJSON *value, const cJSON *se)
{
	set(r, "printed", cJSON_Duplicate(jat(r, "/score"), 1));
	set(r, "score", cJSON_Duplicate(value, 1));
	set(r, "measured", cJSON_Duplicate(value, 1));
	set(r, "se", cJSON_Duplicate(se, 1));
}

/* The final script is measured if it is the one that it was made from. */
static void
put_score(cJSON *r, int n)
{
	cJSON *from = final ? base ? jload(base) : NULL
	            : jload(try_file(n, "score.json"));

	if (from && !final)
		set_score(r, jat(from, "/value"), jat(from, "/se"));
	else if (from && jopt(from, "/script") && jat(from, "/measured")
	    && !strcmp(jstr(from, "/script"), jstr(r, "/script")))
		set_score(r, jat(from, "/measured"), jat(from, "/se"));
}

static void
print(cJSON *r, int n, const char *why)
{
	const char *name = getenv("KEEP_FILE");
	char *doubts = why ? NULL : suspect(n, r);

	if (why && !strcmp(jstr(r, "/status"), "ok")) {
		set(r, "status", cJSON_CreateString("error"));
		set(r, "reason", cJSON_CreateString(format("submission: %s", why)));
		set(r, "score", NULL);
	} else if (measured && !ablation && !why)
		put_score(r, n);
	if (doubts)
		set(r, "suspect", cJSON_CreateString(doubts));
	set(r, "name", cJSON_CreateString(stem(name ? name : draft)));
	set(r, "direction", cJSON_Duplicate(jat(jload(task), "/direction"), 1));
	set(r, "attempts", cJSON_CreateNumber(n));
	jput(r);
}

/* A draft that is none, and one that was evaluated before. */
static void
pass_on(void)
{
	char *s = slurp(draft, NULL);
	const char *why = halted(s);
	const char *old = base ? jopt(jload(base), "/script") : NULL;

	if (blank(s))
		die(BAD, "read %s: the script is empty", draft);
	if (why) {
		note_used(0, 0);
		halt_json(format("%.*s", (int)strcspn(why, ":"), why), "%s",
		          why + strcspn(why, " ") + 1);
	}
	if (old && !final && !strcmp(old, s)) {
		note_used(0, 0);
		jput(jload(base));
		exit(YES);
	}
}

static void
options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "ad:fl:n:p:s:")) != -1)
		switch (c) {
		case 'a': ablation = 1; break;
		case 'd': data = optarg; break;
		case 'f': final = 1; break;
		case 'l': lane = optarg; break;
		case 'n': tries = atoi(optarg); break;
		case 'p': prompts = optarg; break;
		case 's': seed = optarg; break;
		default:  usage(USAGE);
		}
	argc -= optind;
	argv += optind;
	if (argc < 4 || argc > 6 || tries < 1 || tries > MOST)
		usage(USAGE);
	draft = argv[0];
	task = argv[1];
	brief = argv[2];
	rows = argv[3];
	list = argc > 4 ? argv[4] : NULL;
	base = argc > 5 ? argv[5] : NULL;
	stem_ = format("%s.try/", stem(draft));
	measured = !strcmp(jstr(jload(rows), "/score"), "measured");
}

/* The last script of a run whose time is up: no call can mend it. */
static int
out_of_time(void)
{
	const char *folder = getenv("KEEP_RUN");

	return final && measured && folder && limit_reached(folder);
}

/* The final script as it was measured, on the rows that it worked on then, if it
 * does not work on all of them. */
static const char *
last_resort(int n, cJSON **r, const char *why)
{
	const char *old = format("on all rows: %s", why);

	check(n, draft);
	*r = run(n, 1);
	if ((why = failure(n, *r)))
		return why;
	set(*r, "reason", cJSON_CreateString(old));
	return NULL;
}

int
main(int argc, char **argv)
{
	const char *why = NULL, *from, *none;
	int n, ran = 0, doubted = 0;
	cJSON *r = NULL;
	char *doubts;

	options(argc, argv);
	find_tools();
	pass_on();
	for (n = 1, from = draft; ; n++, from = try_file(n, "draft.py")) {
		if (why)
			debug(n);
		if ((none = halted(slurp(from, NULL)))) {
			warn("debug %s: %s", from, none);
			drop(n, 1);
			break;
		}
		check(n, from);
		r = run(n, !final);
		ran = n;
		why = failure(n, r);
		doubts = why || doubted ? NULL : suspect(n, r);
		if ((!why && !doubts) || n == tries || (why && out_of_time()))
			break;
		if (doubts && !doubt(doubted = n + 1, doubts))
			break;
	}
	if (why && doubted) {           /* what works, though suspect */
		ran = doubted - 1;
		r = jload(try_file(ran, "json"));
		why = failure(ran, r);
	}
	if (why && final && measured)
		why = last_resort(ran = ++n, &r, why);
	drop_later(doubted > n ? doubted : n);
	note_used(n, doubted);
	print(r, ran, why);
	return YES;
}
