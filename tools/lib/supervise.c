#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib.h"

static volatile sig_atomic_t caught;

static void
catch(int sig)
{
	caught = sig;
}

/* The death signal must follow the drop, which clears it; the score that
 * the kernel's memory killer goes by must precede it. */
static void NORET
child(const struct job *j, pid_t parent, int out, int err, int status, int gate)
{
	int oom = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	const struct bind *b;

	setsid();
	dup2(null, 0);
	dup2(out, 1);
	dup2(err, 2);
	if (oom >= 0 && write(oom, "1000", 4) < 0)
		warn("write oom_score_adj:");
	if (j->none && j->cgroup)
		cgroup_enter(getpid());
	if (j->none)
		lay_out(j);
	else if (j->user->drop)
		expose(j->binds);
	if (j->user->drop)
		become(j->user);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || chdir("/") < 0)
		_exit(SICK);
	for (b = j->binds; b->from; b++)
		if (b->checked)
			check_inputs(b, j->user);
	if (j->none)
		no_sandbox(j, status);
	sandbox(j, status, gate);
}

static void
pipes(struct stream *s, int *end)
{
	int p[2];

	if (pipe2(p, O_CLOEXEC) < 0)
		die(SICK, "make a pipe:");
	fcntl(p[0], F_SETFL, O_NONBLOCK);
	fcntl(p[0], F_SETPIPE_SZ, 1 << 18);
	s->fd = p[0];
	*end = p[1];
}

/* bwrap tells where the sandbox's first process is, and, only if the program
 * was started, how it ended.  While that process makes the sandbox it is put
 * into the cgroup: what takes most is that both wait for the kernel. */
static void
read_status(struct outcome *o, const struct job *j)
{
	const char *p;

	o->report.head[o->report.total < KEPT ? o->report.total : KEPT - 1] = 0;
	if (!o->init && (p = strstr(o->report.head, "\"child-pid\": "))) {
		o->init = atoi(p + 13);
		if (j->cgroup)
			cgroup_enter(o->init);
		close(o->gate);
	}
	if ((p = strstr(o->report.head, "\"exit-code\": ")))
		o->exit = atoi(p + 13);
}

/* Waits for the whole tree: its processes come to us when bwrap has gone, and
 * not all die with it: one that bwrap has just forked waits for it for ever. */
static void
attend(struct outcome *o, const struct job *j, pid_t pid, double start)
{
	int st, live = 1, children = 1, end = syscall(SYS_pidfd_open, pid, 0);
	pid_t r;

	while (children || o->out.fd >= 0 || o->err.fd >= 0
	    || o->report.fd >= 0) {
		struct stream *s[] = {&o->out, &o->err, &o->report};
		struct pollfd p[] = {{s[0]->fd, POLLIN, 0},
			{s[1]->fd, POLLIN, 0}, {s[2]->fd, POLLIN, 0},
			{live ? end : -1, POLLIN, 0}};
		poll(p, 4, live ? 20 : 2);
		for (int i = 0; i < 3; i++)
			if (p[i].revents)
				stream_read(s[i]);
		mirror_flush();
		read_status(o, j);
		while ((r = waitpid(-1, &st, WNOHANG)) > 0)
			if (r == pid) {
				live = 0;
				o->bwrap = WIFEXITED(st) ? WEXITSTATUS(st)
				    : 128 + WTERMSIG(st);
			}
		children = r == 0;
		if (live && !o->status)
			check_limits(o, j, seconds() - start);
		if (caught)
			o->status = "caught";
		if (!live || o->status)
			kill_children();
	}
	close(end);
}

struct outcome *
supervise(const struct job *j)
{
	struct outcome *o = need(calloc(1, sizeof *o));
	struct rusage ru;
	double start = seconds(), cpu;
	int out, err, status, gate[2];
	pid_t pid, self = getpid();

	o->exit = -1;
	o->memory_by = j->cgroup ? "cgroup" : "watch";
	o->kills = kernel_kills();
	pipes(&o->out, &out);
	pipes(&o->err, &err);
	pipes(&o->report, &status);
	o->out.shown = o->err.shown = 1;
	if (pipe2(gate, O_CLOEXEC) < 0)
		die(SICK, "make a pipe:");
	o->gate = gate[1];
	on_stop(catch);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if ((pid = fork()) < 0)
		die(SICK, "fork:");
	if (pid == 0)
		child(j, self, out, err, status, gate[0]);
	close(out);
	close(err);
	close(status);
	close(gate[0]);
	o->init = j->none ? pid : 0;
	attend(o, j, pid, start);
	if (j->none && o->report.total)
		o->exit = o->bwrap;
	if (!o->status)
		check_kills(o, j);
	if (!o->status)
		check_disk(o, j);
	getrusage(RUSAGE_CHILDREN, &ru);
	cpu = ru.ru_utime.tv_sec + ru.ru_stime.tv_sec
	    + (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e6;
	o->cpu = cpu > o->cpu ? cpu : o->cpu;
	if (ru.ru_maxrss / 1024.0 > o->memory)
		o->memory = ru.ru_maxrss / 1024.0;
	o->seconds = seconds() - start;
	on_stop(SIG_DFL);
	o->caught = caught;
	return o;
}
