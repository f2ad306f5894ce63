#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib.h"

static char *mine;      /* removed at exit */
static pid_t owner;

/* Removes what can be removed at once. */
static void
empty(int fd, int depth)
{
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")
		    || unlinkat(fd, e->d_name, 0) == 0)
			continue;
		if (depth)
			empty(openat(fd, e->d_name, O_RDONLY | O_DIRECTORY
			    | O_NOFOLLOW | O_CLOEXEC), depth - 1);
		unlinkat(fd, e->d_name, AT_REMOVEDIR);
	}
	closedir(d);
}

/* rm gets through trees of any depth, once it may enter their folders; but most
 * are done with before it would have started. */
void
wipe(const char *path)
{
	pid_t pid;

	empty(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), 9);
	if (rmdir(path) == 0 || errno == ENOENT)
		return;
	if ((pid = fork()) == 0) {
		execl("/bin/sh", "sh", "-c", "chmod -R u+rwx -- \"$1\" "
		    "2>/dev/null; exec rm -rf -- \"$1\"", "sh", path, NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

void
scratch_end(void)
{
	if (mine && getpid() == owner)
		wipe(mine);
	mine = NULL;
}

const char *
scratch_held(void)
{
	return mine;
}

/* A scratch folder is locked while its owner lives. */
static int
locked(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
sweep(const char *base, const char *prefix, void (*away)(const char *path))
{
	DIR *d = opendir(base);
	struct dirent *e;
	struct stat st;
	char *path;
	int fd;

	if (!d)
		return;
	while ((e = readdir(d))) {
		if (!starts(e->d_name, prefix))
			continue;
		path = format("%s/%s", base, e->d_name);
		if (lstat(path, &st) || st.st_uid != geteuid()
		    || (fd = locked(path)) < 0)
			continue;
		away(path);
		close(fd);
	}
	closedir(d);
}

char *
own_folder(const char *base, const char *prefix, void (*away)(const char *path))
{
	char *path;

	sweep(base, prefix, away);
	do { /* a sweeper may come between the making and the lock */
		path = format("%s/%sXXXXXX", base, prefix);
		if (!mkdtemp(path))
			return NULL;
	} while ((locked(path) < 0 && errno == EWOULDBLOCK)
	    || access(path, F_OK) < 0);
	return path;
}

static void
folder(const char *path, const struct user *u)
{
	if (mkdir(path, 0700) < 0)
		die(SICK, "make folder %s:", path);
	if (u->drop && chown(path, u->uid, u->gid) < 0)
		die(SICK, "give %s to user %s:", path, u->name);
}

char *
scratch_folder(const char *base, const char *prefix)
{
	char *real;

	parents(format("%s/", base));
	if (!(mine = own_folder(base, prefix, wipe)))
		die(SICK, "make folder %s/%sXXXXXX:", base, prefix);
	owner = getpid();
	atexit(scratch_end);
	if (!(real = realpath(mine, NULL)))
		die(SICK, "open %s:", base);
	return mine = real;
}

char *
scratch(const struct user *u, int *fd)
{
	const char *keep = getenv("KEEP_RUN"), *tmp = getenv("TMPDIR");
	char *work;

	work = format("%s/work", scratch_folder(keep && *keep
	    ? format("%s/scratch", keep) : tmp && *tmp ? tmp : "/tmp",
	    "mlestar-scratch."));
	folder(work, u);
	folder(format("%s/input", work), u);
	folder(format("%s/final", work), u);
	if ((*fd = open_for(work, O_RDONLY | O_DIRECTORY)) < 0)
		die(SICK, "open %s:", work);
	return work;
}
