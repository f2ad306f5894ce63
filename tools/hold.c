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
	while (TEMP_FAILURE_RETRY(flock(fd, LOCK_EX | LOCK_NB)) < 0) {
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
	if ((fd = TEMP_FAILURE_RETRY(open(lock, O_RDWR | O_CREAT, 0666))) < 0)
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
