#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

/* Bytes of a file that stays empty: who holds the lock on one has what it
 * stands for.  All runs of a user on a machine share the file. */
enum { LINE = 0, SLOT = 1000, GPU_LINE = 2000, GPU = 3000, TWICE = 100000 };

static char *path;
static int file = -1;
static pid_t owner;
static volatile sig_atomic_t rang;

static int
lock(long byte, long n, int wait)
{
	struct flock l = {.l_type = F_WRLCK, .l_start = byte, .l_len = n};

	if (fcntl(file, wait ? F_OFD_SETLKW : F_OFD_SETLK, &l) == 0)
		return 1;
	if (errno != EAGAIN && errno != EACCES && errno != EINTR)
		die(SICK, "lock %s:", path);
	return 0;
}

static void
unlock(long byte, long n)
{
	struct flock l = {.l_type = F_UNLCK, .l_start = byte, .l_len = n};

	fcntl(file, F_OFD_SETLK, &l);
}

/* The last to end removes it; of several, who can lock all of it. */
void
slot_end(void)
{
	if (file < 0 || getpid() != owner)
		return;
	unlock(0, 0);
	if (lock(0, 0, 0))
		unlink(path);
	close(file);
	file = -1;
}

/* A folder of this machine and user, else /tmp. */
static const char *
place(void)
{
	const char *s[] = {getenv("XDG_RUNTIME_DIR"),
	                   format("/run/user/%d", geteuid())};
	struct stat st;
	int i;

	for (i = 0; i < 2; i++)
		if (s[i] && *s[i] == '/' && stat(s[i], &st) == 0
		    && st.st_uid == geteuid() && access(s[i], W_OK | X_OK) == 0)
			return s[i];
	return "/tmp";
}

static void
open_file(void)
{
	struct stat st;

	if (file >= 0)
		close(file);
	file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK
	            | O_CLOEXEC, 0600);
	if (file < 0 || fstat(file, &st) < 0)
		die(SICK, "open %s (RUN_JOBS=0 does without):", path);
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid())
		die(SICK, "lock %s: it is another's", path);
}

static int
removed(void)
{
	struct stat st;

	return fstat(file, &st) < 0 || st.st_nlink == 0;
}

static void
on_alarm(int s)
{
	rang = s;
}

/* Time that is up ends the wait; from then on every second, lest a signal
 * comes just before we wait. */
static void
alarm_at(const char *ends)
{
	struct sigaction sa = {.sa_handler = on_alarm};
	struct itimerval t = {.it_interval = {1, 0}};

	sigaction(SIGALRM, &sa, NULL);
	t.it_value.tv_sec = atof(ends) - time(NULL);
	if (t.it_value.tv_sec < 1)
		t.it_value.tv_sec = 1;
	setitimer(ITIMER_REAL, &t, NULL);
}

static void
look_at_limits(const char *run)
{
	const char *why = run ? limit_reached(run) : NULL;

	rang = 0;
	if (why)
		postpone(why);
}

/* Stands in line, where the kernel lets in one after the other; the first in
 * it waits for any of n bytes. */
static int
hold(long line, const long *byte, int n, const char *run)
{
	struct timespec nap = {0, 20000000};
	int i = 0;

	while (!lock(line, 1, 1) || removed()) {
		if (rang)
			look_at_limits(run);
		if (removed())
			open_file();
	}
	while (!lock(byte[i], 1, 0)) {
		if (++i < n)
			continue;
		nanosleep(&nap, NULL);
		if (rang)
			look_at_limits(run);
		i = 0;
	}
	unlock(line, 1);
	return i;
}

static int
jobs(const struct job *j)
{
	const char *s = getenv("RUN_JOBS");
	char *end;
	long n;

	if (s && !blank(s)) {
		n = strtol(s, &end, 10);
		if (end == s || !blank(end) || n < 0 || n > 999)
			die(BAD, "read RUN_JOBS: '%s' is no whole number from 0"
			    " to 999", s);
		return n;
	}
	n = cores();
	if (means("CPUS", 0))
		n /= j->cpus > 1 ? j->cpus : 1;
	else if (n > 4)
		n = 4;
	return n < 1 ? 1 : n;
}

/* The highest first: a run that asks for few finds the low ones. */
static void
hold_slot(int n, const char *run)
{
	long *byte = need(calloc(n, sizeof *byte));
	int i;

	for (i = 0; i < n; i++)
		byte[i] = SLOT + n - i;
	hold(LINE + n, byte, n, run);
}

/* A GPU that is named twice can be held twice. */
static const char *
hold_gpu(const int *gpu, int n, const char *run)
{
	long *byte = need(calloc(n, sizeof *byte));
	int i, k;

	for (i = 0; i < n; i++)
		for (byte[i] = GPU + gpu[i], k = 0; k < i; k++)
			byte[i] += gpu[k] == gpu[i] ? TWICE : 0;
	return format("/dev/nvidia%d", gpu[hold(GPU_LINE + *gpu, byte, n, run)]);
}

void
take_slot(struct job *j, const char *run)
{
	const char *ends = getenv("RUN_ENDS");
	int *gpu, n = jobs(j), gpus = find_gpus("", &gpu);

	if (n == 0)
		return;
	path = format("%s/mlestar.%d.slots", place(), geteuid());
	owner = getpid();
	open_file();
	atexit(slot_end);
	if (run && ends && *ends)
		alarm_at(ends);
	hold_slot(n, run);
	if (gpus)
		j->gpu = hold_gpu(gpu, gpus, run);
	setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
	look_at_limits(run);
}
