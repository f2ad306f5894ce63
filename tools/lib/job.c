#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

void
job_means(struct job *j)
{
	double ram = (double)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

	j->python = python();
	j->seconds = means("TIMEOUT", 600);
	j->memory = means("MEMORY", ram / 2 / (1 << 20));
	j->disk = means("DISK", 4096);
	j->output = means("OUTPUT", 1024);
	j->files = means("FILES", 20000);
	j->procs = means("PROCS", 256);
	j->cpus = means("CPUS", cores());
}

/* No document: the sandbox could not be set up, or we were told to stop. */
static void
no_result(const struct outcome *o)
{
	char *words = stream_text(&o->err);

	if (o->caught) {
		scratch_end();
		cgroup_end();
		slot_end();
		signal(o->caught, SIG_DFL);
		raise(o->caught);
	}
	if (o->exit >= 0 || o->status)
		return;
	if (o->bwrap == BAD || o->bwrap == SICK) { /* our own, before bwrap */
		fputs(words, stderr);
		exit(o->bwrap);
	}
	words[strcspn(words, "\n")] = 0;
	if (!*words)
		die(SICK, "set up the sandbox: bwrap ended with %d", o->bwrap);
	die(SICK, "set up the sandbox: %s: ./configure says what to do", words);
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
