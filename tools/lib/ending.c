#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

static const char *
count(double n, const char *what)
{
	return format("%.0f %s%s", n, what, n == 1 ? "" : "s");
}

static void
tell_cost(struct text *t, const char *run)
{
	struct account a = account(run);

	if (a.in + a.out == 0)
		return;
	addf(t, "; %s, %s", count(a.calls, "call"), count(a.in + a.out, "token"));
	if (a.cost > 0)
		addf(t, ", %.4f USD", a.cost);
	if (a.unknown == a.calls)
		addf(t, ", of unknown price");
	else if (a.unknown > 0)
		addf(t, ", %s of unknown price", count(a.unknown, "call"));
}

void
ending_postponed(const struct ending *e)
{
	const char *why = limit_reached(e->run), *ends = getenv("RUN_ENDS");

	printf("%s postponed: %s.  %s to do the rest.\n", e->postponed == 1
	       ? "1 step was" : format("%d steps were", e->postponed),
	       why ? why : "a limit was reached",
	       ends && !strcmp(ends, "now") ? format("Run make %s", run_words(e->run))
	       : "Raise it and run make again");
}

/* The last word of a run that ended well. */
char *
ending_good(const struct ending *e, double seconds)
{
	struct gist r = gist_of(format("%s/submit/best.json", e->run));
	struct text t = {0};
	const char *name;

	if (!r.status)
		return NULL;
	name = gist_of(format("%s/ensemble/best.json", e->run)).name;
	if (!e->steps)
		addf(&t, "%s is up to date: ", e->run);
	addf(&t, "%s/submission.csv: ", e->run);
	if (!isnan(r.score))
		addf(&t, "%s %.6g, by the script of %s", metric_of(e->run),
		       r.score, name ? name : "?");
	else
		addf(&t, "not measured: the script of %s, mended",
		       name ? name : "?");
	if (e->steps)
		addf(&t, "; %s in %.0f s", count(e->steps, "step"), seconds);
	tell_cost(&t, e->run);
	add(&t, "\n");
	if (r.reason)
		addf(&t, "It was made from the rows of the search alone; %s\n",
		       r.reason);
	return t.s;
}

/* What is missing, and the command that goes on. */
char *
ending_bad(const struct ending *e)
{
	const char *name = run_words(e->run), *why = NULL, *no;
	int none = e->failed && e->failure == NO
	           && (starts(e->failed, "accept ")
	               || starts(e->failed, "best ensemble/"));

	no = access(format("%s/submission.csv", e->run), F_OK) < 0
	     ? "there is no submission yet"
	     : "submission.csv is of an earlier make";
	if (e->stopped)
		return format("%s: stopped, %s: make %s goes on from here", e->run,
		              no, name);
	if (e->postponed && (!e->failed || none))
		why = limit_reached(e->run);
	if (why)
		return format("%s: %s: %s: raise it and make %s goes on", e->run,
		              no, why, name);
	if (!e->failed)
		return format("%s: %s, for the reason above: make %s goes on",
		              e->run, no, name);
	if (none)
		return format("%s: %s, since no script works: make status %s"
		              " tells why, make retry %s asks again where no"
		              " reply was usable", e->run, no, name, name);
	return format("%s: %s: %s %s: %smake %s goes on", e->run, no, e->failed,
	    e->failure > 128 ? "was killed"
	    : format("failed (%d), for the reason above", e->failure),
	    e->failure == BAD ? "once that is mended " : "", name);
}
