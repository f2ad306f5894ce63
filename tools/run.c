/* run [-ln] [-d DATA] [-x NAME=FILE]... [-o DIR] SCRIPT: runs a Python script
 * in a sandbox and prints its result.  -d: a folder it sees as ./input; -x:
 * FILE in place of ./input/NAME; -o: where to put what it leaves in ./final;
 * -n: it need not print a score; -l: it starts even if a limit of the run is
 * reached.  The means come by environment: see run(1).
 */
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-ln] [-d data] [-x name=file]... [-o dir] script"

static char *data, *out;
static int quiet, last;         /* no score is needed; no limit holds it up */
static char sha[65];

static void
options(int argc, char **argv)
{
	char *file, *instead[BINDS];
	int c, n = 0;

	while ((c = getopt(argc, argv, "lnd:x:o:")) != -1)
		switch (c) {
		case 'l': last = 1; break;
		case 'n': quiet = 1; break;
		case 'd': data = optarg; break;
		case 'x': instead[n++ % BINDS] = need(strdup(optarg)); break;
		case 'o': out = optarg; break;
		default:  usage(USAGE);
		}
	if (out)
		for (c = strlen(out); c > 1 && out[c - 1] == '/'; )
			out[--c] = 0;
	if (argc - optind != 1 || (n && !data) || n > BINDS)
		usage(USAGE);
	if (data)
		show_data(data);
	while (n--) {
		if (!(file = strchr(instead[n], '=')))
			usage(USAGE);
		*file++ = 0;
		show_instead(data, instead[n], file);
	}
}

/* The last line of stderr, where Python tells the error. */
static const char *
last_words(const struct outcome *o)
{
	char *s = stream_text(&o->err), *nl;
	size_t n = strlen(s);

	while (n && strchr(" \n", s[n - 1]))
		s[--n] = 0;
	nl = strrchr(s, '\n');
	s = nl ? nl + 1 : s;
	n = strlen(s);
	if (n > 200)
		return format(": %.*s ...", (int)uncut(s, 200), s);
	return n ? format(": %s", s) : "";
}

static void
judge(struct outcome *o)
{
	const struct score *s = &o->out.score;

	if (o->status)
		o->exit = 128 + SIGKILL;
	else if (o->exit > 128 && o->exit < 128 + NSIG) {
		o->status = "killed";
		o->reason = format("signal %d, %s", o->exit - 128,
		    strsignal(o->exit - 128));
	} else if (o->exit) {
		o->status = "error";
		o->reason = format("exit status %d%s", o->exit, last_words(o));
	} else if (!quiet && (!s->lines || isnan(s->value))) {
		o->status = "no-score";
		o->reason = s->lines ? "the last score is no finite number"
		    : "no line \"" MARKER ": NUMBER\" on stdout";
	}
}

/* A disk that others filled is no fault of the script. */
static void
check_room(const struct outcome *o, const struct job *j)
{
	struct usage u = {0};
	struct statvfs fs;

	if (!o->status || fstatvfs(j->work, &fs) < 0 || fs.f_bavail > 8)
		return;
	disk_usage(openat(j->work, ".", O_RDONLY | O_CLOEXEC), 0, &u);
	if (u.disk < 1)
		die(SICK, "run the script: the disk is full");
}

static void
put(cJSON *j, const char *key, const char *s)
{
	if (s)
		cJSON_AddStringToObject(j, key, s);
	else
		cJSON_AddNullToObject(j, key);
}

static double
thousandths(double v)
{
	return (long long)(v * 1000) / 1000.0;
}

static cJSON *
result(const struct outcome *o, const struct job *j, const char *folder)
{
	const struct score *s = &o->out.score;
	cJSON *r = cJSON_CreateObject(), *u;

	put(r, "status", o->status ? o->status : "ok");
	if (o->reason)
		put(r, "reason", o->reason);
	if (j->none)
		put(r, "sandbox", "none");
	if (!o->status && s->lines && !isnan(s->value))
		cJSON_AddNumberToObject(r, "score", s->value);
	else
		put(r, "score", NULL);
	cJSON_AddNumberToObject(r, "exit", o->exit);
	cJSON_AddNumberToObject(r, "signal",
	    o->exit > 128 && o->exit < 128 + NSIG ? o->exit - 128 : 0);
	put(r, "stdout", stream_text(&o->out));
	put(r, "stderr", stream_text(&o->err));
	put(r, "script", clean(j->text, j->size));
	put(r, "predictions", *sha ? sha : NULL);
	put(r, "out", folder ? run_name(folder) : NULL);
	u = cJSON_AddObjectToObject(r, "usage");
	cJSON_AddNumberToObject(u, "seconds", thousandths(o->seconds));
	cJSON_AddNumberToObject(u, "cpu_seconds", thousandths(o->cpu));
	cJSON_AddNumberToObject(u, "rss_mb", (long)o->memory);
	put(u, "memory_by", o->memory_by);
	return r;
}

int
main(int argc, char **argv)
{
	pid_t parent = getppid();
	struct user user = script_user();
	struct job j = {.binds = binds, .user = &user};
	struct outcome *o;
	const char *folder = NULL, *run = getenv("KEEP_RUN"), *why;
	char *work;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		return SICK;
	job_means(&j);
	if (!elsewhere())
		j.python = show_python(j.python);
	options(argc, argv);
	if (run && !last && (why = limit_reached(run)))
		postpone(why);
	if (elsewhere())
		go_elsewhere(argv, out, last ? NULL : run);
	j.text = slurp(argv[optind], &j.size);
	guard(0);
	take_slot(&j, last ? NULL : run);
	work = scratch(&user, &j.work);
	show(work, "/work")->writable = 1;

	o = run_job(&j);
	judge(o);
	check_room(o, &j);
	if (o->exit == 0)
		folder = takeout(j.work, out, (long long)j.disk << 20, sha);
	else if (out)
		wipe(out);
	jput(result(o, &j, folder));
	return YES;
}
