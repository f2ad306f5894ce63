/* watch [-p PLAN] RUN: shows how RUN stands while make builds it, what steps end,
 * and the last lines that its scripts printed, until it is built; once, if stdout
 * is no terminal.  The command PLAN prints what make query and make -n say.
 *
 * It holds up nobody and changes nothing.
 */
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-p plan] run"

enum { LINES = 12 };            /* of what scripts printed, in all */

static const char *run;
static char *log_file;
static off_t seen;              /* bytes of the log */
static volatile sig_atomic_t stopped;

static off_t
size(const char *name)
{
	struct stat st;

	return stat(name, &st) < 0 ? 0 : st.st_size;
}

static void
ended(char *line)
{
	struct node n;

	if (read_making(line, &n) && !strstr(n.name, ".try/")
	    && !starts(n.name, "in/"))
		if ((line = board_end(NULL, n.tool, n.name, n.status, n.seconds)))
			screen_line(line);
}

static void
read_log(void)
{
	FILE *f = size(log_file) > seen ? fopen(log_file, "re") : NULL;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (!f)
		return;
	if (fseeko(f, seen, SEEK_SET) == 0)
		while ((n = getline(&line, &cap, f)) > 0 && line[n - 1] == '\n') {
			seen += n;
			line[n - 1] = 0;
			ended(line);
		}
	free(line);
	fclose(f);
}

/* What a terminal would show of a line that returns to its beginning. */
static char *
overwritten(char *line)
{
	size_t n = strlen(line);
	char *cr;

	while (n && line[n - 1] == '\r')
		line[--n] = 0;
	cr = strrchr(line, '\r');
	return cr ? cr + 1 : line;
}

/* Of x.try/2.json: x, try 2. */
static char *
title(const char *name)
{
	const char *try = strstr(name, ".try/");

	return !try ? format("  -- %s", name)
	       : format("  -- %.*s, try %d", (int)(try - name), name,
	                atoi(try + 5));
}

/* Adds the heading and the last lines of what a script printed. */
static int
show_tail(char **foot, char *s, size_t most)
{
	char *body = strchr(s, '\n'), *line, **v;
	int count = 0, width = screen_width() - 1;
	size_t n, i;

	if (!body)
		return 0;
	*body++ = 0;
	line = title(s);
	foot[count++] = screen_cut(line, width);
	free(line);
	v = split_lines(body, &n);
	for (i = 0; i < n; free(v[i++])) {
		if (i + most < n)
			continue;
		line = format("  %s", overwritten(v[i]));
		foot[count++] = screen_cut(line, width);
		free(line);
	}
	free(v);
	return count;
}

/* Those of all scripts that run, if there is room. */
static int
show_tails(char **foot, int room)
{
	char *pattern = format("%s/scratch/*/tail", run), *s;
	size_t i, each;
	int n = 0;
	glob_t g;

	if (glob(pattern, 0, NULL, &g) == 0) {
		each = LINES / g.gl_pathc < 3 ? 3 : LINES / g.gl_pathc;
		if ((int)each >= room && room > 1)
			each = room - 1;
		for (i = 0; i < g.gl_pathc; i++) {
			if (n + (int)each + 1 > room
			    || access(g.gl_pathv[i], R_OK) < 0)
				continue;
			s = slurp_clean(g.gl_pathv[i]);
			n += show_tail(foot + n, s, each);
			free(s);
		}
	}
	globfree(&g);
	free(pattern);
	return n;
}

/* What is to be drawn; without a terminal it is printed. */
static void
display(int terminal)
{
	char *foot[FOOT];
	int n, i, room = screen_height() - 2;

	board_look();
	n = show_tails(foot, room < FOOT - 1 ? room : FOOT - 1);
	foot[n++] = status_line();
	screen_draw(foot, n);
	for (i = 0; i < n; i++) {
		if (!terminal)
			puts(foot[i]);
		free(foot[i]);
	}
}

static void
read_plan(const char *plan)
{
	FILE *f = popen(plan, "re");
	char *line = NULL;
	size_t cap = 0;

	if (!f)
		die(SICK, "start a shell:");
	while (getline(&line, &cap, f) > 0) {
		line[strcspn(line, "\n")] = 0;
		board_plan(line);
	}
	pclose(f);
	free(line);
}

static void
stop(int sig)
{
	stopped = sig;
}

int
main(int argc, char **argv)
{
	struct sigaction a = {.sa_handler = stop};
	const char *plan = NULL;
	struct timespec began;
	int terminal, c;

	while ((c = getopt(argc, argv, "p:")) != -1)
		if (c == 'p')
			plan = optarg;
		else
			usage(USAGE);
	if (argc - optind != 1)
		usage(USAGE);
	run = argv[optind];
	log_file = format("%s/log", run);
	if (!at_work(run, &began)) {
		printf("%s: nothing runs here\n", run);
		finish();
		return YES;
	}
	terminal = screen_open();
	seen = size(log_file);
	board_open(run);
	if (plan)
		read_plan(plan);
	display(terminal);
	if (terminal)
		sigaction(SIGINT, &a, NULL);
	while (terminal && at_work(run, &began) && !stopped) {
		read_log();
		display(terminal);
		poll(NULL, 0, 1000);
	}
	screen_draw(NULL, 0);
	if (stopped) /* make, told too, is not to miss us before it hears of it */
		poll(NULL, 0, 300);
	if (terminal && !stopped)
		printf("%s: what ran there has ended\n", run);
	finish();
	return YES;
}
