#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

/* The first two numbers of a line; how many there are. */
static int
numbers(char *line, double v[2])
{
	char *word, *end;
	double x;
	int n = 0;

	for (word = strtok(line, " \t\r\n,;:="); word && n < 2;
	    word = strtok(NULL, " \t\r\n,;:=")) {
		x = strtod(word, &end);
		if (end != word && !*end && isfinite(x))
			v[n++] = x;
	}
	return n;
}

/* Reads all that it prints: in v the numbers of the last line that has any;
 * returns its last words. */
static const char *
listen(int fd, double v[2])
{
	const char *words = "";
	char *line = NULL;
	double found[2];
	size_t cap = 0;
	FILE *f = reading(fd);
	int n;

	while (getline(&line, &cap, f) > 0) {
		if (!blank(line))
			words = clean(line, strcspn(line, "\r\n"));
		if ((n = numbers(line, found))) {
			v[0] = found[0];
			v[1] = n > 1 ? found[1] : NAN;
		}
	}
	if (ferror(f))
		die(SICK, "read what METRIC says:");
	free(line);
	fclose(f);
	return words;
}

const char *
own_metric(const char *metric, const char *truth, const char *submission,
	double v[2])
{
	const char *command = metric + strlen("exec:");
	double limit = means("TIMEOUT", 600), t0;
	const char *argv[] = {"timeout", "-k5", format("%g", limit), "sh", "-c",
		strchr(command, '$') ? command : format("%s \"$@\"", command),
		"sh", truth, submission, NULL};
	const char *words;
	int p[2], st;
	pid_t pid;

	v[0] = v[1] = NAN;
	if (pipe2(p, O_CLOEXEC) < 0)
		die(SICK, "make a pipe:");
	t0 = now();
	pid = start((char **)argv, STDIN_FILENO, p[1], STDERR_FILENO);
	close(p[1]);
	words = listen(p[0], v);
	st = finished(pid);
	if ((st == 124 || st == 137) && now() - t0 >= limit)
		die(SICK, "run %s: it took more than %g s (TIMEOUT)", metric,
		    limit);
	if (st == 1 && *words)
		return words;
	if (st)
		die(BAD, "run %s: it ended with status %d", metric, st);
	if (isnan(v[0]))
		die(BAD, "run %s: it printed no number", metric);
	return NULL;
}
