#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib.h"

/* Refused.  No limit counts what SysV objects hold. */
static const char *refused[] = {
	"mount", "umount2", "pivot_root", "unshare", "setns", "chroot",
	"open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick",
	"mount_setattr", "keyctl", "add_key", "request_key", "ptrace",
	"process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "bpf",
	"perf_event_open", "userfaultfd", "name_to_handle_at",
	"open_by_handle_at", "fanotify_init", "quotactl", "quotactl_fd",
	"kexec_load", "kexec_file_load", "init_module", "finit_module",
	"delete_module", "reboot", "swapon", "swapoff", "acct", "settimeofday",
	"clock_settime", "clock_settime64", "clock_adjtime", "adjtimex",
	"sethostname", "setdomainname", "syslog", "vhangup", "personality",
	"shmget", "semget", "msgget", "iopl", "ioperm", "modify_ldt", "uselib", "ustat", "sysfs",
	"mknod", NULL
};

/* Absent, as on an older kernel, so that libraries take another way. */
static const char *absent[] = {
	"clone3", "io_uring_setup", "io_uring_enter", "io_uring_register",
	"io_setup", "memfd_secret", "inotify_init", "inotify_init1", NULL
};

static void
rule(scmp_filter_ctx c, int error, int call)
{
	if (call != __NR_SCMP_ERROR
	    && seccomp_rule_add(c, SCMP_ACT_ERRNO(error), call, 0) < 0)
		die(SICK, "make the system call filter: call %d", call);
}

static void
rule_if(scmp_filter_ctx c, int error, int call, struct scmp_arg_cmp arg)
{
	if (seccomp_rule_add(c, SCMP_ACT_ERRNO(error), call, 1, arg) < 0)
		die(SICK, "make the system call filter: call %d", call);
}

/* The kernel looks at 32 bits of these arguments, the filter at 64. */
static void
arguments(scmp_filter_ctx c)
{
	static const unsigned long space[] = {
		CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
		CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, 0
	};
	const unsigned long *f, low = 0xffffffff;

	for (f = space; *f; f++)
		rule_if(c, EPERM, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, *f, *f));
	rule_if(c, EPERM, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, low, TIOCSTI));
	rule_if(c, EPERM, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, low, TIOCLINUX));
	/* these hold back, or watch, who opens the data */
	rule_if(c, EPERM, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_MASKED_EQ, low, F_SETLEASE));
	rule_if(c, EPERM, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_MASKED_EQ, low, F_NOTIFY));
}

/* Unix 1, inet 2, inet6 10, netlink 16: a network namespace holds these.  Of
 * rare protocols, beyond UDP's 17 and but for the routes of netlink, the kernel
 * would load the modules. */
static void
sockets(scmp_filter_ctx c)
{
	int family, call[] = {SCMP_SYS(socket), SCMP_SYS(socketpair)};
	size_t i;

	for (i = 0; i < 2; i++) {
		rule_if(c, EAFNOSUPPORT, call[i], SCMP_A0(SCMP_CMP_GT, 16));
		for (family = 0; family < 16; family++)
			if (family != 1 && family != 2 && family != 10)
				rule_if(c, EAFNOSUPPORT, call[i], SCMP_A0(SCMP_CMP_EQ, family));
		rule_if(c, EPROTONOSUPPORT, call[i], SCMP_A2(SCMP_CMP_GT, 17));
		if (seccomp_rule_add(c, SCMP_ACT_ERRNO(EPROTONOSUPPORT), call[i], 2,
		    SCMP_A0(SCMP_CMP_EQ, 16), SCMP_A2(SCMP_CMP_NE, 0)) < 0)
			die(SICK, "make the system call filter: netlink");
	}
}

/* A core limit of 1 is what keeps cores from the host's handler. */
static void
core_limit(scmp_filter_ctx c)
{
	unsigned long low = 0xffffffff;

	rule_if(c, EPERM, SCMP_SYS(setrlimit),
	    SCMP_A0(SCMP_CMP_MASKED_EQ, low, RLIMIT_CORE));
	if (seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 2,
	    SCMP_A1(SCMP_CMP_MASKED_EQ, low, RLIMIT_CORE),
	    SCMP_A2(SCMP_CMP_NE, 0)) < 0)
		die(SICK, "make the system call filter: prlimit64");
}

/* Memory that may be in nobody's resident size: only a cgroup counts it. */
static void
without_cgroup(scmp_filter_ctx c)
{
	unsigned long shared = MAP_SHARED | MAP_ANONYMOUS;

	rule(c, ENOSYS, SCMP_SYS(memfd_create));
	rule_if(c, EPERM, SCMP_SYS(mmap),
	    SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_TYPE | MAP_ANONYMOUS, shared));
}

static scmp_filter_ctx
filter(int cgroup)
{
	scmp_filter_ctx c = need(seccomp_init(SCMP_ACT_ALLOW));
	const char **s;
	int call;

	seccomp_attr_set(c, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS));
	seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (s = refused; *s; s++)
		rule(c, EPERM, seccomp_syscall_resolve_name(*s));
	for (s = absent; *s; s++)
		rule(c, ENOSYS, seccomp_syscall_resolve_name(*s));
	if (!cgroup)
		without_cgroup(c);
	for (call = 463; call < 512; call++) /* newer than this list */
		rule(c, ENOSYS, call);
	arguments(c);
	sockets(c);
	core_limit(c);
	return c;
}

void
seccomp_enter(int cgroup)
{
	seccomp_load(filter(cgroup));
}

int
seccomp_filter(int cgroup)
{
	scmp_filter_ctx c = filter(cgroup);
	int fd = memfd_create("filter", 0);

	if (fd < 0 || seccomp_export_bpf(c, fd) < 0 || lseek(fd, 0, SEEK_SET))
		die(SICK, "make the system call filter:");
	return fd;
}
