#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

#define FAR 3            /* standard errors from the printed score: suspect */

/* How a script that works comes to be suspect, or null: it prints a score that
 * is far better than that of the rows which it has not seen. */
char *
try_suspect(int n, const cJSON *r)
{
	const cJSON *printed = jat(r, "/score"), *se;
	cJSON *s;
	double gap;

	if (!ev.measured || ev.ablation || ev.final || !cJSON_IsNumber(printed))
		return NULL;
	s = jload(try_file(n, "score.json"));
	se = jat(s, "/se");
	gap = printed->valuedouble - jnum(s, "/value");
	if (!strcmp(jstr(jload(ev.task), "/direction"), "lower"))
		gap = -gap;
	if (!cJSON_IsNumber(se) || gap <= FAR * se->valuedouble)
		return NULL;
	return format("it printed %.6g, but scores %.6g on rows that it has not"
	              " seen (standard error %.2g)", printed->valuedouble,
	              jnum(s, "/value"), se->valuedouble);
}

/* N.draft.py: the script of the try before, looked at again for that reason. */
int
try_doubt(int n, const char *evidence)
{
	char *ask = format("%s/check-leak.md", ev.prompts);
	char *fix = format("%s/check-leak-fix.md", ev.prompts);
	char *before = try_file(n - 1, "py"), *now = try_file(n, "draft.py");
	struct command c = {{"keep", "-u", ask, "-u", fix, "-u", before}, 7};

	WORDS(&c, now, "check-leak", "-l", ev.lane, "-s", ev.seed, ask, fix, before,
	      evidence);
	command_keep(&c);
	return strcmp(slurp(before, NULL), slurp(now, NULL)) != 0;
}

/* N.draft.py: the script of the try before, mended. */
void
try_debug(int n)
{
	char *ask = format("%s/debug.md", ev.prompts);
	struct command c = {{"keep", "-u", ask, "-u", ev.brief}, 5};
	int i;

	WORDS(&c, "-u", try_file(n - 1, "py"), "-u", try_file(n - 1, "json"),
	      try_file(n, "draft.py"), "debug", "-l", ev.lane, "-n",
	      format("%d", n), "-s", ev.seed, ask, ev.brief);
	for (i = 1; i < n; i++) {
		WORDS(&c, try_file(i, "py"), try_file(i, "json"));
		if (access(try_file(i, "check.json"), F_OK) == 0)
			command_word(&c, try_file(i, "check.json"));
		if (access(try_file(i, "score.json"), F_OK) == 0)
			command_word(&c, try_file(i, "score.json"));
	}
	command_keep(&c);
}

static int
leaked(int n)
{
	const char *from = n > 1 ? try_file(n, "draft.py") : ev.draft;
	const char *to = try_file(n, "py");

	return !ev.ablation && access(to, F_OK) == 0 && access(from, F_OK) == 0
	    && strcmp(slurp(from, NULL), slurp(to, NULL));
}

/* .STEM.used: the files of the tries and the prompts that mended them.  Make
 * looks whether they are all there, and unchanged. */
void
try_note(int n, int doubted)
{
	char *file = beside(stem(ev.draft), ".", ".used");
	char *tmp = format("%s.tmp", file);
	FILE *f;
	glob_t g;
	size_t k;
	int i;

	glob(format("%s*", ev.stem), 0, NULL, &g);
	glob(format("%s.*.cmd", ev.stem), GLOB_APPEND, NULL, &g);
	glob(format("%s*.out/submission.csv", ev.stem), GLOB_APPEND, NULL, &g);
	if (!(f = fopen(tmp, "we")))
		die(SICK, "write %s:", file);
	fprintf(f, "%s ", run_name(file));
	for (k = 0; k < g.gl_pathc; k++)
		if (!ends(g.gl_pathv[k], "~") && !ends(g.gl_pathv[k], ".tmp"))
			fprintf(f, "%s ", run_name(g.gl_pathv[k]));
	if (n > 1)
		fprintf(f, "%s ", run_name(format("%s/debug.md", ev.prompts)));
	for (i = 1; i <= n; i++)
		if (leaked(i) || doubted == i)
			fprintf(f, "%s ", run_name(format("%s/check-leak-fix.md",
			        ev.prompts)));
	if (fclose(f) || rename(tmp, file) < 0) {
		unlink(tmp);
		die(SICK, "write %s:", file);
	}
}

/* What an earlier, longer evaluation left of a try, or all but its draft. */
void
try_drop(int n, int but_draft)
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

void
try_drop_later(int n)
{
	for (n++; access(try_file(n, "draft.py"), F_OK) == 0
	    || access(try_file(n, "py"), F_OK) == 0; n++)
		try_drop(n, 0);
}
