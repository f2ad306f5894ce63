#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

/* What is left when the process that was guarded was killed comes to us: bwrap,
 * killed at a bad time, leaves one that waits for it for ever. */
static void
clear_up(double patience)
{
	struct timespec nap = {0, 2000000};
	double until = now() + patience;

	for (;;) {
		if (now() >= until)
			kill_children();
		if (waitpid(-1, NULL, WNOHANG) < 0)
			return;
		nanosleep(&nap, NULL);
	}
}

/* The parent only waits; its death, however it comes, is a SIGTERM here. */
void
guard(double patience)
{
	pid_t parent = getpid(), pid;
	int st;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = fork();
	if (pid < 0)
		die(SICK, "fork:");
	if (pid == 0) {
		setpgid(0, 0);
		signal(SIGTTOU, SIG_IGN); /* we may print, if from behind */
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			exit(SICK);
		return;
	}
	while (waitpid(pid, &st, 0) < 0)
		if (errno != EINTR)
			die(SICK, "wait:");
	if (!WIFEXITED(st) || WEXITSTATUS(st))
		clear_up(patience);
	if (WIFSIGNALED(st))
		raise(WTERMSIG(st));
	_exit(WIFEXITED(st) ? WEXITSTATUS(st) : SICK);
}
