#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "lib.h"

/* The lock is for what is cut off when it did not get in whole: by then another
 * might have written behind it.  Without one, as on some file systems, it is left
 * there, and ended like what a crash cut off. */
void
append(const char *name, const char *s)
{
	int fd = open_for(name, O_RDWR | O_CREAT | O_APPEND);
	int alone = fd >= 0 && TEMP_FAILURE_RETRY(flock(fd, LOCK_EX)) == 0;
	off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	char last = '\n';
	int e;

	if (end > 0 && TEMP_FAILURE_RETRY(pread(fd, &last, 1, end - 1)) == 1
	    && last != '\n')
		s = format("\n%s", s);
	if (end >= 0 && put_all(fd, s, strlen(s)) && close(fd) == 0)
		return;
	e = errno;
	if (alone && end >= 0 && TEMP_FAILURE_RETRY(ftruncate(fd, end)) < 0)
		warn("cut %s:", name);
	errno = e;
	die(SICK, "write %s:", name);
}
