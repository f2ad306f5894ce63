/* list: every file below a folder, one line each: path, bytes and time,
 * sorted.  What a data folder is compared by.
 *	list DIR
 */
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

static void
print(const char *path, const struct stat *st, void *arg)
{
	(void)arg;
	printf("%s\t%jd\t%jd.%09ld\n", path, (intmax_t)st->st_size,
	       (intmax_t)st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
}

int
main(int argc, char **argv)
{
	if (getopt(argc, argv, "") != -1 || argc - optind != 1)
		usage("DIR");
	if (!walk(argv[optind], print, NULL))
		die(BAD, "read %s: it holds no files", argv[optind]);
	finish();
	return YES;
}
