#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "lib.h"

#define MOUNT "/sys/fs/cgroup"
#define REST  "mlestar"         /* where the other processes of a v2 cgroup go */

static char *mine;
static pid_t owner;
static int v2;

static const char *
get(const char *dir, const char *file)
{
	static char b[1 << 16];

	return peek(b, sizeof b, format("%s/%s", dir, file));
}

static int
put(const char *dir, const char *file, const char *s)
{
	int fd = open(format("%s/%s", dir, file), O_WRONLY | O_CLOEXEC);
	int done = fd >= 0 && write(fd, s, strlen(s)) == (ssize_t)strlen(s);
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return done;
}

/* The number after a word; 0 if it is not there. */
static double
count(const char *s, const char *word)
{
	const char *p = strstr(s, word);

	return p ? strtod(p + strlen(word), NULL) : 0;
}

/* The folder of the cgroup that we are in, its line in /proc having this. */
static char *
ours(const char *mount, const char *key)
{
	char *p = strstr(get("/proc/self", "cgroup"), key);

	if (!p)
		return NULL;
	p += strlen(key);
	p[strcspn(p, "\n")] = 0;
	return format("%s%s", mount, strcmp(p, "/") ? p : "");
}

/* systemd alone may change what it has not handed over. */
static int
delegated(const char *dir)
{
	char b[8];

	return access("/run/systemd/system", F_OK) < 0
	    || getxattr(dir, "user.delegate", b, sizeof b) > 0
	    || getxattr(dir, "trusted.delegate", b, sizeof b) > 0;
}

/* A v2 cgroup can divide its memory only if all processes in it, we among them,
 * go to one below it; others may start meanwhile. */
static const char *
divided(char *dir)
{
	char *p, *end, *rest;
	int tries = 20;

	if (ends(dir, "/" REST))
		dir[strlen(dir) - strlen("/" REST)] = 0;
	if (strstr(get(dir, "cgroup.subtree_control"), "memory"))
		return dir;
	rest = format("%s/" REST, dir);
	while (delegated(dir) && tries--) {
		if (put(dir, "cgroup.subtree_control", "+memory"))
			return dir;
		if (errno != EBUSY || (mkdir(rest, 0755) < 0 && errno != EEXIST))
			break;
		for (p = need(strdup(get(dir, "cgroup.procs")));
		    strtol(p, &end, 10) > 0; p = end + 1) {
			*end = 0;
			put(rest, "cgroup.procs", p);
		}
	}
	return NULL;
}

static void
away(const char *path)
{
	rmdir(path);
}

void
cgroup_end(void)
{
	if (mine && getpid() == owner)
		away(mine);
	mine = NULL;
}

int
cgroup(long mib)
{
	char *bytes = format("%lld", (long long)mib << 20);
	const char *dir;

	v2 = strstr(get(MOUNT, "cgroup.controllers"), "memory") != NULL;
	dir = ours(v2 ? MOUNT : MOUNT "/memory", v2 ? "0::" : ":memory:");
	if (dir && v2)
		dir = divided((char *)dir);
	if (!dir || !(mine = own_folder(dir, REST ".", away)))
		return 0;
	owner = getpid();
	atexit(cgroup_end);
	if (!put(mine, v2 ? "memory.max" : "memory.limit_in_bytes", bytes)) {
		cgroup_end();
		return 0;
	}
	put(mine, v2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes",
	    v2 ? "0" : bytes);
	if (v2)
		put(mine, "memory.oom.group", "1");
	return 1;
}

void
cgroup_enter(pid_t pid)
{
	if (!put(mine, "cgroup.procs", format("%d", pid)) && errno != ESRCH)
		die(SICK, "enter %s:", mine);
}

int
cgroup_struck(void)
{
	return count(get(mine, v2 ? "memory.events" : "memory.oom_control"),
	             "oom_kill ") > 0;
}

int
cgroup_full(void)
{
	return v2 ? count(get(mine, "memory.events"), "oom ") > 0
	    : count(get(mine, "memory.max_usage_in_bytes"), "")
	    > 0.95 * count(get(mine, "memory.limit_in_bytes"), "");
}
