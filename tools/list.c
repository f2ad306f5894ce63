/* list: every file below a folder, one line each: path, bytes and time,
 * sorted.  What a data folder is compared by.
 *	list DIR
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

static const char *folder;
static int dir;

/* What scripts could not read is refused before there are any. */
static void
check_link(const char *path)
{
	struct stat st;
	int fd;

	if (fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) < 0
	    || !S_ISLNK(st.st_mode))
		return;
	if ((fd = beneath(dir, path, O_PATH, 0)) < 0)
		die(BAD, "read %s/%s: " OUTSIDE, folder, path);
	close(fd);
}

static void
print(const char *path, const struct stat *st, void *arg)
{
	(void)arg;
	check_link(path);
	printf("%s\t%jd\t%jd.%09ld\n", path, (intmax_t)st->st_size,
	       (intmax_t)st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
}

int
main(int argc, char **argv)
{
	if (getopt(argc, argv, "") != -1 || argc - optind != 1)
		usage("DIR");
	folder = argv[optind];
	dir = open(folder, O_PATH | O_CLOEXEC);
	if (!walk(folder, print, NULL))
		die(BAD, "read %s: it holds no files", folder);
	finish();
	return YES;
}
