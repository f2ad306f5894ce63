#include <dirent.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "lib.h"

/* A field of a file of /proc, which is in kB, in MiB.  What is asked for begins
 * with a newline, for a process may have any name. */
static double
field(const char *text, const char *key)
{
	const char *p = strstr(text, key);

	return p ? strtod(p + strlen(key), NULL) / 1024 : 0;
}

/* Shared pages by their share is dear, so used in doubt only.  Tables of pages
 * grow without any resident page. */
double
memory_of(const char *task, const struct usage *u)
{
	char b[4096], r[4096], name[96];
	double tables;

	snprintf(name, sizeof name, "%s/status", task);
	tables = field(peek(b, sizeof b, name), "\nVmPTE:");
	if (!u->exact)
		return field(b, "\nVmRSS:") + tables
		    - (u->apart ? field(b, "\nRssShmem:") : 0);
	snprintf(name, sizeof name, "%s/smaps_rollup", task);
	peek(r, sizeof r, name);
	return field(r, "\nPss:") + tables
	    - (u->apart ? field(r, "\nPss_Shmem:") : 0);
}

/* Until the sandbox is set up the host's own folders are at these places. */
static double
in_tmpfs(pid_t init, const char *path)
{
	char *inside = format("/proc/%d/root%s", (int)init, path);
	struct stat host, st;
	struct statfs s;
	double mib = 0;

	if (stat(inside, &st) == 0 && statfs(inside, &s) == 0
	    && (stat(path, &host) < 0 || host.st_dev != st.st_dev)
	    && s.f_type == TMPFS_MAGIC) /* a name takes about 1 KiB */
		mib = (double)(s.f_blocks - s.f_bfree) * s.f_bsize / (1 << 20)
		    + (s.f_files - s.f_ffree) / 1024.0;
	free(inside);
	return mib;
}

double
kernel_memory(pid_t init)
{
	char b[4096], name[64], *p;
	double sockets;

	snprintf(name, sizeof name, "/proc/%d/net/sockstat", (int)init);
	p = strstr(peek(b, sizeof b, name), "used ");
	sockets = p ? atoi(p + 5) : 0;  /* their buffers hold up to .4 MiB */
	return in_tmpfs(init, "/tmp") + in_tmpfs(init, "/dev/shm") + sockets * .4;
}

/* Files that were seen already in this round. */
struct seen {
	dev_t dev;
	int maps;
	ino_t *inode;
	size_t n;
	struct usage *u;
};

static void
count(struct seen *s, ino_t inode, double mib)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->inode[i] == inode)
			return;
	if (s->n % 64 == 0)
		s->inode = need(reallocarray(s->inode, s->n + 64,
		    sizeof *s->inode));
	s->inode[s->n++] = inode;
	s->u->disk += mib;
	s->u->files++;
}

/* Descriptors that were sent to a socket, and not yet taken from it. */
static int
in_flight(const char *task, const char *fd)
{
	char b[4096], name[128], *p;

	snprintf(name, sizeof name, "%s/fdinfo/%.16s", task, fd);
	p = strstr(peek(b, sizeof b, name), "\nscm_fds:");
	return p ? atoi(p + 9) : 0;
}

static void
opened(struct seen *s, const char *task)
{
	char name[400];
	struct dirent *e;
	struct stat st;
	DIR *d;

	snprintf(name, sizeof name, "%s/fd", task);
	if (!(d = opendir(name)))
		return;
	while ((e = readdir(d))) {
		if (*e->d_name == '.' || fstatat(dirfd(d), e->d_name, &st, 0))
			continue;
		if (S_ISREG(st.st_mode) && !st.st_nlink && st.st_dev == s->dev)
			count(s, st.st_ino, (double)st.st_blocks / 2048);
		if (S_ISSOCK(st.st_mode))
			s->u->out_of_sight += in_flight(task, e->d_name);
	}
	closedir(d);
}

/* A line is "FROM-TO PERMS OFFSET DEVICE INODE PATH (deleted)".  There may be
 * more of the file than is mapped. */
static void
mapped(struct seen *s, const char *task)
{
	unsigned long from, to, offset, inode;
	unsigned major, minor;
	char name[96], *line = NULL;
	size_t cap = 0;
	ssize_t n;
	FILE *f;

	snprintf(name, sizeof name, "%s/maps", task);
	if (!(f = fopen(name, "re")))
		return;
	while ((n = getline(&line, &cap, f)) > 0)
		if (n > 11 && ends(line, " (deleted)\n")
		    && sscanf(line, "%lx-%lx %*s %lx %x:%x %lu", &from, &to,
		    &offset, &major, &minor, &inode) == 6
		    && makedev(major, minor) == s->dev) {
			count(s, inode, (double)(offset + to - from) / (1 << 20));
			s->u->out_of_sight++;
		}
	free(line);
	fclose(f);
}

/* Each thread may have descriptors of its own. */
static void
below(struct seen *s, pid_t pid, int depth)
{
	char b[1 << 14], name[64], *p, *end;
	struct dirent *e;
	DIR *d;
	long kid;

	snprintf(name, sizeof name, "/proc/%d/task", (int)pid);
	if (depth > 1000 || !(d = opendir(name)))
		return;
	while ((e = readdir(d))) {
		if (*e->d_name == '.')
			continue;
		snprintf(name, sizeof name, "/proc/%d/task/%.16s", (int)pid,
		    e->d_name);
		opened(s, name);
		if (s->maps)
			mapped(s, name);
		strcat(name, "/children");
		for (p = peek(b, sizeof b, name); (kid = strtol(p, &end, 10)) > 0; p = end)
			below(s, kid, depth + 1);
	}
	closedir(d);
}

void
unlinked(pid_t pid, dev_t dev, int maps, struct usage *u)
{
	struct seen s = {dev, maps, NULL, 0, u};

	below(&s, pid, 0);
	free(s.inode);
}
