#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib.h"

/* Parses the texts it is given between NULs and runs none of them; stops
 * after the first that parses.  "ready" tells that there is an interpreter. */
static const char program[] =
	"import ast, sys\n"
	"def say(s):\n"
	"    sys.stdout.buffer.write(s.encode('utf-8', 'replace') + b'\\n')\n"
	"    sys.stdout.buffer.flush()\n"
	"say('ready')\n"
	"for text in sys.stdin.buffer.read().split(b'\\0'):\n"
	"    try:\n"
	"        ast.parse(text)\n"
	"    except SyntaxError as e:\n"
	"        why = ' '.join(str(e.msg).split())\n"
	"        say('line %s: %s' % (e.lineno or 1, why))\n"
	"    except Exception:\n"
	"        say('it is nested too deeply to be parsed')\n"
	"    else:\n"
	"        say('ok')\n"
	"        break\n";

/* A file in memory and no pipe: a child that dies early must not kill us. */
static int
input(char **text, size_t n)
{
	int fd = memfd_create("texts", MFD_CLOEXEC);
	size_t i;
	int ok = fd >= 0;

	for (i = 0; i < n && ok; i++) /* NUL between them */
		ok = put_all(fd, text[i], strlen(text[i]) + (i + 1 < n));
	if (!ok || lseek(fd, 0, SEEK_SET) < 0)
		die(SICK, "write a file in memory:");
	return fd;
}

static pid_t
parser(int in, int out)
{
	/* seconds of the processor: a busy machine changes no answer */
	struct rlimit time = {10, 11}, space = {2ul << 30, 2ul << 30};
	posix_spawn_file_actions_t move;
	const char *argv[] = {
		python(), "-I", "-S", "-Wignore", "-c", program, NULL
	};
	pid_t pid;

	posix_spawn_file_actions_init(&move);
	posix_spawn_file_actions_adddup2(&move, in, 0);
	posix_spawn_file_actions_adddup2(&move, out, 1);
	errno = posix_spawnp(&pid, argv[0], &move, NULL,
	    (char **)argv, environ);
	if (errno)
		die(errno == ENOENT || errno == EACCES ? BAD : SICK,
		    "start PYTHON: %s:", argv[0]);
	posix_spawn_file_actions_destroy(&move);
	prlimit(pid, RLIMIT_CPU, &time, NULL);
	prlimit(pid, RLIMIT_AS, &space, NULL);
	return pid;
}

static char *
answer(FILE *f)
{
	char *s = NULL;
	size_t cap = 0;
	ssize_t n = getline(&s, &cap, f);

	if (ferror(f))
		die(SICK, "read what PYTHON says:");
	if (n < 1 || s[n - 1] != '\n')
		return NULL;
	s[n - 1] = 0;
	return s;
}

size_t
first_python(char **text, size_t n, char **why)
{
	int in = input(text, n), out[2];
	char *s;
	pid_t pid;
	size_t i;
	FILE *f;
	int st;

	if (pipe2(out, O_CLOEXEC) < 0 || !(f = reading(out[0])))
		die(SICK, "open a pipe:");
	pid = parser(in, out[1]);
	close(in);
	close(out[1]);
	if (!(s = answer(f)) || strcmp(s, "ready"))
		die(BAD, "start PYTHON: %s is no Python 3", python());
	*why = NULL;
	for (i = 0; i < n && (s = answer(f)) && strcmp(s, "ok"); i++)
		if (!*why || strstr(*why, "triple-quoted"))
			*why = s; /* that text just ended too early */
	fclose(f);
	st = finished(pid);
	if (!s && st == 128 + SIGKILL)
		die(SICK, "parse Python: the parser was killed");
	if (!s)
		i = n; /* a limit of its own ended it */
	if (i < n)
		*why = NULL;
	else if (!*why)
		*why = (char *)"it is too large to be parsed";
	return i;
}

char *
syntax_error(const char *text)
{
	char *s = (char *)text, *why;

	first_python(&s, 1, &why);
	return why;
}
