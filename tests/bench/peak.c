/* peak FILE PROG [ARG...]: runs PROG and notes in FILE, a line each as it ends, the
 * most memory that each process below it had: KiB, tab, name; of Python, also that
 * of the script.
 *
 * What getrusage(2) tells of a process is that of its children and of who forked
 * it, too; VmHWM, read as it ends, is its own.  What is in a PID namespace of its
 * own is in the sandbox, a script, and not noted.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static FILE *out;

/* The value of a line of /proc/PID/status. */
static int
status(pid_t pid, const char *key, char *value, size_t size)
{
	char name[64], line[256];
	size_t n = strlen(key);
	int found = 0;
	FILE *f;

	snprintf(name, sizeof name, "/proc/%d/status", (int)pid);
	if (!(f = fopen(name, "r")))
		return 0;
	while (!found && fgets(line, sizeof line, f))
		if (!strncmp(line, key, n) && line[n] == ':') {
			snprintf(value, size, "%s", line + n + 2);
			value[strcspn(value, "\n")] = 0;
			found = 1;
		}
	fclose(f);
	return found;
}

/* The base name of the first argument that is no option. */
static const char *
script(pid_t pid)
{
	static char line[4096];
	char name[64], *s = line, *slash;
	size_t n = 0;
	FILE *f;

	snprintf(name, sizeof name, "/proc/%d/cmdline", (int)pid);
	if ((f = fopen(name, "r"))) {
		n = fread(line, 1, sizeof line - 1, f);
		fclose(f);
	}
	line[n] = 0;
	do
		s += strlen(s) + 1;
	while (s < line + n && *s == '-' && s[1]);
	if (s >= line + n)
		return "";
	return (slash = strrchr(s, '/')) ? slash + 1 : s;
}

static void
note(pid_t pid)
{
	char peak[64], tgid[64], names[64], name[64];

	if (!status(pid, "VmHWM", peak, sizeof peak)
	    || !status(pid, "Tgid", tgid, sizeof tgid) || atoi(tgid) != pid
	    || !status(pid, "NSpid", names, sizeof names) || strchr(names, '\t')
	    || !status(pid, "Name", name, sizeof name))
		return;
	fprintf(out, "%d\t%s%s%s\n", atoi(peak), name,
	    strncmp(name, "python", 6) ? "" : " ", strncmp(name, "python", 6) ? ""
	    : script(pid));
}

int
main(int argc, char **argv)
{
	int st, sig, end = 111;
	pid_t pid, first;

	if (argc < 3 || !(out = fopen(argv[1], "we")))
		return 100;
	if ((first = fork()) == 0) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		execvp(argv[2], argv + 2);
		_exit(111);
	}
	waitpid(first, &st, 0);
	ptrace(PTRACE_SETOPTIONS, first, 0, PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
	    | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXIT | PTRACE_O_TRACEEXEC);
	ptrace(PTRACE_CONT, first, 0, 0);
	while ((pid = waitpid(-1, &st, __WALL)) > 0 || errno == EINTR) {
		if (WIFEXITED(st) && pid == first)
			end = WEXITSTATUS(st);
		if (!WIFSTOPPED(st))
			continue;
		if (st >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
			note(pid);
		/* Neither what tracing brings nor a child's first stop. */
		sig = WSTOPSIG(st) == SIGTRAP || WSTOPSIG(st) == SIGSTOP ? 0
		    : WSTOPSIG(st);
		ptrace(PTRACE_CONT, pid, 0, sig);
	}
	return fclose(out) ? 111 : end;
}
