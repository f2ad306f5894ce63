/* evaluate [-af] [-d DATA] [-l LANE] [-n TRIES] [-p PROMPTS] [-s SEED]
 *          DRAFT TASK BRIEF ROWS [LIST [BASE]]:
 * checks DRAFT, a script, for leaks, runs it, and while it fails has it
 * debugged, TRIES in all; prints the last result.
 *
 * Each try is a file in a folder beside DRAFT, made by keep, so that a kill
 * costs the try in flight: lib/try.c.  ROWS says whether scripts are scored by
 * rows that are held out; the parts of the data that they are shown then lie
 * beside it.  LIST, of the data's files, only has its time looked at.
 * -a: an ablation, which needs neither leak check nor score.  -f: the final
 * script, which sees all rows and must leave a valid submission.  If DRAFT is
 * BASE's script, BASE is the result, or with -f has its score.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-af] [-d data] [-l lane] [-n tries] [-p prompts] [-s seed]" \
              " draft task brief rows [list [base]]"

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

/* Of jobs that were to measure the script: those of the script itself are told. */
static void
add_lost(cJSON *r, const cJSON *from)
{
	cJSON *lost = jat(from, "/usage/lost"), *old = jat(r, "/usage/lost");

	if (lost && jat(r, "/usage"))
		set(jat(r, "/usage"), "lost", cJSON_CreateNumber(
		    lost->valuedouble + (old ? old->valuedouble : 0)));
}

/* The final script is measured if it is the one that it was made from; what it
 * prints is nothing to compare with that. */
static void
put_score(cJSON *r, int n)
{
	cJSON *from = ev.final ? ev.base ? jload(ev.base) : NULL
	            : jload(try_file(n, "score.json"));

	if (from && !ev.final) {
		set_score(r, jat(from, "/value"), jat(from, "/se"));
		add_lost(r, from);
	} else if (from && jopt(from, "/script") && jat(from, "/measured")
	    && !strcmp(jstr(from, "/script"), jstr(r, "/script")))
		set_score(r, jat(from, "/measured"), jat(from, "/se"));
	else
		set_score(r, NULL, NULL);
}

static void
print(cJSON *r, int n, const char *why)
{
	const char *name = getenv("KEEP_FILE");
	char *doubts = why ? NULL : try_suspect(n, r);

	if (why && !strcmp(jstr(r, "/status"), "ok")) {
		set(r, "status", cJSON_CreateString("error"));
		set(r, "reason", cJSON_CreateString(format("submission: %s", why)));
		set(r, "score", NULL);
	} else if (ev.measured && !ev.ablation && !why)
		put_score(r, n);
	if (doubts)
		set(r, "suspect", cJSON_CreateString(doubts));
	set(r, "name", cJSON_CreateString(stem(name ? name : ev.draft)));
	set(r, "direction",
	    cJSON_Duplicate(jat(jload(ev.task), "/direction"), 1));
	set(r, "attempts", cJSON_CreateNumber(n));
	jput(r);
}

/* A draft that is none, and one that was evaluated before. */
static void
pass_on(void)
{
	char *s = slurp(ev.draft, NULL);
	const char *why = halted(s);
	const char *old = ev.base ? jopt(jload(ev.base), "/script") : NULL;

	if (blank(s))
		die(BAD, "read %s: the script is empty", ev.draft);
	if (why) {
		try_note(0, 0);
		halt_json(format("%.*s", (int)strcspn(why, ":"), why), "%s",
		          why + strcspn(why, " ") + 1);
	}
	if (old && !ev.final && !strcmp(old, s)) {
		try_note(0, 0);
		jput(jload(ev.base));
		exit(YES);
	}
}

static void
options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "ad:fl:n:p:s:")) != -1)
		switch (c) {
		case 'a': ev.ablation = 1; break;
		case 'd': ev.data = optarg; break;
		case 'f': ev.final = 1; break;
		case 'l': ev.lane = optarg; break;
		case 'n': ev.most = atoi(optarg); break;
		case 'p': ev.prompts = optarg; break;
		case 's': ev.seed = optarg; break;
		default:  usage(USAGE);
		}
	argc -= optind;
	argv += optind;
	if (argc < 4 || argc > 6 || ev.most < 1 || ev.most > MOST_TRIES)
		usage(USAGE);
	ev.draft = argv[0];
	ev.task = argv[1];
	ev.brief = argv[2];
	ev.rows = argv[3];
	ev.list = argc > 4 ? argv[4] : NULL;
	ev.base = argc > 5 ? argv[5] : NULL;
	ev.stem = format("%s.try/", stem(ev.draft));
	ev.measured = !strcmp(jstr(jload(ev.rows), "/score"), "measured");
}

/* The last script of a run whose time is up: no call can mend it. */
static int
out_of_time(void)
{
	const char *folder = getenv("KEEP_RUN");

	return ev.final && ev.measured && folder && limit_reached(folder);
}

/* The final script as it was measured, on the rows that it worked on then, if
 * it does not work on all of them. */
static const char *
last_resort(int n, cJSON **r, const char *why)
{
	const char *old = format("on all rows: %s", why);

	try_check(n, ev.draft);
	*r = try_run(n, 1);
	if ((why = try_failure(n, *r)))
		return why;
	set(*r, "reason", cJSON_CreateString(old));
	return NULL;
}

int
main(int argc, char **argv)
{
	const char *why = NULL, *from, *none;
	int n, ran = 0, doubted = 0, late;
	cJSON *r = NULL;
	char *doubts;

	options(argc, argv);
	find_tools();
	pass_on();
	for (n = 1, from = ev.draft; ; n++, from = try_file(n, "draft.py")) {
		if (why)
			try_debug(n);
		if ((none = halted(slurp(from, NULL)))) {
			warn("debug %s: %s", from, none);
			try_drop(n, 1);
			break;
		}
		try_check(n, from);
		r = try_run(n, !ev.final);
		ran = n;
		why = try_failure(n, r);
		doubts = why || doubted ? NULL : try_suspect(n, r);
		if ((!why && !doubts) || n == ev.most || (why && out_of_time()))
			break;
		if (doubts && !try_doubt(doubted = n + 1, doubts))
			break;
	}
	if (why && doubted) {           /* what works, though suspect */
		ran = doubted - 1;
		r = jload(try_file(ran, "json"));
		why = try_failure(ran, r);
	}
	late = why && out_of_time();
	if (why && ev.final && ev.measured)
		why = last_resort(ran = ++n, &r, why);
	try_drop_later(doubted > n ? doubted : n);
	try_note(n, doubted);
	print(r, ran, why);
	return late ? LATE : YES;       /* with more time it can be mended */
}
