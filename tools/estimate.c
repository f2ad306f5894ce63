/* estimate [--json] RUN: tells what is left to be made of RUN asks for: model
 * calls, scripts, time and dollars, and what make's -j can do about the time.
 *
 * The steps are those that make would take; nothing is made.  What calls and
 * scripts take is what they took in runs of the task; else only a limit is
 * known.
 */
#include <math.h>
#include <string.h>

#include "lib/lib.h"
#include "see/see.h"

#define USAGE "[--json] run"

static cJSON *d;                /* all that there is to tell */

/* 162, 0.0012, or - if it is not known. */
static char *
amount(double v, const char *fmt)
{
	return isfinite(v) ? format(fmt, v) : format("-");
}

static char *
span(double seconds)
{
	struct text t = {0};

	if (!isfinite(seconds))
		return format("-");
	if (seconds > 0 && seconds < 1)
		return format("%.2g s", seconds);
	add_span(&t, seconds);
	return t.s;
}

static char *
usd(double v)
{
	return amount(v, v == 0 ? "%.0f" : v < 0.1 ? "%.2g" : "%.2f");
}

static void
say_cases(const char *what, const char *least, const char *as_usual,
          const char *most)
{
	say(what, "%9s %9s %9s", least, as_usual, most);
}

static void
say_counts(const char *what)
{
	cJSON *j = jat(d, format("/%s", what));

	say_cases(what, amount(jval(j, "/least"), "%.0f"),
	          amount(jval(j, "/expected"), "%.0f"),
	          amount(jval(j, "/most"), "%.0f"));
}

/* What any number of jobs at a time gives, side by side. */
static void
say_jobs(const char *what, const char *key, char *(*cell)(double))
{
	struct text t = {0};
	cJSON *j;

	cJSON_ArrayForEach(j, jat(d, "/jobs"))
		addf(&t, "%s%9s", t.n ? " " : "", cell(jval(j, key)));
	say(what, "%s", t.s);
}

static char *
jobs(double v)
{
	return isnan(v) ? format("any") : format("-j%.0f", v);
}

static char *
times(double v)
{
	return format("%.1f x", v);
}

/* What the figures are worth. */
static void
say_sources(void)
{
	const char *from = jopt(d, "/from");
	int timed = !isnan(jval(d, "/seconds/expected"));
	cJSON *j;

	if (timed)
		say("times", "as in %s", shortened(format("%s", from), 60));
	else
		say("times", "not known: path and jobs by what calls and"
		    " scripts may take");
	if (jopt(d, "/unpriced"))
		say("usd", "no price is known for %s", jstr(d, "/unpriced"));
	else if (jval(d, "/usd/most") > 0)
		say("tokens", "%.0f in and %.0f out a call, %s",
		    jval(d, "/tokens/in"), jval(d, "/tokens/out"),
		    cJSON_IsTrue(jat(d, "/tokens/assumed")) ? "assumed"
		    : "as in runs of this task");
	if ((j = jat(d, "/limits")))
		say("limits", "%s%s%s", jstr(j, "/0"), jopt(j, "/1") ? ", " : "",
		    jopt(j, "/1") ? jopt(j, "/1") : "");
}

static void
say_took(void)
{
	cJSON *j = jat(d, "/took");

	if (j)
		say("took", "%.0f calls, %.0f scripts, %s, %s", jval(j, "/calls"),
		    jval(j, "/scripts"), span(jval(j, "/seconds")),
		    isnan(jval(j, "/usd")) ? "USD unknown"
		    : format("%s USD", usd(jval(j, "/usd"))));
}

static void
tell(void)
{
	double left = jnum(d, "/left");

	printf("%s: %s of %.0f steps %s left to be made\n", jstr(d, "/run"),
	       left ? format("%.0f", left) : "none", jnum(d, "/steps"),
	       left == 1 ? "is" : "are");
	say_took();
	if (left) {
		say_cases("", "least", "expected", "at most");
		say_counts("calls");
		say_counts("scripts");
		say_cases("time", "", span(jval(d, "/seconds/expected")),
		          span(jval(d, "/seconds/most")));
		say_cases("usd", usd(jval(d, "/usd/least")),
		          usd(jval(d, "/usd/expected")),
		          usd(jval(d, "/usd/most")));
		say("path", "%.0f steps in a row, %.0f calls and %.0f scripts:"
		    " %s", jval(d, "/path/steps"),
		    jval(d, "/path/calls"), jval(d, "/path/scripts"),
		    span(jval(d, "/path/seconds")));
		say_jobs("jobs", "/jobs", jobs);
		say_jobs("time", "/seconds", span);
		say_jobs("faster", "/faster", times);
		say_sources();
	}
	finish();
}

int
main(int argc, char **argv)
{
	int json = argc > 1 && !strcmp(argv[1], "--json");
	const char *run;

	if (argc != 2 + json || *argv[1 + json] == '-')
		usage(USAGE);
	run = from_top(argv[1 + json]);
	if (!(d = outlook(run)))
		die(BAD, "read %s: it is no run, such as work/foo/run", run);
	if (json)
		jput(d);
	else
		tell();
	return YES;
}
