#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* Reads a file of /proc; an empty text if the process has gone. */
static char *
proc(char *b, size_t cap, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, b, cap - 1);

	if (fd >= 0)
		close(fd);
	b[n > 0 ? n : 0] = 0;
	return b;
}

/* Shared pages counted by their share only: dear, so used in doubt only. */
static double
pss(pid_t pid)
{
	char b[4096], name[64], *p;

	snprintf(name, sizeof name, "/proc/%d/smaps_rollup", (int)pid);
	p = strstr(proc(b, sizeof b, name), "Pss:");
	return p ? strtod(p + 4, NULL) / 1024 : 0;
}

static void
stat_of(pid_t pid, struct usage *u)
{
	char b[1024], name[64], *p;
	unsigned long t[4];
	long pages;

	snprintf(name, sizeof name, "/proc/%d/stat", (int)pid);
	p = strrchr(proc(b, sizeof b, name), ')');
	if (!p || sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
	    "%lu %lu %lu %lu %*d %*d %*d %*d %*u %*u %ld",
	    &t[0], &t[1], &t[2], &t[3], &pages) != 5)
		return;
	u->cpu += (double)(t[0] + t[1] + t[2] + t[3]) / sysconf(_SC_CLK_TCK);
	u->memory += (double)pages * sysconf(_SC_PAGESIZE) / (1 << 20);
}

void
tree_usage(pid_t pid, int exact, struct usage *u)
{
	char b[4096], name[64], *p, *end;
	struct dirent *e;
	DIR *d;
	long kid;

	if (++u->processes > 5000)
		return;
	stat_of(pid, u);
	if (exact)
		u->exact += pss(pid);
	snprintf(name, sizeof name, "/proc/%d/task", (int)pid);
	if (!(d = opendir(name)))
		return;
	while ((e = readdir(d))) {
		snprintf(name, sizeof name, "/proc/%d/task/%.16s/children",
		    (int)pid, e->d_name);
		if (*e->d_name == '.')
			continue;
		for (p = proc(b, sizeof b, name); (kid = strtol(p, &end, 10)) > 0; p = end)
			tree_usage(kid, exact, u);
	}
	closedir(d);
}

void
kill_children(void)
{
	char b[4096], *p, *end;
	long kid;

	for (p = proc(b, sizeof b, "/proc/thread-self/children");
	    (kid = strtol(p, &end, 10)) > 0; p = end)
		kill(kid, SIGKILL);
}

/* Links are not followed, and the depth bounds the open folders. */
void
disk_usage(int fd, int depth, struct usage *u)
{
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	struct stat s;

	if (!d)
		return;
	if (depth > u->depth)
		u->depth = depth;
	while ((e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")
		    || fstatat(dirfd(d), e->d_name, &s, AT_SYMLINK_NOFOLLOW))
			continue;
		u->files++;
		u->disk += (double)s.st_blocks / 2048;
		if (S_ISDIR(s.st_mode) && depth < DEEPEST)
			disk_usage(openat(dirfd(d), e->d_name, O_RDONLY |
			    O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), depth + 1, u);
	}
	closedir(d);
}
