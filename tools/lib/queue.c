#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

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
queue_end(void)
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
		die(SICK, "open %s (RUN_JOBS=0 does without, but for GPUs):", path);
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

/* The kernel lets into a line one after the other. */
int
queue_for(long line, const long *byte, int n, const char *run)
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

void
queue(const char *run)
{
	const char *ends = getenv("RUN_ENDS");

	path = format("%s/mlestar.%d.slots", place(), geteuid());
	owner = getpid();
	open_file();
	atexit(queue_end);
	if (run && ends && *ends)
		alarm_at(ends);
}

void
queue_over(const char *run)
{
	setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
	look_at_limits(run);
}
