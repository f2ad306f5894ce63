#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib.h"

int
beneath(int dir, const char *path, int flags, int resolve)
{
	struct open_how how = {.flags = flags | O_CLOEXEC,
		.resolve = resolve | RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};

	return TEMP_FAILURE_RETRY(syscall(SYS_openat2, dir, path, &how,
	                                  sizeof how));
}

static void
reachable(int dir, const char *name, const char *path)
{
	int fd = beneath(dir, path, O_PATH, 0);

	if (fd < 0 && by_errno() == SICK)
		die(SICK, "read %s/%s:", name, path);
	if (fd < 0)
		die(BAD, "read %s/%s: " OUTSIDE, name, path);
	close(fd);
}

/* Reading only does not hold a socket or a fifo back: refuse them. */
static void
check_entry(const FTSENT *e, int dir, const char *name, const char *path,
	const struct user *u)
{
	int folder = e->fts_info == FTS_D;

	switch (e->fts_info) {
	case FTS_DP:
		return;
	case FTS_SL:
	case FTS_SLNONE:
		reachable(dir, name, path);
		return;
	case FTS_F:
	case FTS_D:
		if (access(e->fts_accpath, folder ? R_OK | X_OK : R_OK) == 0)
			return;
		/* fall through */
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		if (e->fts_errno)
			errno = e->fts_errno;
		if (by_errno() == SICK)
			die(SICK, "read %s%s%s:", name, *path ? "/" : "", path);
		die(BAD, "read %s%s%s: not readable by user %s: "
		    "chmod it or set RUN_USER", name, *path ? "/" : "", path,
		    u->name);
	default:
		die(BAD, "read %s/%s: neither file nor folder", name, path);
	}
}

void
check_inputs(const struct bind *b, const struct user *u)
{
	char *root[] = {(char *)b->from, NULL};
	int dir = open_for(b->from, O_PATH);
	size_t skip = strlen(b->from);
	FTS *f = need(fts_open(root, FTS_PHYSICAL | FTS_NOCHDIR, NULL));
	FTSENT *e;
	const char *p;

	if (dir < 0)
		die(by_errno(), "open %s:", b->name);
	while ((e = fts_read(f))) {
		if (e->fts_info == FTS_DNR && e->fts_errno == EINTR) {
			e->fts_errno = 0; /* else it is told at the end again */
			fts_set(f, e, FTS_AGAIN);
			continue;
		}
		p = e->fts_path + skip;
		check_entry(e, dir, b->name, p + (*p == '/'), u);
	}
	fts_close(f);
	close(dir);
}
