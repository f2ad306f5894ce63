/* hold FOLDER PROG [ARG...]: runs PROG unless another hold does so for FOLDER.
 *
 * The lock is on FOLDER/.lock, which names the holder; PROG and all that it
 * starts keep it.  By $DEADLINE, the time that may be worked on FOLDER in all,
 * and FOLDER/log, the time worked before, it sets $RUN_ENDS; $RUN_BEGAN is now.
 * If FOLDER is from the future, the clock was set back: then it is dated back.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
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

static struct timespec newest;
static time_t back;             /* seconds that the files are to be older */

/* One of 1970 was dated so by hand. */
static int
dated(const char *name, const struct stat *st, int type, struct FTW *at)
{
	struct timespec t[2] = {{0, UTIME_OMIT}, st->st_mtim};

	(void)at;
	if (type == FTW_NS || type == FTW_SL || !st->st_mtim.tv_sec)
		return 0;
	if (!back && later(st->st_mtim, newest))
		newest = st->st_mtim;
	t[1].tv_sec -= back;
	if (back && utimensat(AT_FDCWD, name, t, AT_SYMLINK_NOFOLLOW) < 0)
		warn("date %s back:", name);
	return 0;
}

/* What is changed from now on has to be newer than what was made; all of it is
 * moved, for what counts is the order.  The time is the file system's. */
static void
set_back(const char *folder, int lock)
{
	struct stat now, log;

	if (fstat(lock, &now) < 0 || stat(format("%s/log", folder), &log) < 0
	    || !later(log.st_mtim, now.st_mtim))
		return;
	newest = log.st_mtim;
	nftw(folder, dated, 16, FTW_PHYS);
	back = newest.tv_sec - now.st_mtim.tv_sec + 1;
	warn("look at %s: it is dated %ld s in the future: the clock was set back,"
	     " and so are its files", folder, (long)back);
	nftw(folder, dated, 16, FTW_PHYS | FTW_DEPTH);
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
	set_back(argv[1], fd);
	set_end(argv[1]);
	execvp(argv[2], argv + 2);
	die(errno == ENOENT ? BAD : SICK, "start %s:", argv[2]);
}
