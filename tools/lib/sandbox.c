#include <fcntl.h>
#include <glob.h>
#include <linux/close_range.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib.h"

#define LIST(...) (const char *[]){__VA_ARGS__, NULL}

static struct text args;        /* bwrap's options, each ended by NUL */
static int passed[32], npassed; /* descriptors that bwrap gets */

static void
arg(const char **list)
{
	for (; *list; list++)
		addn(&args, *list, strlen(*list) + 1);
}

static const char *
pass(int fd)
{
	passed[npassed++] = fd;
	return format("%d", fd);
}

static const char *
memory(const char *s, size_t n)
{
	int fd = memfd_create("sandbox", 0);

	if (fd < 0 || !put_all(fd, s, n) || lseek(fd, 0, SEEK_SET))
		die(SICK, "make a memory file:");
	return pass(fd);
}

/* What of the system a script sees: /usr, and what runs from there. */
static void
put_system(void)
{
	static const char *made[][2] = {
		{"/etc/passwd", "nobody:x:65534:65534:nobody:/tmp/home:/bin/false\n"},
		{"/etc/group", "nogroup:x:65534:\n"},
		{"/etc/hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n"},
		{"/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
	};
	const char **s;
	size_t i;

	arg(LIST("--ro-bind", "/usr", "/usr"));
	for (s = LIST("/bin", "/sbin", "/lib", "/lib64", "/lib32"); *s; s++) {
		char to[256] = "";
		if (readlink(*s, to, sizeof to - 1) > 0)
			arg(LIST("--symlink", to, *s));
		else
			arg(LIST("--ro-bind-try", *s, *s));
	}
	for (s = LIST("/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime",
	    "/etc/fonts", "/etc/matplotlibrc", "/etc/mime.types",
	    "/var/cache/fontconfig", "/sys/devices/system/cpu"); *s; s++)
		arg(LIST("--ro-bind-try", *s, *s));
	for (i = 0; i < sizeof made / sizeof *made; i++)
		arg(LIST("--file", memory(made[i][1], strlen(made[i][1])),
		    made[i][0]));
	arg(LIST("--proc", "/proc", "--dev", "/dev",
	    "--perms", "1777", "--size", "268435456", "--tmpfs", "/dev/shm",
	    "--perms", "1777", "--size", "536870912", "--tmpfs", "/tmp",
	    "--perms", "0700", "--dir", "/tmp/home"));
}

static void
blot(const char *path)
{
	arg(LIST("--size", "4096", "--tmpfs", path, "--remount-ro", path));
}

/* Empty folders over scikit-learn's own data, which hold the answers to the
 * bundled tasks: below prefix, its environments, and conda's store. */
static void
cover(const char *from, const char *to)
{
	const char **s;
	glob_t g = {0};
	size_t i;

	for (s = LIST("", "/lib*/python3*/*-packages",
	    "/envs/*/lib*/python3*/*-packages",
	    "/pkgs/*/lib*/python3*/*-packages"); *s; s++)
		glob(format("%s%s/sklearn/datasets/{data,images,descr}", from, *s),
		    GLOB_APPEND | GLOB_BRACE, NULL, &g);
	for (i = 0; i < g.gl_pathc; i++)
		blot(format("%s%s", to, g.gl_pathv[i] + strlen(from)));
}

/* A checkout may lie in the src folders, with its answers. */
static void
put_covers(const struct bind *b)
{
	const char **s;

	for (s = LIST("/usr/src", "/usr/local/src"); *s; s++)
		if (access(*s, F_OK) == 0)
			blot(*s);
	cover("/usr", "/usr");
	cover("/usr/local", "/usr/local");
	for (; b->from; b++)
		if (!b->writable && !b->checked)
			cover(b->from, b->to);
}

static void
put_environment(long cpus)
{
	const char **s, *equals;

	for (s = given_environment("/tmp", cpus); *s; s++) {
		equals = strchr(*s, '=');
		arg(LIST("--setenv", format("%.*s", (int)(equals - *s), *s),
		    equals + 1));
	}
}

/* bwrap starts without an environment and with its options in a file, for
 * /proc/1/environ and cmdline show inside what it was started with. */
void
sandbox(const struct job *j, int status, int gate)
{
	const struct bind *b;
	const char **argv;
	int i;

	arg(LIST("--unshare-user", "--unshare-all", "--disable-userns",
	    "--uid", "65534", "--gid", "65534", "--hostname", "sandbox",
	    "--new-session", "--die-with-parent", "--cap-drop", "ALL"));
	put_system();
	if (j->gpu)
		arg(gpu_options("", j->gpu));
	for (b = j->binds; b->from; b++) /* /work, before /work/input */
		if (b->writable)
			arg(LIST("--bind", b->from, b->to));
	for (b = j->binds; b->from; b++)
		if (!b->writable)
			arg(LIST("--ro-bind", b->from, b->to));
	put_covers(j->binds);
	if (!j->cgroup) /* what is mapped of it is shared memory, like a memfd */
		arg(LIST("--ro-bind-data", memory("", 0), "/dev/zero"));
	arg(LIST("--file", memory(j->text, j->size), SCRIPT,
	    "--chdir", "/work", "--remount-ro", "/dev", "--remount-ro", "/proc",
	    "--remount-ro", "/", "--seccomp", pass(seccomp_filter(j->cgroup)),
	    "--json-status-fd", pass(status), "--block-fd", pass(gate)));
	put_environment(j->cpus);
	given_limits(j);

	argv = LIST("bwrap", "--args", memory(args.s, args.n), "--",
	    "/usr/bin/prlimit", format("--nproc=%ld:%ld", j->procs, j->procs),
	    "--", j->python, SCRIPT);
	close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
	for (i = 0; i < npassed; i++)
		fcntl(passed[i], F_SETFD, 0);
	execve("/usr/bin/bwrap", (char **)argv, (char *[]){NULL});
	die(SICK, "start /usr/bin/bwrap:");
}
