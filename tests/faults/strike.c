/* strike [-ap] FILE FAULT N PROG [ARG...]: runs PROG; its N-th system call that
 * the FAULT can strike is struck, with -p each from there on.  FILE tells how
 * many there were, and which was struck.  Calls on stderr and the kernel's
 * files do not count, nor those of the loader; with -a those of all that PROG becomes and starts do.  Exits as
 * PROG does.
 *   cc -o strike tests/faults/strike.c
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SPACE = 1, IO = 2, INTR = 4, SHORT = 8, FILES = 16, PROCS = 32,
       MEMORY = 64, KILL = 128 };
enum { LOADER = 1 << 18 };      /* more than its text takes */

static const struct fault {
	const char *name;
	int bit, error;
} faults[] = {
	{"ENOSPC", SPACE, ENOSPC}, {"EIO", IO, EIO}, {"EINTR", INTR, EINTR},
	{"short", SHORT, 0}, {"EMFILE", FILES, EMFILE}, {"EAGAIN", PROCS, EAGAIN},
	{"ENOMEM", MEMORY, ENOMEM}, {"kill", KILL, 0}, {"none", 0, 0},
};

#define CHANGES (SPACE | IO | KILL)
/* path: which argument is one; none: -1, if the first is a descriptor, or -2 */
static const struct call {
	long nr;
	const char *name;
	int path, by;
} calls[] = {
#define C(name, path, by) {SYS_##name, #name, path, by}
	C(read, -1, IO | INTR), C(pread64, -1, IO | INTR),
	C(write, -1, CHANGES | INTR | SHORT), C(pwrite64, -1, CHANGES | INTR | SHORT),
	C(openat, 1, CHANGES | INTR | FILES), C(close, -1, IO),
	C(fsync, -1, IO), C(fdatasync, -1, IO), C(ftruncate, -1, CHANGES),
	C(rename, 1, CHANGES), C(renameat, 3, CHANGES), C(renameat2, 3, CHANGES),
	C(mkdir, 0, CHANGES), C(mkdirat, 1, CHANGES), C(rmdir, 0, IO | KILL),
	C(unlink, 0, IO | KILL), C(unlinkat, 1, IO | KILL),
	C(linkat, 3, CHANGES), C(symlinkat, 2, CHANGES),
	C(utimensat, 1, IO | KILL), C(copy_file_range, -1, CHANGES),
	C(sendfile, -1, CHANGES), C(newfstatat, 1, IO), C(access, 0, IO),
	C(getdents64, -1, IO), C(readlink, 0, IO), C(chdir, 0, IO),
	C(chmod, 0, IO | KILL), C(fchmod, -1, IO | KILL), C(fchown, -1, IO | KILL),
	C(flock, -1, INTR), C(fcntl, -1, INTR), C(wait4, -2, INTR),
	C(poll, -2, INTR), C(nanosleep, -2, INTR), C(clock_nanosleep, -2, INTR),
	C(pipe2, -2, FILES), C(socket, -2, FILES), C(memfd_create, -2, FILES),
	C(pidfd_open, -2, FILES),
	C(fork, -2, PROCS), C(vfork, -2, PROCS), C(clone, -2, PROCS),
	C(clone3, -2, PROCS), C(execve, 0, MEMORY),
	C(mmap, -2, MEMORY), C(brk, -2, MEMORY), C(mremap, -2, MEMORY),
};

enum { MOST = 4096 };
static struct process {
	pid_t pid;
	unsigned long loader;   /* where its code is */
	int due, error;         /* what the call under way is to return */
	long reg;               /* or the argument that was changed, and was */
	unsigned long was;
} proc[MOST];
static int procs, all, more;
static const struct fault *fault;
static long n, at;
static char struck[4096] = "nothing", program[4096];

static void
fail(const char *what)
{
	perror(what);
	exit(100);
}

/* What fd is; without one, the program. */
static char *
link_of(pid_t pid, int fd, char *b)
{
	char name[64];
	ssize_t k;

	if (fd < 0)
		snprintf(name, sizeof name, "/proc/%d/exe", (int)pid);
	else
		snprintf(name, sizeof name, "/proc/%d/fd/%d", (int)pid, fd);
	k = readlink(name, b, 4095);
	b[k < 0 ? 0 : k] = 0;
	return b;
}

static void
look(struct process *p)
{
	char name[64];
	Elf64_auxv_t a;
	FILE *f;

	snprintf(name, sizeof name, "/proc/%d/auxv", (int)p->pid);
	p->loader = 0;
	if (!(f = fopen(name, "re")))
		return;
	while (fread(&a, sizeof a, 1, f) == 1)
		if (a.a_type == AT_BASE)
			p->loader = a.a_un.a_val;
	fclose(f);
}

static struct process *
find(pid_t pid)
{
	struct process *p;

	for (p = proc; p < proc + procs; p++)
		if (p->pid == pid)
			return p;
	if (procs == MOST)
		fail("strike: too many processes");
	*p = (struct process){.pid = pid};
	procs++;
	look(p);
	return p;
}

/* What the call is about. */
static char *
object(pid_t pid, const struct call *c, const unsigned long *arg)
{
	static char b[4096];
	char name[64];
	int fd;

	*b = 0;
	if (c->path == -1) {
		link_of(pid, arg[0], b);
	} else if (c->path >= 0) {
		snprintf(name, sizeof name, "/proc/%d/mem", (int)pid);
		fd = open(name, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || pread(fd, b, 255, arg[c->path]) < 0)
			*b = 0;
		close(fd);
	}
	return b;
}

static int
counts(const struct process *p, const struct call *c, unsigned long ip,
       const unsigned long *arg)
{
	const char *what;

	if (!(c->by & fault->bit) || (ip >= p->loader && ip - p->loader < LOADER))
		return 0;
	switch (c->nr) {
	case SYS_openat:
		if (!(arg[2] & O_CREAT) && (fault->bit & (SPACE | KILL)))
			return 0;
		break;
	case SYS_fcntl:
		if (arg[1] != F_SETLKW && arg[1] != F_OFD_SETLKW)
			return 0;
		break;
	case SYS_write:
	case SYS_pwrite64:
		if (arg[0] == 2 || (fault->bit == SHORT && arg[2] < 2))
			return 0;
	}
	what = object(p->pid, c, arg);
	if (!strncmp(what, "pipe:", 5) && (fault->bit & CHANGES))
		return fault->bit == KILL;
	/* libseccomp writes the filter, into memory */
	return strncmp(what, "/proc/", 6) && strncmp(what, "/sys/", 5)
	    && strncmp(what, "/dev/", 5) && strncmp(what, "/memfd:filter", 13)
	    && (fault->bit != INTR || strncmp(what, "/etc/", 5));
}

static void
change(struct process *p, long reg, unsigned long was, unsigned long to)
{
	p->reg = reg;
	p->was = was;
	ptrace(PTRACE_POKEUSER, p->pid, reg, to);
}

/* A close closes, whatever it says. */
static void
begins(struct process *p, const struct __ptrace_syscall_info *i)
{
	unsigned long arg[6], *q = arg;
	const struct call *c;
	int k;

	for (k = 0; k < 6; k++)
		arg[k] = i->entry.args[k];
	for (c = calls; c->nr != (long)i->entry.nr; )
		if (++c == calls + sizeof calls / sizeof *calls)
			return;
	if (!counts(p, c, i->instruction_pointer, q) || ++n < at
	    || (n > at && !more))
		return;
	if (n == at)
		snprintf(struck, sizeof struck, "%s %.255s", c->name,
		         object(p->pid, c, arg));
	if (fault->bit == KILL) {
		kill(p->pid, SIGKILL);
	} else if (c->nr == SYS_brk) { /* tells of no error: all stays */
		change(p, offsetof(struct user_regs_struct, rdi), arg[0], 0);
	} else if (fault->bit == SHORT) {
		change(p, offsetof(struct user_regs_struct, rdx), arg[2],
		       arg[2] / 2);
	} else {
		p->due = 1;
		p->error = fault->error;
		if (c->nr != SYS_close)
			ptrace(PTRACE_POKEUSER, p->pid,
			       offsetof(struct user_regs_struct, orig_rax), -1L);
	}
}

static void
ends(struct process *p)
{
	if (p->due)
		ptrace(PTRACE_POKEUSER, p->pid,
		       offsetof(struct user_regs_struct, rax),
		       -(long)p->error);
	if (p->reg) /* the program trusts that it stays */
		ptrace(PTRACE_POKEUSER, p->pid, p->reg, p->was);
	p->due = p->reg = 0;
}

static int
stops(pid_t pid, int st)
{
	struct __ptrace_syscall_info i;
	struct process *p;
	char b[4096];
	int fresh = procs, sig = WSTOPSIG(st), event = st >> 16;

	p = find(pid);
	fresh = fresh < procs;
	if (event == PTRACE_EVENT_EXEC) {
		look(p);
		if (!*program)
			link_of(pid, -1, program);
		if (!all && strcmp(link_of(pid, -1, b), program)) {
			*p = proc[--procs];
			return ptrace(PTRACE_DETACH, pid, 0, 0);
		}
		sig = 0;
	} else if (sig == (SIGTRAP | 0x80)) {
		ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof i, &i);
		if (i.op == PTRACE_SYSCALL_INFO_ENTRY)
			begins(p, &i);
		else
			ends(p);
		sig = 0;
	} else if (event || (fresh && sig == SIGSTOP)) {
		sig = 0;
	}
	return ptrace(PTRACE_SYSCALL, pid, 0, sig);
}

int
main(int argc, char **argv)
{
	int c, st, status = 0;
	pid_t pid, root;
	FILE *f;

	while ((c = getopt(argc, argv, "+ap")) != -1)
		*(c == 'a' ? &all : c == 'p' ? &more : &status) = 1;
	argv += optind;
	if (argc - optind < 4 || status)
		exit(100);
	for (fault = faults; strcmp(fault->name, argv[1]); fault++)
		if (!fault->bit)
			exit(100);
	at = atol(argv[2]);
	if ((root = fork()) < 0)
		fail("strike: fork");
	if (root == 0) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
			fail("strike: trace");
		raise(SIGSTOP);
		execvp(argv[3], argv + 3);
		fail(argv[3]);
	}
	waitpid(root, &st, __WALL);
	find(root);
	if (WIFEXITED(st) || ptrace(PTRACE_SETOPTIONS, root, 0,
	    PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
	    | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL) < 0)
		fail("strike: trace");
	ptrace(PTRACE_CONT, root, 0, 0);
	while ((pid = waitpid(-1, &st, __WALL)) > 0) {
		if (WIFSTOPPED(st)) {
			stops(pid, st);
			continue;
		}
		if (pid == root)
			status = st;
		*find(pid) = proc[procs - 1];
		procs--;
	}
	if (!(f = fopen(argv[0], "we")) || fprintf(f, "%ld %s\n", n, struck) < 0
	    || fclose(f))
		fail(argv[0]);
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}
