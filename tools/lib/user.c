#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

static const char *
wanted(void)
{
	const char *s = getenv("RUN_USER");

	if (!s || !*s)
		s = getenv("SUDO_UID");
	return s && *s ? s : "nobody";
}

struct user
script_user(void)
{
	struct user u = {getuid(), getgid(), "", 0};
	const char *s;
	struct passwd *p;

	if (u.uid) {
		p = getpwuid(u.uid);
		u.name = p ? need(strdup(p->pw_name)) : format("%d", u.uid);
		return u;
	}
	s = wanted();
	u.drop = 1;
	u.name = s;
	errno = 0;
	p = s[strspn(s, "0123456789")] ? getpwnam(s) : getpwuid(atoi(s));
	if (!p && errno && errno != ENOENT && errno != ESRCH)
		die(SICK, "look up RUN_USER %s:", s);
	if (!p && !isdigit((unsigned char)*s))
		die(BAD, "read RUN_USER: no user %s", s);
	u.uid = p ? p->pw_uid : (uid_t)atoi(s);
	u.gid = p ? p->pw_gid : u.uid;
	if (!u.uid)
		die(BAD, "read RUN_USER: scripts never run as root");
	return u;
}

static void
mount_at(const char *what, const char *where, const char *type, int flags)
{
	if (mount(what, where, type, flags, type ? "mode=0755" : NULL) < 0)
		die(SICK, "mount %s:", what);
}

void
expose(struct bind *b)
{
	struct stat st;
	struct bind *p;
	int fd[BINDS], n = 0;

	if (unshare(CLONE_NEWNS) < 0)
		die(SICK, "make a mount namespace as root, "
		    "so start it as an ordinary user:");
	mount_at("none", "/", NULL, MS_REC | MS_PRIVATE);
	for (p = b; p->from; p++)
		if ((fd[n++] = open_for(p->from, O_PATH)) < 0)
			die(by_errno(), "open %s:", p->name);
	mount_at("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV);
	for (p = b, n = 0; p->from; p++, n++) {
		p->from = format("/tmp/%d", n);
		fstat(fd[n], &st);
		if (S_ISDIR(st.st_mode) ? mkdir(p->from, 0755)
		    : mknod(p->from, S_IFREG | 0644, 0))
			die(SICK, "make %s:", p->from);
		mount_at(format("/proc/self/fd/%d", fd[n]), p->from, NULL,
		    MS_BIND | MS_REC);
	}
}

void
become(const struct user *u)
{
	if (setgroups(0, NULL) < 0 || setresgid(u->gid, u->gid, u->gid) < 0
	    || setresuid(u->uid, u->uid, u->uid) < 0)
		die(SICK, "become user %s:", u->name);
}
