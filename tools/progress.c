/* progress RUN PROG [ARG...]: runs PROG, make at work on RUN, and shows what
 * its keeps tell: a line a step, with its place, what came of it and how long
 * it took, and on a terminal a last line with what runs now.
 *
 * Exits as PROG does.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "lib/lib.h"

enum { JOBS = 256, WIDTH = 34 };

static const char *run;
static const char *metric = "score";
static const char *old_model; /* what the run was made by, if not this one */
static cJSON *best;
static int terminal, steps, postponed;
static volatile sig_atomic_t stopped;
static char *running[JOBS];

static void
look(const char *file)
{
	char *s = slurp(file, NULL);
	cJSON *r = cJSON_Parse(s);

	if (cJSON_IsObject(r) && scored(r) && jopt(r, "/direction")
	    && (!best || better(r, best)))
		best = r;
	else
		cJSON_Delete(r);
	free(s);
}

/* The best score among the results that are there already. */
static int
visit(const char *path, const struct stat *st, int type, struct FTW *w)
{
	(void)st;
	if (type == FTW_D && (ends(path, ".try") || ends(path, "/chat")
	    || ends(path, "/scratch") || ends(path, "/in")))
		return FTW_SKIP_SUBTREE;
	if (type == FTW_F && ends(path, ".json") && w->level > 1)
		look(path);
	return FTW_CONTINUE;
}

static void
learn_metric(void)
{
	char *file = format("%s/task.json", run);
	const char *name;

	if (access(file, R_OK) == 0
	    && (name = jopt(cJSON_Parse(slurp(file, NULL)), "/metric")))
		metric = name;
}

static const char *
this_model(void)
{
	const char *model = getenv("MODEL");

	return model && *model ? model : "playbook";
}

/* The model that replied last if this one never did, else null. */
static const char *
other_model(void)
{
	char *file = format("%s/ledger.jsonl", run), *line;
	const char *model, *last = NULL;
	cJSON *call;

	if (access(file, R_OK) < 0)
		return NULL;
	for (line = strtok(slurp_clean(file), "\n"); line;
	     line = strtok(NULL, "\n")) {
		call = cJSON_Parse(line);
		model = jopt(call, "/model");
		if (!model || !jopt(call, "/chat"))
			continue;
		if (!strcmp(model, this_model()))
			return NULL;
		last = model;
	}
	return last;
}

/* What make is told to come to this run: TASK=foo RUN=bar. */
static char *
settings(void)
{
	char *name = need(strdup(run)), *slash = strrchr(name, '/');
	const char *task;

	if (!slash)
		return format("RUN=%s", name);
	*slash = 0;
	task = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
	return format("TASK=%s%s%s", task, strcmp(slash + 1, "run")
	              ? " RUN=" : "", strcmp(slash + 1, "run") ? slash + 1 : "");
}

static void
tell_model(void)
{
	if (old_model)
		printf("What is there was made by model %s and stands: a new"
		       " model makes nothing stale.\nTo have all of it by %s:"
		       " RUN=name makes a run beside it; make clean %s removes"
		       " this one.\n", old_model, this_model(), settings());
}

static void
begin_run(void)
{
	if (steps++)
		return;
	printf("%s: model %s%s\n", run, this_model(),
	       strcmp(this_model(), "playbook") ? ""
	       : " (a rule book, no language model)");
	tell_model();
	nftw(run, visit, 16, FTW_PHYS | FTW_ACTIONRETVAL);
	learn_metric();
}

/* The first words of a plan or a summary; the names of models. */
static char *
gist(const char *text, const cJSON *models)
{
	struct text t = {0};
	const cJSON *m;

	add(&t, "");
	cJSON_ArrayForEach(m, models)
		if (jopt(m, "/model_name"))
			addf(&t, "%s%s", t.n ? ", " : "", jopt(m, "/model_name"));
	if (!models && *text != '#')
		addn(&t, text, strcspn(text, "\n"));
	if (t.n > WIDTH) {
		for (t.n = WIDTH - 3; (t.s[t.n] & 0xc0) == 0x80; t.n--)
			;
		strcpy(t.s + t.n, "...");
	}
	return tame(t.s);
}

/* What came of a step, in words. */
static const char *
outcome(const char *name, int status)
{
	char *file = format("%s/%s", run, name), *s;
	const char *why, *out;
	cJSON *r, *score;
	size_t n;

	if (status && status != LATE)
		return format("failed (%d)", status);
	if (ends(name, "task.json"))
		learn_metric();
	if (access(file, R_OK) < 0)
		return "";
	s = slurp(file, &n);
	r = ends(name, ".json") ? cJSON_Parse(s) : NULL;
	why = r ? halted_json(r) : halted(s);
	score = jat(r, "/score");
	if (why)
		out = gist(why, NULL);
	else if (ends(name, ".md") || cJSON_IsArray(r))
		out = gist(s, r);
	else if (cJSON_IsNumber(score) && best)
		out = format("%s %.6g  (best %.6g)", metric,
		             score->valuedouble, jnum(best, "/score"));
	else
		out = cJSON_IsNumber(score) ? format("%s %.6g", metric,
		                                     score->valuedouble) : "";
	cJSON_Delete(r);
	free(s);
	return out;
}

static void
show_running(void)
{
	struct text t = {0};
	struct winsize w;
	int i, width = 80;

	if (!terminal)
		return;
	if (ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col)
		width = w.ws_col;
	add(&t, "");
	for (i = 0; i < JOBS; i++)
		if (running[i])
			addf(&t, "%s%s", t.n ? ", " : "  running: ", running[i]);
	printf("\r\033[K%.*s", width - 1, t.s);
	fflush(stdout);
}

static void
clear_line(void)
{
	if (terminal)
		fputs("\r\033[K", stdout);
}

static void
event(char *line)
{
	char place[32], tool[64], name[4096], *what;
	int i, status = 0;
	double seconds = 0;

	if (sscanf(line, "@begin %31s %63s %4095s", place, tool, name) == 3) {
		begin_run();
		for (i = 0; i < JOBS - 1 && running[i]; i++)
			;
		running[i] = format("%s %s", tool, stem(name));
		return;
	}
	if (sscanf(line, "@end %31s %63s %4095s %d %lf", place, tool, name,
	           &status, &seconds) != 5)
		return;
	postponed += status == LATE;
	what = format("%s %s", tool, stem(name));
	for (i = 0; i < JOBS; i++)
		if (running[i] && !strcmp(running[i], what)) {
			running[i] = NULL;
			break;
		}
	if (!strcmp(tool, "evaluate")
	    && access(format("%s/%s", run, name), R_OK) == 0)
		look(format("%s/%s", run, name));
	i = strcspn(place, "/");
	clear_line();
	printf("  [%*.*s%s] %-13s %-14s %s%s\n",
	       (int)strlen(place + i) - 1, i, place, place + i, tool,
	       stem(name), outcome(name, status),
	       seconds < 0.5 ? "" : format("  %.0f s", seconds));
}

/* A complaint, for a bug report; it is no matter if that fails. */
static void
remember(const char *s)
{
	FILE *f = fopen(format("%s/.said", run), "ae");

	if (!f)
		return;
	fprintf(f, "%s\n", s);
	fclose(f);
}

static void
lines(struct text *t, const char *buf, size_t n, FILE *to)
{
	char *nl, *s;

	addn(t, buf, n);
	for (s = t->s; (nl = strchr(s, '\n')); s = nl + 1) {
		*nl = 0;
		if (*s == '@') {
			event(s);
		} else {
			clear_line();
			fflush(stdout);
			fprintf(to, "%s\n", s);
			if (to == stderr)
				remember(s);
		}
	}
	t->n = strlen(s);
	memmove(t->s, s, t->n + 1);
	fflush(stdout);
}

static void
follow(int out, int err)
{
	struct pollfd p[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
	struct text t[2] = {{0}, {0}};
	char buf[65536];
	ssize_t r;
	int i;

	while (p[0].fd >= 0 || p[1].fd >= 0) {
		show_running();
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			die(SICK, "poll:");
		for (i = 0; i < 2; i++) {
			if (!p[i].revents)
				continue;
			r = read(p[i].fd, buf, sizeof buf);
			if (r > 0)
				lines(&t[i], buf, r, i ? stderr : stdout);
			else if (r == 0 || errno != EINTR) {
				p[i].fd = -1;
				if (t[i].n)
					lines(&t[i], "\n", 1, i ? stderr : stdout);
			}
		}
	}
	clear_line();
}

static const char *
count(double n, const char *what)
{
	return format("%.0f %s%s", n, what, n == 1 ? "" : "s");
}

static void
tell_cost(void)
{
	struct account a = account(run);

	if (a.in + a.out == 0)
		return;
	printf("; %s, %s", count(a.calls, "call"), count(a.in + a.out, "token"));
	if (a.cost > 0)
		printf(", %.4f USD", a.cost);
	if (a.unknown == a.calls)
		printf(", of unknown price");
	else if (a.unknown > 0)
		printf(", %s of unknown price", count(a.unknown, "call"));
}

static void
tell_postponed(void)
{
	const char *why = limit_reached(run);

	printf("%s postponed: %s.  Raise it and run make again to do the"
	       " rest.\n", postponed == 1 ? "1 step was"
	       : format("%d steps were", postponed),
	       why ? why : "a limit was reached");
}

/* The last word of a run that ended well. */
static void
conclude(double seconds)
{
	char *file = format("%s/submit/best.json", run);
	const char *name;
	cJSON *r;

	if (access(file, R_OK) < 0)
		return;
	learn_metric();
	r = jload(file);
	name = jopt(jload(format("%s/ensemble/best.json", run)), "/name");
	if (!steps)
		printf("%s is up to date: ", run);
	printf("%s/submission.csv: ", run);
	if (cJSON_IsNumber(jat(r, "/score")))
		printf("%s %.6g, by the script of %s", metric,
		       jnum(r, "/score"), name ? name : "?");
	else
		printf("not measured: the script of %s, mended",
		       name ? name : "?");
	if (steps)
		printf("; %s in %.0f s", count(steps, "step"), seconds);
	tell_cost();
	putchar('\n');
	if (jopt(r, "/reason"))
		printf("It was made from the rows of the search alone; %s\n",
		       jopt(r, "/reason"));
	if (!steps)
		tell_model();
}

/* Make, which is told too, is waited for. */
static void
stop(int sig)
{
	stopped = sig;
}

int
main(int argc, char **argv)
{
	struct sigaction a = {.sa_handler = stop};
	int out[2], err[2], st;
	double t0 = now();
	pid_t pid;

	if (argc < 3)
		usage("run prog [arg...]");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	run = argv[1];
	terminal = isatty(1) && !getenv("NO_COLOR");
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		die(SICK, "make a pipe:");
	sigaction(SIGINT, &a, NULL);
	old_model = other_model();
	unlink(format("%s/.said", run));
	pid = start(argv + 2, 0, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	follow(out[0], err[0]);
	st = finished(pid);
	if (!st)
		conclude(now() - t0);
	if (postponed)
		tell_postponed();
	if (stopped)
		printf("Stopped: make %s goes on from here.\n", settings());
	finish();
	return st;
}
