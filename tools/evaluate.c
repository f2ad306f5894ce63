/* evaluate [-af] [-d DATA] [-l LANE] [-n TRIES] [-p PROMPTS] [-s SEED]
 *          DRAFT TASK BRIEF SAMPLE [LIST [BASE]]:
 * checks DRAFT, a script, for leaks, runs it, and while it fails has it
 * debugged, TRIES in all; prints the last result.
 *
 * Each try is a file in a folder beside DRAFT, made by keep, so that a kill
 * costs the try in flight.  LIST, of the data's files, only has its time looked
 * at.  -a: an ablation, which needs neither leak check nor score.  -f: the final
 * script, which sees all rows and must leave a valid submission.  If DRAFT is
 * BASE's script, BASE is the result.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-af] [-d data] [-l lane] [-n tries] [-p prompts] [-s seed]" \
              " draft task brief sample [list [base]]"

enum { MOST = 30 };      /* tries */

static const char *data = "data", *prompts = "prompts", *lane = "1", *seed = "1";
static const char *draft, *task, *brief, *sample, *list, *base;
static int ablation, final, tries = 3;
static char *stem_;     /* what the files of the tries begin with, and a dot */

/* A command line that is put together. */
struct command {
	const char *v[4 * MOST + 32];
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

/* N.py: what is to be run. */
static void
check(int n, const char *from)
{
	char *ask = format("%s/check-leak.md", prompts);
	char *fix = format("%s/check-leak-fix.md", prompts);
	struct command c = {{"keep", "-u", from}, 3};

	if (ablation)
		WORDS(&c, try_file(n, "py"), "cat", from);
	else
		WORDS(&c, "-u", ask, "-u", fix, try_file(n, "py"), "check-leak",
		      "-l", lane, "-s", seed, ask, fix, from);
	keep(&c);
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

/* N.json: what running it gave; a finding on its submission if it needs one. */
static cJSON *
run(int n)
{
	struct command c = {{"keep", "-u", try_file(n, "py"), "-u", draft}, 5};
	char *table = NULL;
	struct stat st;
	cJSON *r;

	if (list)
		WORDS(&c, "-u", list);
	WORDS(&c, "-u", sample, try_file(n, "json"), "run", "-d", data);
	if (ablation)
		word(&c, "-n");
	else
		WORDS(&c, "-o", try_file(n, "out"));
	if (stat(sample, &st) < 0)
		die(BAD, "open %s:", sample);
	if (!final && st.st_size) {
		table = format("%s=%s", jstr(jload(task), "/train"), sample);
		WORDS(&c, "-x", table);
	}
	word(&c, try_file(n, "py"));
	look_for_predictions(n);
	keep(&c);
	r = jload(try_file(n, "json"));
	if (!final || !scored(r))
		return r;

	c = (struct command){{"keep", "-u", try_file(n, "json"), "-u", task}, 5};
	if (list)
		WORDS(&c, "-u", list);
	WORDS(&c, try_file(n, "check.json"), "check-submission", "-n", task, data,
	      format("%s/submission.csv", try_file(n, "out")));
	keep(&c);
	return r;
}

/* Why a try is to be mended, or null. */
static const char *
failure(int n, const cJSON *r)
{
	cJSON *finding;

	if (halted_json(r))
		return halted_json(r);
	if (!final)
		return NULL;
	finding = jload(try_file(n, "check.json"));
	return cJSON_IsTrue(jat(finding, "/valid")) ? NULL
	     : jstr(finding, "/finding");
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
	}
	keep(&c);
}

static int
leaked(int n)
{
	const char *from = n > 1 ? try_file(n, "draft.py") : draft;
	const char *to = try_file(n, "py");

	return !ablation && access(to, F_OK) == 0
	    && strcmp(slurp(from, NULL), slurp(to, NULL));
}

/* .STEM.used: the files of the tries and the prompts that mended them.  Make
 * looks whether they are all there, and unchanged. */
static void
note_used(int n)
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
		if (leaked(i))
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
	static const char *kinds[] = {"draft.py", "py", "json", "check.json"};
	int k;

	for (k = but_draft; k < 4; k++) {
		unlink(try_file(n, kinds[k]));
		unlink(beside(try_file(n, kinds[k]), ".", ".cmd"));
	}
	wipe(try_file(n, "out"));
}

static void
drop_later(int n)
{
	for (n++; n <= MOST && access(try_file(n, "draft.py"), F_OK) == 0; n++)
		drop(n, 0);
}

static void
print(cJSON *r, int n, const char *why)
{
	const char *name = getenv("KEEP_FILE");

	if (final && why && !strcmp(jstr(r, "/status"), "ok")) {
		cJSON_ReplaceItemInObjectCaseSensitive(r, "status",
			cJSON_CreateString("error"));
		cJSON_AddStringToObject(r, "reason", format("submission: %s", why));
	}
	cJSON_DeleteItemFromObjectCaseSensitive(r, "name");
	cJSON_AddStringToObject(r, "name", stem(name ? name : draft));
	cJSON_AddStringToObject(r, "direction",
	                        jstr(jload(task), "/direction"));
	cJSON_AddNumberToObject(r, "attempts", n);
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
		note_used(0);
		halt_json(format("%.*s", (int)strcspn(why, ":"), why), "%s",
		          why + strcspn(why, " ") + 1);
	}
	if (old && !strcmp(old, s)) {
		note_used(0);
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
	sample = argv[3];
	list = argc > 4 ? argv[4] : NULL;
	base = argc > 5 ? argv[5] : NULL;
	stem_ = format("%s.try/", stem(draft));
}

int
main(int argc, char **argv)
{
	const char *why = NULL, *from, *none;
	cJSON *r = NULL;
	int n, ran = 0;

	options(argc, argv);
	find_tools();
	pass_on();
	for (n = 1, from = draft; ; n++, from = try_file(n, "draft.py")) {
		if (n > 1)
			debug(n);
		if ((none = halted(slurp(from, NULL)))) {
			warn("debug %s: %s", from, none);
			drop(n, 1);
			break;
		}
		check(n, from);
		r = run(n);
		ran = n;
		why = failure(n, r);
		if (!why || n == tries)
			break;
	}
	drop_later(n);
	note_used(n);
	print(r, ran, why);
	return YES;
}
