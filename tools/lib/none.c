#include <ctype.h>
#include <dirent.h>
#include <linux/close_range.h>
#include <linux/landlock.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib.h"

/* The scratch folder: work/ and in it input -> ../in, a tree of links to the
 * data, which is so out of the watched disk; script/. */
static const char lay[] =
	"[ ! -e script ] || exit 0\n"
	"mkdir script in work/.tmp work/.tmp/home && chmod 711 . &&\n"
	"chown -R \"$1:$2\" work/.tmp && rmdir work/input && ln -s ../in work/input\n"
	"shift 2\n"
	"while [ $# != 0 ]; do case $2 in\n"
	"/work/input) cp -rs -- \"$1/.\" in ;;\n"
	"*) ln -sf -- \"$1\" \"in/${2#/work/input/}\" ;; esac; shift 2; done\n";

static const char *
scratch_of(const struct job *j)
{
	const struct bind *b = j->binds;

	while (b->from && strcmp(b->to, "/work"))
		b++;
	if (!b->from)
		die(SICK, "run without a sandbox: there is no working folder");
	return dirname(need(strdup(b->from)));
}

static void
write_script(const struct job *j)
{
	FILE *f = fopen("script/script.py", "we");

	if (!f || fwrite(j->text, 1, j->size, f) != j->size || fclose(f))
		die(SICK, "write script.py:");
}

void
lay_out(const struct job *j)
{
	const char *argv[2 * BINDS + 10] = {"sh", "-c", lay, "sh",
		format("%d", j->user->uid), format("%d", j->user->gid)};
	const struct bind *b;
	int n = 6;

	if (chdir(scratch_of(j)) < 0)
		die(SICK, "open the scratch folder:");
	umask(022);
	for (b = j->binds; b->from; b++)
		if (b->checked) {
			argv[n++] = b->from;
			argv[n++] = b->to;
		}
	if (finished(start((char *const *)argv, 0, 2, 2)))
		die(SICK, "lay out the scratch folder: see above");
	write_script(j);
}

/* How many threads the user has: the limit counts them, too. */
static long
threads(uid_t uid)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	struct stat st;
	long n = 0;

	while (d && (e = readdir(d)))
		if (isdigit((unsigned char)*e->d_name)
		    && stat(format("/proc/%s/task", e->d_name), &st) == 0
		    && st.st_uid == uid)
			n += st.st_nlink - 2;
	return n;
}

static void
allow(int rules, const char *folder, unsigned long long access)
{
	struct landlock_path_beneath_attr a = {access,
		open(folder, O_PATH | O_CLOEXEC)};

	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &a, 0);
}

/* Where the kernel has Landlock, the script can write only below the folder, as
 * in the sandbox; what the kernel knows of it grew with its versions. */
static void
write_only_below(const char *folder)
{
	int abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	                  LANDLOCK_CREATE_RULESET_VERSION), rules;
	struct landlock_ruleset_attr a = {.handled_access_fs =
		(abi > 2 ? 0x7fff : abi > 1 ? 0x3fff : 0x1fff)
		& ~(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE
		    | LANDLOCK_ACCESS_FS_READ_DIR)};

	if (abi < 1 || (rules = syscall(SYS_landlock_create_ruleset, &a,
	    sizeof a, 0)) < 0)
		return;
	allow(rules, folder, a.handled_access_fs);
	allow(rules, "/dev", a.handled_access_fs);
	syscall(SYS_landlock_restrict_self, rules, 0);
}

void
no_sandbox(const struct job *j, int status)
{
	const char *top = scratch_of(j), *work = format("%s/work", top);
	const char *script = format("%s/script/script.py", top);
	const char **env = given_environment(format("%s/.tmp", work), j->cpus);
	const char *gpus = getenv("GPUS");
	struct rlimit n;
	int i = 0;

	if (access(script, R_OK) < 0 || chdir(work) < 0)
		die(BAD, "open %s as user %s: set RUN_USER or TMPDIR:", script,
		    j->user->name);
	while (env[i])
		i++;
	if (j->gpu || (gpus && !strcmp(gpus, "none")))
		env[i] = format("CUDA_VISIBLE_DEVICES=%s",
		    j->gpu ? j->gpu + strlen("/dev/nvidia") : "");
	given_limits(j);
	n.rlim_cur = n.rlim_max = threads(getuid()) + j->procs;
	setrlimit(RLIMIT_NPROC, &n);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	write_only_below(top);
	seccomp_enter(j->cgroup);
	close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
	if (write(status, "begun", 5) < 0)
		die(SICK, "write:");
	execve(j->python, (char *[]){(char *)j->python, (char *)script, NULL},
	    (char **)env);
	perror("exec");
	_exit(127);
}
