/* keep [-q] [-p PLACE] [-u INPUT]... FILE PROG [ARG...]:
 * FILE becomes what PROG prints, if that differs.
 *
 * The command is left in .FILE.cmd beside it, dated when PROG began, with the
 * hash of what it printed.  With -u nothing is run if FILE is there, its
 * command is the same and no INPUT is newer.  -p tells make's progress.
 * With -q nothing is noted of a look that found nothing new.  A PROG that was
 * postponed (75) is not done: FILE stays as it is, or with -p, if it is not
 * there, says so.
 */
#include <fcntl.h>
#include <libgen.h>
#include <sha2.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-q] [-p place] [-u input]... file prog [arg...]"

static const char *root;        /* the run's folder, or null at a shell */
static char *tmp, *cmdtmp;      /* what FILE and its .cmd are written as */

/* All of s, with every FROM replaced by TO. */
static char *
replace(const char *s, const char *from, const char *to)
{
	struct text t = {0};
	const char *p;

	for (; (p = strstr(s, from)); s = p + strlen(from)) {
		addn(&t, s, p - s);
		add(&t, to);
	}
	add(&t, s);
	return t.s;
}

/* The command as it is stored: relative to the run, so that a run can be
 * copied, and to where mlestar is; without quotes, as make has it after taking
 * out its own. */
static char *
command(char **argv)
{
	struct text t = {0};
	char *s;

	for (; *argv; argv++)
		addf(&t, "%s%s", *argv, argv[1] ? " " : "");
	s = replace(t.s, "'", "");
	for (t.s = s; (t.s = strchr(t.s, '\n'));)
		*t.s = ' ';
	s = replace(s, format("%s/prompts/", dirname(need(strdup(tool_folder())))),
	            "prompts/");
	if (!root)
		return s;
	s = replace(s, format("%s/", root), "");
	return replace(s, format("%s/", dirname(need(strdup(root)))), "../");
}

static char *
hash(const char *s, size_t n)
{
	char *hex = need(malloc(SHA256_DIGEST_STRING_LENGTH));

	SHA256Data((const uint8_t *)s, n, hex);
	hex[16] = 0;
	return hex;
}

static int
run(const char *out, char **argv)
{
	int fd = open_for(out, O_WRONLY | O_CREAT | O_TRUNC);

	if (fd < 0)
		die(SICK, "open %s:", out);
	return finished(start(argv, 0, fd, 2));
}

/* Equal, but for what varies from run to run. */
static int
same(const char *name, const char *s, size_t n, const char *t, size_t m)
{
	cJSON *a, *b;

	if (n == m && memcmp(s, t, n) == 0)
		return 1;
	if (!ends(name, ".json"))
		return 0;
	a = cJSON_Parse(s);
	b = cJSON_Parse(t);
	if (!cJSON_IsObject(a) || !cJSON_IsObject(b))
		return 0;
	cJSON_DeleteItemFromObjectCaseSensitive(a, "usage");
	cJSON_DeleteItemFromObjectCaseSensitive(b, "usage");
	return cJSON_Compare(a, b, 1);
}

/* The hash noted in FILE's .cmd, "" if there is none. */
static const char *
noted(const char *cmdfile)
{
	char *s, *p;

	if (!exists(cmdfile, NULL))
		return "";
	s = slurp(cmdfile, NULL);
	s[strcspn(s, "\n")] = 0;
	return (p = strrchr(s, '#')) ? p + 2 : "";
}

static int
is_noted(const char *cmdfile, const char *cmd, const char *sum)
{
	return exists(cmdfile, NULL) && !strcmp(slurp(cmdfile, NULL),
	                                         format("%s # %s\n", cmd, sum));
}

static int
newer(const char *name, const struct stat *than)
{
	struct stat st;

	return !exists(name, &st) || later(st.st_mtim, than->st_mtim);
}

static int
fresh(const char *file, const char *cmdfile, const char *cmd, char **inputs)
{
	struct stat st;

	if (!exists(file, NULL) || !exists(cmdfile, &st)
	    || !starts(slurp(cmdfile, NULL), format("%s # ", cmd)))
		return 0;
	for (; *inputs; inputs++)
		if (newer(*inputs, &st))
			return 0;
	return 1;
}

/* A document that put_off() left. */
static int
put_off_before(const char *s)
{
	const char *status = *s == '{' ? jopt(cJSON_Parse(s), "/status") : NULL;

	return starts(s, "# mlestar: postponed: ")
	    || (status && !strcmp(status, "postponed"));
}

/* The step is stale, but what was asked before its last making is still told
 * from what was asked since. */
static void
age(const char *cmdfile)
{
	struct timespec t[2] = {{0}};

	if (exists(cmdfile, NULL) && utimensat(AT_FDCWD, cmdfile, t, 0) < 0)
		die(SICK, "write %s:", cmdfile);
}

/* FILE becomes TMP if that differs; a person's edit is kept as FILE~. */
static char *
settle(const char *file, const char *cmdfile)
{
	size_t n, m;
	char *s, *new = slurp(tmp, &n);

	if (exists(file, NULL)) {
		s = slurp(file, &m);
		if (same(file, new, n, s, m)) {
			unlink(tmp);
			return hash(s, m);
		}
		if (strcmp(noted(cmdfile), hash(s, m)) && !put_off_before(s)) {
			warn("replace %s: it was edited; the edit is kept as %s~",
			     file, file);
			if (rename(file, format("%s~", file)) < 0)
				die(SICK, "rename %s:", file);
		}
	}
	if (rename(tmp, file) < 0)
		die(SICK, "rename %s:", tmp);
	return hash(new, n);
}

/* Writes the command; its time is that of the file made when it began. */
static void
note(const char *cmd, const char *sum, int fd)
{
	char *s = format("%s # %s\n", cmd, sum);
	struct timespec t[2];
	struct stat st;

	if (fstat(fd, &st) < 0 || !put_all(fd, s, strlen(s)))
		die(SICK, "write %s:", cmdtmp);
	t[0] = t[1] = st.st_mtim;
	if (futimens(fd, t) < 0 || close(fd) < 0)
		die(SICK, "write %s:", cmdtmp);
}

/* A FILE that was postponed is there for those who wait for it, but not made:
 * it has no .cmd. */
static void
put_off(const char *file, const char *cmdfile)
{
	if (exists(file, NULL) && !put_off_before(slurp_clean(file)))
		return;
	age(cmdfile);
	if (rename(tmp, file) < 0)
		die(SICK, "rename %s:", tmp);
}

/* A line in the run's log: when, what, seconds, exit status, command.  It and
 * the .cmd are there both or not at all: a kill of make's process group, or
 * what make's end brings, does not come between. */
static void
record(const char *file, double seconds, int status, const char *cmd,
       const char *cmdfile)
{
	sigset_t all;

	if (root) {
		sigfillset(&all);
		sigprocmask(SIG_BLOCK, &all, NULL);
		setpgid(0, 0);
		append(format("%s/log", root), format("%s\t%s\t%.2f\t%d\t%s\n",
		       timestamp(), file, seconds, status, cmd));
	}
	if (!status && rename(cmdtmp, cmdfile) < 0)
		die(SICK, "write %s:", cmdfile);
}

static void
tell(const char *place, const char *event, const char *what)
{
	if (!place)
		return;
	printf("@%s %s %s\n", event, place, what);
	finish();
}

/* Nothing half-written is left; of a step that ended well this is gone. */
static void
tidy(void)
{
	unlink(tmp);
	unlink(cmdtmp);
}

static void
stop(int sig)
{
	tidy();
	signal(sig, SIG_DFL);
	raise(sig);
}

int
main(int argc, char **argv)
{
	char *file, *cmdfile, *cmd, *name, **inputs, *place = NULL, *sum;
	int c, fd, st, nin = 0, quiet = 0, seen;
	const char *last = argv[argc - 1];
	struct stat old;
	double t0 = now();

	inputs = need(calloc(argc + 1, sizeof *inputs));
	while ((c = getopt(argc, argv, "+p:qu:")) != -1)
		switch (c) {
		case 'p': place = optarg; break;
		case 'q': quiet = 1; break;
		case 'u': inputs[nin++] = optarg; break;
		default:  usage(USAGE);
		}
	argv += optind;
	if (argc - optind < 2)
		usage(USAGE);

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	root = getenv("KEEP_RUN");
	file = *argv++;
	name = root && starts(file, format("%s/", root))
	     ? file + strlen(root) + 1 : file;
	tmp = beside(file, "", ".tmp");
	cmdfile = beside(file, ".", ".cmd");
	cmdtmp = beside(cmdfile, "", ".tmp");
	cmd = command(argv);
	if (nin && fresh(file, cmdfile, cmd, inputs))
		return YES;

	find_tools();
	setenv("KEEP_FILE", name, 1);
	parents(file);
	fd = open_for(cmdtmp, O_WRONLY | O_CREAT | O_TRUNC);
	if (fd < 0)
		die(SICK, "write %s:", cmdfile);
	atexit(tidy);
	on_stop(stop);
	tell(place, "begin", format("%s %s", *argv, name));
	st = run(tmp, argv);
	if (!st) {
		sum = settle(file, cmdfile);
		seen = quiet && is_noted(cmdfile, cmd, sum);
		if (seen && exists(cmdfile, &old) && !newer(last, &old))
			return YES;
		note(cmd, sum, fd);
		if (seen && rename(cmdtmp, cmdfile) < 0)
			die(SICK, "write %s:", cmdfile);
		if (seen)
			return YES;
	}
	if (st == LATE && place)
		put_off(file, cmdfile);
	record(name, now() - t0, st, cmd, cmdfile);
	tell(place, "end", format("%s %s %d %.1f", *argv, name, st, now() - t0));
	return st == LATE && place ? YES : st;
}
