#include <dirent.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

/* Seconds for what a job left to be seen here; for a launcher to end. */
enum { LINGER = 2, PATIENCE = 10 };

int
elsewhere(void)
{
	const char *s = getenv("EXECUTOR");

	if (!s || blank(s))
		return 0;
	if (strcmp(s, "slurm") && (!starts(s, "exec:") || blank(s + 5)))
		die(BAD, "read EXECUTOR: '%s' is neither slurm nor exec:PROGRAM",
		    s);
	return 1;
}

static int
retries(void)
{
	const char *s = getenv("RETRIES");
	char *end;
	long n;

	if (!s || blank(s))
		return 2;
	n = strtol(s, &end, 10);
	if (end == s || !blank(end) || n < 0 || n > 99)
		die(BAD, "read RETRIES: '%s' is no whole number from 0 to 99", s);
	return n;
}

/* What a file holds, in one line that can be shown; "" if it is not there. */
static char *
words(const char *dir, const char *file)
{
	char *name = format("%s/%s", dir, file), *p;
	struct text t = {0};

	add(&t, "");
	if (access(name, R_OK) == 0)
		for (p = strtok(slurp_clean(name), "\n"); p; p = strtok(NULL, "\n"))
			if (t.n < 300)
				addf(&t, "%s%s", t.n ? "; " : "", p);
	return tame(t.s);
}

/* Where folders are cached, looking into one again makes it seen as it is. */
static int
has(const char *dir, const char *file, int wait)
{
	struct timespec nap = {0, 50000000};
	DIR *d;

	while (access(format("%s/%s", dir, file), F_OK) < 0) {
		if (wait-- <= 0)
			return 0;
		nanosleep(&nap, NULL);
		if ((d = opendir(dir)))
			closedir(d);
	}
	return 1;
}

/* Why there is no document of the job, or null.  status: of its launcher. */
static const char *
lost(const char *dir, int status, cJSON **document)
{
	int linger = status ? 0 : LINGER * 20, end;
	char *said = words(dir, "said");

	if (!has(dir, "began", linger))
		return format("it did not start: %s%s%s", said, *said ? "" : format(
		    "the launcher ended with %d", status), status
		    && !strstr(said, "No such file") ? "" : format(": does every "
		    "machine see %s?  The work folder has to be on a file system "
		    "that they share", dir));
	if (!has(dir, "ended", linger))
		return status < 0 ? format("it was not heard of again on %s",
		    words(dir, "began")) : format("it was lost on %s: %s",
		    words(dir, "began"), *said ? said : format(
		    "its launcher ended with %d", status));
	end = atoi(words(dir, "ended"));
	if (end == BAD || end == YES)
		fputs(tame(slurp_clean(format("%s/words", dir))), stderr);
	if (end == BAD)
		exit(BAD);
	if (end != YES)
		return format("it ended with %d on %s: %s", end,
		    words(dir, "began"), words(dir, "words"));
	*document = cJSON_Parse(slurp_clean(format("%s/document", dir)));
	return *document ? NULL : format("it left half a document on %s",
	    words(dir, "began"));
}

static void NORET
hand_over(cJSON *j, const char *dir, const char *out, int before)
{
	cJSON *u = jat(j, "/usage");

	if (!u && before)
		u = cJSON_AddObjectToObject(j, "usage");
	if (u)
		cJSON_AddStringToObject(u, "node", words(dir, "began"));
	if (u && before)
		cJSON_AddNumberToObject(u, "lost", before);
	if (out)
		wipe(out);
	if (out && jopt(j, "/out")) {
		parents(out);
		if (rename(format("%s/out", dir), out) < 0)
			die(SICK, "rename %s/out to %s:", dir, out);
		cJSON_ReplaceItemInObject(j, "out",
		    cJSON_CreateString(run_name(out)));
	}
	jput(j);
	exit(YES);
}

/* A job that was lost may still be at work, so each has a folder of its own. */
void
go_elsewhere(char **argv, const char *out, const char *run)
{
	const char *keep = getenv("KEEP_RUN"), *dir, *why, *base, *in = "";
	int i, most = retries(), status;
	double seconds = errand_needs();
	cJSON *document = NULL;
	size_t n = 0;

	for (i = 1; argv[i + 1]; i++)
		;
	if (!strcmp(argv[i], "-"))
		in = slurp("-", &n);
	base = keep && *keep ? format("%s/scratch", keep)
	     : out ? dirname(need(strdup(out))) : ".";
	guard(PATIENCE);
	for (i = 0; ; i++) {
		dir = scratch_folder(base, "mlestar-job.");
		errand(dir, argv, out != NULL, in, n);
		status = launched(dir, seconds, run);
		if (!(why = lost(dir, status, &document)))
			hand_over(document, dir, out, i);
		if (i == most)
			die(SICK, "have a script run by %s: %s",
			    getenv("EXECUTOR"), why);
		warn("have a script run by %s: %s; once more",
		     getenv("EXECUTOR"), why);
		if (!has(dir, "began", 0))
			sleep(i + 1);
		scratch_end();
	}
}
