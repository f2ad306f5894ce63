/* progress [-p PLAN] [-s STAMP] [-w FILE] RUN PROG [ARG...]: runs PROG, make at work on RUN,
 * and shows what its keeps tell: a line a step, with its place, what came of it
 * and how long it took, and on a terminal a last line that tells how things
 * stand.  For that the command PLAN prints what make query and make -n say.  FILE
 * is removed if all is well, else told what is missing and what to do.  If all is
 * well and the command STAMP then succeeds, RUN/.still has what that prints and
 * what is to be said while there is nothing to do.
 *
 * Exits as PROG does.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-p plan] [-s stamp] [-w file] run prog [arg...]"

enum { OUT, ERR, PLAN, ALL };   /* what is read from */

static struct ending so;       /* so far */
static const char *run, *plan;
static struct pollfd from[ALL] = {{-1, POLLIN, 0}, {-1, POLLIN, 0},
                                  {-1, POLLIN, 0}};
static const char *old_model; /* what the run was made by, if not this one */
static int terminal;
static volatile sig_atomic_t stopped, by_key;
static pid_t make;

static const char *
this_model(void)
{
	const char *model = getenv("MODEL");

	return model && *model ? model : "playbook";
}

/* The model that replied last, this one if it ever did. */
static void
look_who(const cJSON *call, void *last)
{
	const char *model = jopt(call, "/model");
	char **who = last;

	if (!model || !jopt(call, "/chat")
	    || (*who && !strcmp(*who, this_model())))
		return;
	free(*who);
	*who = need(strdup(model));
}

static const char *
other_model(void)
{
	char *who = NULL;
	long at = 0;

	each_call(run, &at, look_who, &who);
	return who && strcmp(who, this_model()) ? who : NULL;
}

static const char *
model_words(void)
{
	if (!old_model)
		return "";
	return format("What is there was made by model %s and stands: a new"
	              " model makes nothing stale.\nTo have all of it by %s:"
	              " RUN=name makes a run beside it; make clean %s removes"
	              " this one.\n", old_model, this_model(), run_words(run));
}

static void
start_plan(void)
{
	const char *argv[] = {"sh", "-c", plan, NULL};
	int fd[2], null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0 || pipe2(fd, O_CLOEXEC) < 0)
		die(SICK, "make a pipe:");
	start((char **)argv, null, fd[1], null);
	close(fd[1]);
	close(null);
	from[PLAN].fd = fd[0];
}

static void
begin_run(void)
{
	if (so.steps++)
		return;
	printf("%s: model %s%s\n", run, this_model(),
	       strcmp(this_model(), "playbook") ? ""
	       : " (a rule book, no language model)");
	fputs(model_words(), stdout);
	fflush(stdout);
	board_open(run);
	if (terminal && plan)
		start_plan();
}

static void
event(char *line)
{
	char place[32], tool[64], name[4096];
	int status = 0;
	double seconds = 0;

	if (sscanf(line, "@begin %31s %63s %4095s", place, tool, name) == 3) {
		begin_run();
		board_begin(tool, name, clock_time());
		return;
	}
	if (sscanf(line, "@end %31s %63s %4095s %d %lf", place, tool, name,
	           &status, &seconds) != 5)
		return;
	so.postponed += status == LATE;
	if (status && status != LATE) {
		so.failed = format("%s %s", tool, name);
		so.failure = status;
	}
	if ((line = board_end(place, tool, name, status, seconds)))
		screen_line(line);
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

/* A line of make's, of the plan, or one that a tool complained with. */
static void
take(char *s, int whence)
{
	if (whence == ERR)
		remember(s);
	if (whence == PLAN)
		board_plan(s);
	else if (whence == OUT && *s == '@')
		event(s);
	else if (whence == OUT || (terminal && isatty(2)))
		screen_line(s);
	else {
		fflush(stdout);
		fprintf(stderr, "%s\n", tame(s));
	}
}

static void
lines(struct text *t, const char *buf, size_t n, int whence)
{
	char *nl, *s;

	addn(t, buf, n);
	for (s = t->s; (nl = strchr(s, '\n')); s = nl + 1) {
		*nl = 0;
		take(s, whence);
	}
	t->n = strlen(s);
	memmove(t->s, s, t->n + 1);
	fflush(stdout);
}

static void
draw(void)
{
	char *s = so.steps ? status_line() : NULL;

	screen_draw(&s, s != NULL);
	free(s);
}

static void
read_all(void)
{
	static struct text t[ALL];
	static char buf[65536];
	ssize_t r;
	int i;

	for (i = 0; i < ALL; i++) {
		if (!from[i].revents)
			continue;
		r = read(from[i].fd, buf, sizeof buf);
		if (r > 0) {
			lines(&t[i], buf, r, i);
		} else if (r == 0 || errno != EINTR) {
			close(from[i].fd);
			from[i].fd = -1;
			if (t[i].n)
				lines(&t[i], "\n", 1, i);
		}
	}
}

/* The foot is drawn when there is news, or ages change, but not too often. */
static void
follow(void)
{
	int n, news = 0;

	while (from[OUT].fd >= 0 || from[ERR].fd >= 0) {
		n = poll(from, ALL, !terminal ? -1
		         : screen_due() + (news ? 0 : 1000));
		if (n < 0 && errno != EINTR)
			die(SICK, "poll:");
		if (n > 0)
			read_all();
		news = news || n > 0;
		if (n <= 0 || !screen_due()) {
			draw();
			news = 0;
		}
	}
	screen_draw(NULL, 0);
}

/* Whether the page is of the last step that was made. */
static int
is_reported(void)
{
	struct stat page, log;

	return !so.steps && exists(format("%s/report.html", run), &page)
	    && exists(format("%s/log", run), &log)
	    && later(page.st_mtim, log.st_mtim);
}

/* The page of what there is now; without one the run is as good. */
static void
report(void)
{
	char *tool = format("%s/report", tool_folder());
	char *argv[] = {tool, (char *)run, NULL};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (is_reported())
		return;
	if (null >= 0 && finished(start(argv, null, null, null)) == 0)
		printf("%s/report.html shows what was tried, and what came of"
		       " it\n", run);
}

/* Make, which is told too, is waited for. */
static void
stop(int sig, siginfo_t *info, void *context)
{
	(void)context;
	stopped = sig;
	by_key = info->si_code == SI_KERNEL;
}

/* One that a key stopped is not read: the same key ends who would. */
static void
leave_word(const char *file, int st)
{
	FILE *f;

	if (!st || by_key) {
		unlink(file);
		return;
	}
	if (!(f = fopen(file, "we")) || fprintf(f, "%s\n", ending_bad(&so)) < 0
	    || fclose(f))
		warn("write %s:", file);
}

static void
last_word(double seconds, const char *stamp)
{
	const char *said = ending_good(&so, seconds), *file;
	char *s;
	FILE *f;

	if (!said)
		return;
	printf("%s%s", said, so.steps ? "" : model_words());
	fflush(stdout);
	if (!stamp || so.postponed || printed(stamp, &s))
		return;
	s[strcspn(s, "\n")] = 0;
	so.steps = 0;
	old_model = other_model();
	file = format("%s/.still", run);
	if (!(f = fopen(format("%s.tmp", file), "we"))
	    || fprintf(f, "%s %s%s", s, ending_good(&so, 0), model_words()) < 0
	    || fclose(f) || rename(format("%s.tmp", file), file) < 0)
		warn("write %s:", file);
}

/* Make best has make stop, and builds the rest itself; or all is to end. */
static void
end(int sig)
{
	stopped = sig;
	kill(make, SIGTERM);
}

int
main(int argc, char **argv)
{
	struct sigaction a = {.sa_sigaction = stop, .sa_flags = SA_SIGINFO};
	struct sigaction b = {.sa_handler = end};
	const char *word = NULL, *stamp = NULL;
	int out[2], err[2], st, c;
	double t0 = now();

	while ((c = getopt(argc, argv, "+p:s:w:")) != -1)
		switch (c) {
		case 'p': plan = optarg; break;
		case 's': stamp = optarg; break;
		case 'w': word = optarg; break;
		default:  usage(USAGE);
		}
	argv += optind;
	if (argc - optind < 2)
		usage(USAGE);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	run = so.run = argv[0];
	terminal = screen_open();
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		die(SICK, "make a pipe:");
	sigaction(SIGINT, &a, NULL);
	old_model = other_model();
	unlink(format("%s/.said", run));
	make = start(argv + 1, 0, out[1], err[1]);
	sigaction(SIGUSR1, &b, NULL);
	sigaction(SIGTERM, &b, NULL);
	close(out[1]);
	close(err[1]);
	from[OUT].fd = out[0];
	from[ERR].fd = err[0];
	follow();
	st = finished(make);
	report();
	so.stopped = stopped;
	if (word)
		leave_word(word, st);
	if (!st)
		last_word(now() - t0, stamp);
	if (so.postponed)
		ending_postponed(&so);
	if (stopped == SIGUSR1)
		printf("Stopped by make best, which ends the run with what is there:"
		       " make %s goes on from there.\n", run_words(run));
	else if (stopped)
		printf("Stopped: make %s goes on from here.\n", run_words(run));
	finish();
	return st;
}
