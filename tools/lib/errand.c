#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

/* Seconds that are given to a job besides its script's, and MiB that are
 * copied in one. */
enum { GRACE = 60, COPIED = 50 };

double
errand_needs(void)
{
	double time = means("TIMEOUT", 600) + GRACE
	    + means("DISK", 4096) / COPIED;
	char **e, *name;

	setenv("MEMORY", format("%.0f", means("MEMORY", 4096)), 1);
	setenv("JOB_SECONDS", format("%.0f", time), 1);
	for (e = environ; *e; ) {
		name = format("%.*s", (int)strcspn(*e, "="), *e);
		if (ends(name, "_KEY") || ends(name, "_TOKEN"))
			unsetenv(name);
		else
			e++;
	}
	return time;
}

static void
add_quoted(struct text *t, const char *s)
{
	add(t, "'");
	for (; *s; s++)
		if (*s == '\'')
			add(t, "'\\''");
		else
			addn(t, s, 1);
	add(t, "'");
}

/* What the launcher may set, or else is what it is here. */
static void
add_default(struct text *t, const char *name)
{
	const char *s = getenv(name);

	addf(t, "[ \"$%s\" ] || %s=", name, name);
	add_quoted(t, s ? s : "");
	add(t, "\n");
}

/* All that a tool leans on that runs scripts. */
static void
add_environment(struct text *t)
{
	static const char *name[] = {"PATH", "LD_LIBRARY_PATH", "PYTHON",
		"PYTHON_BINDS", "TIMEOUT", "MEMORY", "DISK", "FILES", "OUTPUT",
		"PROCS", "SANDBOX", "RUN_USER", "SUDO_UID", NULL};
	const char **s;

	add(t, "env -i TMPDIR=\"${TMPDIR:-/tmp}\" CPUS=\"$CPUS\" GPUS=\"$GPUS\""
	    " RUN_JOBS=999");
	for (s = name; *s; s++)
		if (getenv(*s)) {
			addf(t, " %s=", *s);
			add_quoted(t, getenv(*s));
		}
}

static void
put_file(const char *name, const char *s, size_t n, int mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0 || !put_all(fd, s, n) || close(fd) < 0)
		die(SICK, "write %s:", name);
}

void
errand(const char *dir, char **argv, int out, const char *in, size_t n)
{
	char *cwd = get_current_dir_name();
	struct text t = {0};

	add(&t, "#!/bin/sh\n# A job of mlestar: run(1), OTHER MACHINES\nd=");
	add_quoted(&t, dir);
	add(&t, "\n");
	add_default(&t, "CPUS");
	add_default(&t, "GPUS");
	add(&t, "cd ");
	add_quoted(&t, need(cwd));
	add(&t, " && echo \"${NODE:-$(uname -n)}\" >\"$d/began\" || exit 111\n");
	add_environment(&t);
	add(&t, " ");
	add_quoted(&t, format("%s/%s", tool_folder(),
	    program_invocation_short_name));
	while (*++argv) {
		if (out && (!argv[1] || !strcmp(*argv, "--"))) {
			add(&t, " -o \"$d/out\"");
			out = 0;
		}
		add(&t, " ");
		add_quoted(&t, *argv);
	}
	add(&t, " <\"$d/in\" >\"$d/document\" 2>\"$d/words\"\n"
	    "echo $? >\"$d/ended.tmp\" && mv \"$d/ended.tmp\" \"$d/ended\"\n");
	put_file(format("%s/in", dir), in, n, 0600);
	put_file(format("%s/job", dir), t.s, t.n, 0700);
}
