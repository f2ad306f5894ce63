#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

const char *
tool_folder(void)
{
	static char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n < 0)
		die(SICK, "read /proc/self/exe:");
	self[n] = 0;
	return dirname(self);
}

void
find_tools(void)
{
	const char *path = getenv("PATH"), *dir = tool_folder();

	if (!path || !starts(path, format("%s:", dir)))
		setenv("PATH", format("%s:%s", dir,
		       path ? path : "/usr/bin:/bin"), 1);
}

const char *
python(void)
{
	const char *s = getenv("PYTHON");

	return s && *s ? s : "/usr/bin/python3";
}

pid_t
start(char *const *argv, int in, int out, int err)
{
	pid_t me = getpid(), pid = fork();

	if (pid < 0)
		die(SICK, "fork:");
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != me)
		_exit(SICK);
	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		die(SICK, "start %s:", *argv);
	execvp(*argv, argv);
	die(errno == ENOENT ? BAD : SICK, "start %s:", *argv);
}

int
finished(pid_t pid)
{
	int st;

	while (waitpid(pid, &st, 0) < 0)
		if (errno != EINTR)
			die(SICK, "wait:");
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

int
printed(const char *command, char **text)
{
	struct text t = {0};
	char b[4096];
	ssize_t n;
	FILE *f = popen(command, "re");

	if (!f)
		die(SICK, "start a shell:");
	add(&t, "");
	while ((n = TEMP_FAILURE_RETRY(read(fileno(f), b, sizeof b))) > 0)
		addn(&t, b, n);
	if (n < 0)
		die(SICK, "read what a shell says:");
	*text = t.s;
	return pclose(f);
}

void
on_stop(void (*handler)(int))
{
	static const int stops[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction a = {.sa_handler = handler}, old;
	size_t i;

	for (i = 0; i < sizeof stops / sizeof *stops; i++)
		if (sigaction(stops[i], NULL, &old) == 0
		    && old.sa_handler != SIG_IGN)
			sigaction(stops[i], &a, NULL);
}

double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

char *
timestamp(void)
{
	char s[32];
	time_t t = time(NULL);

	strftime(s, sizeof s, "%FT%TZ", gmtime(&t));
	return format("%s", s);
}
