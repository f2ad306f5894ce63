#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "lib.h"

static void
stop(struct outcome *o, const char *status, const char *reason)
{
	o->status = status;
	o->reason = reason;
}

static void
over(struct outcome *o, const struct job *j)
{
	stop(o, "memory", format("more than %ld MiB of memory", j->memory));
	if (o->memory < j->memory)
		o->memory = j->memory;
}

double
kernel_kills(void)
{
	char b[1 << 14], *p = strstr(peek(b, sizeof b, "/proc/vmstat"), "oom_kill ");

	return p ? strtod(p + 9, NULL) : 0;
}

/* What the kernel killed for want of memory, and whose memory that was. */
void
check_kills(struct outcome *o, const struct job *j)
{
	int killed = o->exit == 128 + SIGKILL || o->bwrap == 128 + SIGKILL;

	if (j->cgroup ? !cgroup_struck() : !killed || kernel_kills() == o->kills)
		return;
	if (j->cgroup && cgroup_full())
		over(o, j);
	else
		stop(o, "memory", format("the machine, or its container, ran "
		    "out of memory, below the limit of %ld MiB", j->memory));
}

/* A cgroup holds its memory by itself: then this only tells how much it is. */
static void
check_memory(struct outcome *o, const struct job *j)
{
	int apart = !j->none;
	struct usage u = {.apart = apart}, exact = {.apart = apart, .exact = 1};
	double kernel = apart ? kernel_memory(o->init) : 0;

	tree_usage(o->init, &u);
	u.memory += kernel;
	if (u.memory > j->memory && !j->cgroup) { /* pages counted many times */
		tree_usage(o->init, &exact);
		if (exact.memory > 0)
			u.memory = exact.memory + kernel;
	}
	if (u.memory > o->memory)
		o->memory = u.memory;
	if (u.cpu > o->cpu)
		o->cpu = u.cpu;
	if (u.memory > j->memory && !j->cgroup)
		over(o, j);
	check_kills(o, j);
}

static double
room(const struct job *j)
{
	struct statvfs s;

	return fstatvfs(j->work, &s) ? 0
	    : (double)s.f_bfree * s.f_frsize / (1 << 20);
}

/* What nobody can see is known by what the disk lacks; others may have taken
 * that, so there has to be a reason to think of this script. */
void
check_disk(struct outcome *o, const struct job *j)
{
	struct usage u = {.most = j->files};
	struct stat work;
	double lacks;

	if (!o->room)
		o->room = room(j);
	lacks = o->room - room(j);
	disk_usage(openat(j->work, ".", O_RDONLY | O_CLOEXEC), 0, &u);
	if (o->init && fstat(j->work, &work) == 0)
		unlinked(o->init, work.st_dev, lacks > j->disk / 2, &u);
	if (u.disk > j->disk || (u.out_of_sight && lacks > u.disk + j->disk))
		stop(o, "disk", format("more than %ld MiB on disk", j->disk));
	else if (u.files > j->files)
		stop(o, "disk", format("more than %ld files", j->files));
	else if (u.depth >= DEEPEST)
		stop(o, "disk", format("folders more than %d deep", DEEPEST));
}

/* The tree is looked at ten times a second, the disk in a fifth of the time. */
void
check_limits(struct outcome *o, const struct job *j, double t)
{
	if (t > j->seconds)
		stop(o, "timeout", format("wall-clock limit of %g s", j->seconds));
	else if (o->out.total + o->err.total > (size_t)j->output << 20)
		stop(o, "output", format("more than %ld MiB of output", j->output));
	else if (o->init && t > o->next_memory) {
		check_memory(o, j);
		o->next_memory = t + 0.1;
	} else if (t > o->next_disk) {
		double start = seconds();
		check_disk(o, j);
		o->next_disk = t + 0.2 + 5 * (seconds() - start);
	}
}
