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

char *
peek(char *b, size_t cap, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	ssize_t n;
	size_t have = 0;

	while (fd >= 0 && (n = read(fd, b + have, cap - 1 - have)) > 0)
		have += n;
	if (fd >= 0)
		close(fd);
	b[have] = 0;
	return b;
}

static void
cpu_of(pid_t pid, struct usage *u)
{
	char b[1024], name[64], *p;
	unsigned long t[4];

	snprintf(name, sizeof name, "/proc/%d/stat", (int)pid);
	p = strrchr(peek(b, sizeof b, name), ')');
	if (p && sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
	    "%lu %lu %lu %lu", &t[0], &t[1], &t[2], &t[3]) == 4)
		u->cpu += (double)(t[0] + t[1] + t[2] + t[3])
		    / sysconf(_SC_CLK_TCK);
}

/* Threads share memory, and the first may have ended: then it shows none. */
void
tree_usage(pid_t pid, struct usage *u)
{
	char b[1 << 14], name[64], *p, *end;
	struct dirent *e;
	DIR *d;
	double mib = 0;
	long kid;

	if (++u->processes > 5000)
		return;
	cpu_of(pid, u);
	snprintf(name, sizeof name, "/proc/%d/task", (int)pid);
	if (!(d = opendir(name)))
		return;
	while ((e = readdir(d))) {
		if (*e->d_name == '.')
			continue;
		snprintf(name, sizeof name, "/proc/%d/task/%.16s", (int)pid,
		    e->d_name);
		if (!mib)
			mib = memory_of(name, u);
		strcat(name, "/children");
		for (p = peek(b, sizeof b, name); (kid = strtol(p, &end, 10)) > 0; p = end)
			tree_usage(kid, u);
	}
	closedir(d);
	u->memory += mib;
}

void
kill_children(void)
{
	char b[4096], *p, *end;
	long kid;

	for (p = peek(b, sizeof b, "/proc/thread-self/children");
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
	while ((!u->most || u->files <= u->most) && (e = readdir(d))) {
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
