/* hold FOLDER PROG [ARG...]: runs PROG unless another hold does so for FOLDER.
 *
 * The lock is on FOLDER/.lock, which names the holder; PROG and all that it
 * starts keep it.  By $DEADLINE, the time that may be worked on FOLDER in all,
 * and FOLDER/log, the time worked before, it sets $RUN_ENDS; $RUN_BEGAN is now.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "lib/lib.h"

struct span {
	double begin, end;
};

static int
earlier(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->begin > y->begin) - (x->begin < y->begin);
}

/* The seconds in which any step of the log was being made. */
static double
worked(const char *folder)
{
	char *file = format("%s/log", folder), *line, *tab;
	struct span *s = NULL, *span;
	double sum = 0, until = 0;
	size_t n = 0, i;
	struct tm t;

	if (access(file, F_OK) < 0)
		return 0;
	for (line = strtok(slurp_clean(file), "\n"); line;
	     line = strtok(NULL, "\n")) {
		memset(&t, 0, sizeof t);
		tab = strptime(line, "%Y-%m-%dT%H:%M:%SZ\t", &t);
		if (!tab || !(tab = strchr(tab, '\t')))
			continue;
		s = need(realloc(s, (n + 1) * sizeof *s));
		s[n].end = timegm(&t);
		s[n].begin = s[n].end - atof(tab);
		n++;
	}
	if (n)
		qsort(s, n, sizeof *s, earlier);
	for (i = 0; i < n; i++) {
		span = s + i;
		if (span->begin < until)
			span->begin = until;
		if (span->end > span->begin) {
			sum += span->end - span->begin;
			until = span->end;
		}
	}
	return sum;
}

static void
set_end(const char *folder)
{
	const char *s = getenv("DEADLINE");
	double seconds;

	unsetenv("RUN_ENDS");
	setenv("RUN_BEGAN", format("%.0f", (double)time(NULL)), 1);
	if (!s || blank(s))
		return;
	seconds = duration(s);
	if (!(seconds >= 0))
		die(BAD, "read DEADLINE: '%s' is no time such as 90m, 2h or 1d",
		    s);
	setenv("RUN_ENDS", format("%.0f", time(NULL) + seconds
	       - worked(folder)), 1);
}

/* Whether the holder that the lock names has ended on this machine: one that
 * was killed leaves descendants, who take a moment to end. */
static int
gone(const char *holder, const char *host)
{
	char where[256];
	long pid;

	return sscanf(holder, "process %ld on %255s", &pid, where) == 2
	    && !strcmp(where, host)
	    && access(format("/proc/%ld/exe", pid), F_OK) < 0;
}

/* Tries for so many tenths of a second. */
static int
locked(int fd, int tenths)
{
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			die(SICK, "lock:");
		if (!tenths--)
			return 0;
		usleep(100000);
	}
	return 1;
}

int
main(int argc, char **argv)
{
	char *lock, *holder;
	struct utsname u;
	int fd;

	if (argc < 3)
		usage("folder prog [arg...]");
	lock = format("%s/.lock", argv[1]);
	parents(lock);
	if ((fd = open(lock, O_RDWR | O_CREAT, 0666)) < 0)
		die(SICK, "write %s:", argv[1]);
	uname(&u);
	if (!locked(fd, 10)) {
		holder = slurp_clean(lock);
		holder[strcspn(holder, "\n")] = 0;
		if (!gone(holder, u.nodename) || !locked(fd, 100))
			die(SICK, "build %s: %s builds it now", argv[1], holder);
	}
	if (ftruncate(fd, 0) == 0)
		dprintf(fd, "process %ld on %s\n", (long)getpid(), u.nodename);
	set_end(argv[1]);
	execvp(argv[2], argv + 2);
	die(errno == ENOENT ? BAD : SICK, "start %s:", argv[2]);
}
