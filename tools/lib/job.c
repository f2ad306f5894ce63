#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

static int
none(void)
{
	const char *s = getenv("SANDBOX");

	if (!s || blank(s))
		return 0;
	if (strcmp(s, "none"))
		die(BAD, "read SANDBOX: '%s' is neither empty nor none", s);
	warn("start a script without a sandbox: SANDBOX is none");
	return 1;
}

void
job_means(struct job *j)
{
	double ram = (double)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

	j->python = python();
	j->none = none();
	j->seconds = means("TIMEOUT", 600);
	j->memory = means("MEMORY", ram / 2 / (1 << 20));
	j->disk = means("DISK", 4096);
	j->output = means("OUTPUT", 1024);
	j->files = means("FILES", 20000);
	j->procs = means("PROCS", 256);
	j->cpus = means("CPUS", cores());
}

/* What to do about words that tell why there is no sandbox; "" if unknown. */
static const char *
hint(const char *words)
{
	char *fix;

	setenv("HINT", format("%s/lib/hint.sh", tool_folder()), 1);
	setenv("WORDS", words, 1);
	printed("exec sh \"$HINT\" \"$WORDS\" 2>/dev/null", &fix);
	fix[strcspn(fix, "\n")] = 0;
	return *fix ? format(": %s", fix) : "";
}

/* No document: the sandbox could not be set up, or we were told to stop. */
static void
no_result(const struct outcome *o)
{
	char *words = stream_text(&o->err);
	const char *fix;

	if (o->caught) {
		scratch_end();
		cgroup_end();
		queue_end();
		signal(o->caught, SIG_DFL);
		raise(o->caught);
	}
	if (o->exit >= 0 || o->status)
		return;
	words = trimmed(words);
	words[*words ? strlen(words) - 1 : 0] = 0;
	fix = hint(words);
	if (o->bwrap == BAD || o->bwrap == SICK) { /* our own, before bwrap */
		fprintf(stderr, "%s%s\n", words, fix);
		exit(o->bwrap);
	}
	if (!*words)
		die(SICK, "set up the sandbox: bwrap ended with %d", o->bwrap);
	words[strcspn(words, "\n")] = 0;
	die(SICK, "set up the sandbox: %s%s", words, fix);
}

/* An interpreter that does not start is no fault of the script. */
static void
doubt(const struct outcome *o, const struct job *j)
{
	struct job probe = *j;
	char *words = stream_text(&o->err);

	if (o->status || (o->exit != 126 && o->exit != 127
	    && !starts(words, "Python path configuration:")
	    && !starts(words, "Fatal Python error: init")))
		return;
	probe.text = "";
	probe.size = 0;
	o = supervise(&probe);
	no_result(o);
	if (o->exit == 0)
		return;
	words = stream_text(&o->err);
	words[strcspn(words, "\n")] = 0;
	die(BAD, "start %s: %s", j->python, words);
}

struct outcome *
run_job(const struct job *j)
{
	struct job job = *j;
	struct outcome *o;

	job.cgroup = cgroup(j->memory);
	o = supervise(&job);
	no_result(o);
	doubt(o, &job);
	cgroup_end();
	return o;
}
