#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib.h"

/* The parent only waits; its death, however it comes, is a SIGTERM here. */
void
guard(void)
{
	pid_t parent = getpid(), pid = fork();
	int st;

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
	if (WIFSIGNALED(st))
		raise(WTERMSIG(st));
	_exit(WIFEXITED(st) ? WEXITSTATUS(st) : SICK);
}
