#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

/* Seconds until what is to end is killed, and until what has no job any more is
 * to end: srun waits for ever if its slurmstepd was killed. */
enum { STOP = 10, DONE = 10 };

static volatile sig_atomic_t caught;

static void
catch(int sig)
{
	caught = sig;
}

static pid_t
launch(const char *job, const char *said)
{
	const char *what = getenv("EXECUTOR") + strlen("exec:");
	const char *slurm[] = {"sh", format("%s/lib/slurm.sh", tool_folder()),
		job, NULL};
	const char *other[] = {"sh", "-c", strchr(what, '$') ? what
		: format("%s \"$@\"", what), "sh", job, NULL};
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int fd = open(said, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	pid_t pid;

	if (null < 0 || fd < 0)
		die(SICK, "open %s:", said);
	pid = start((char **)(strcmp(getenv("EXECUTOR"), "slurm") ? other
	    : slurm), null, fd, fd);
	close(null);
	close(fd);
	return pid;
}

/* The whole group, but for this process, is the launcher. */
static void
stop(pid_t pid, struct pollfd *end)
{
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	if (poll(end, 1, STOP * 1000) <= 0)
		kill(pid, SIGKILL);
	finished(pid);
	signal(SIGTERM, catch);
}

static void NORET
interrupted(void)
{
	int s = caught;

	scratch_end();
	signal(s, SIG_DFL);
	raise(s);
	_exit(128 + s);
}

static const char *
time_is_up(const char *run)
{
	const char *end = getenv("RUN_ENDS");

	return run && end && *end && time(NULL) >= atof(end)
	     ? limit_reached(run) : NULL;
}

int
launched(const char *dir, double most, const char *run)
{
	const char *why = NULL, *began = format("%s/began", dir);
	const char *ended = format("%s/ended", dir);
	struct pollfd end = {.events = POLLIN};
	double since = 0;
	pid_t pid;

	on_stop(catch);
	pid = launch(format("%s/job", dir), format("%s/said", dir));
	end.fd = syscall(SYS_pidfd_open, pid, 0);
	while (!caught && poll(&end, 1, 1000) <= 0) {
		if (!since && access(began, F_OK) == 0)
			since = now();
		if (since && now() - since + DONE < most
		    && access(ended, F_OK) == 0)
			most = now() - since + DONE;
		if (since ? now() - since > most : !!(why = time_is_up(run)))
			break;
	}
	if (caught || why || (since && now() - since > most)) {
		stop(pid, &end);
		pid = 0;
	}
	close(end.fd);
	if (caught)
		interrupted();
	if (why)
		postpone(why);
	return pid ? finished(pid) : -1;
}
