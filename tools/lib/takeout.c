#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

/* Names that are safe in a shell, a Makefile and on a screen. */
static int
plain(const char *name)
{
	return *name != '.' && *name != '-' && !name[strspn(name,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789._-")];
}

/* What a script can make of a name is no failure of the system. */
static int
unfit(void)
{
	if (by_errno() == SICK)
		die(SICK, "open what the script left:");
	return -1;
}

/* Opens a plain file with one name; a fifo would block but for O_NONBLOCK. */
static int
offered(int final, const char *name, long long room)
{
	struct stat st;
	int fd = plain(name) ? beneath(final, name,
	    O_RDONLY | O_NONBLOCK | O_NOCTTY, RESOLVE_NO_SYMLINKS) : -1;

	if (fd < 0)
		return plain(name) ? unfit() : -1;
	if (fstat(fd, &st) < 0)
		die(SICK, "look at %s:", name);
	if (S_ISREG(st.st_mode) && st.st_nlink == 1
	    && st.st_size <= room)
		return fd;
	close(fd);
	return -1;
}

/* Copies fd into DIR/name, or only reads it if there is no DIR. */
static long long
copy(int fd, const char *dir, const char *name, char *hash)
{
	char b[1 << 16], *path = format("%s/%s", dir ? dir : "", name);
	int to = dir ? open_for(path, O_WRONLY | O_CREAT | O_EXCL) : -1;
	long long sum = 0;
	SHA2_CTX sha;
	ssize_t n;

	if (dir && to < 0)
		die(SICK, "open %s:", path);
	SHA256Init(&sha);
	while ((n = TEMP_FAILURE_RETRY(read(fd, b, sizeof b))) > 0) {
		SHA256Update(&sha, (uint8_t *)b, n);
		sum += n;
		if (dir && !put_all(to, b, n))
			break;
	}
	if (n || (dir && close(to) < 0))
		die(SICK, "write %s:", path);
	SHA256End(&sha, hash);
	close(fd);
	free(path);
	return sum;
}

/* Takes what there is into new; how many files. */
static int
fill_folder(int work, const char *new, long long room, char *sha)
{
	int fd, n = 0, final = beneath(work, "final",
	    O_RDONLY | O_DIRECTORY, RESOLVE_NO_SYMLINKS);
	DIR *d = final < 0 ? NULL : need(fdopendir(final));
	char hash[SHA256_DIGEST_STRING_LENGTH];
	struct dirent *e;

	if (!d)
		unfit();
	while (errno = 0, d && (e = readdir(d))) {
		if ((fd = offered(final, e->d_name, room)) < 0)
			continue;
		room -= copy(fd, new, e->d_name, hash);
		n++;
		if (!strcmp(e->d_name, "submission.csv"))
			strcpy(sha, hash);
	}
	if (errno)
		die(SICK, "read what the script left:");
	if (d)
		closedir(d);
	return n;
}

static char *half;      /* a folder that is not whole yet */

static void
drop_half(void)
{
	if (half)
		wipe(half);
}

/* A kill between the last two steps leaves no folder, but never a mix. */
const char *
takeout(int work, const char *dir, long long room, char *sha)
{
	char *new = dir ? format("%s.tmp", dir) : NULL;
	int n;

	if (!dir) {
		fill_folder(work, NULL, room, sha);
		return NULL;
	}
	parents(dir);
	wipe(new);
	if (mkdir(new, 0777) < 0)
		die(SICK, "make folder %s:", new);
	half = new;
	atexit(drop_half);
	n = fill_folder(work, new, room, sha);
	wipe(dir);
	if (!n)
		wipe(new);
	else if (rename(new, dir) < 0)
		die(SICK, "rename %s:", new);
	half = NULL;
	return n ? dir : NULL;
}
