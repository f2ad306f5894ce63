/* best [-ax] [-m MARGIN [-i N]] RESULT...: prints the one with the best score.
 *
 * A result whose script failed never wins; of equals the first does.  The best of
 * the first N, 1, stays unless another is better by more than MARGIN of its
 * standard errors.  With -a the last RESULT is accepted if it is not worse than
 * the best before it, else merging has stopped, and the document says so.  If
 * none has a score the document says that, or with -x the run ends here.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-ax] [-m margin [-i n]] result..."

/* Why each of the scripts behind the results failed, once. */
static void
none(char **files, int n, int fatal)
{
	struct text why = {0};
	const char *status, *reason;
	cJSON *r;
	int i, late = 0;

	add(&why, "");
	for (i = 0; i < n; i++) {
		r = jload(files[i]);
		status = jstr(r, "/status");
		reason = jopt(r, "/reason") ? jopt(r, "/reason") : status;
		if (strcmp(status, "dead"))
			reason = format("%s: %s", run_name(files[i]), reason);
		if ((strcmp(status, "skipped") || strstr(reason, "postponed"))
		    && !strstr(why.s, reason))
			addf(&why, "%s%s", why.n ? "; " : "", reason);
		late |= !strcmp(status, "postponed")
		     || strstr(reason, "postponed: ") != NULL;
	}
	if (fatal)
		die(NO, "find a script that works: there is none: %s: %s",
		    why.s, late ? "raise it"
		    : "make retry asks again where no reply was usable;"
		    " SEED=2, or another MODEL in another RUN, begins anew");
	halt_json("dead", "%s", why.n ? why.s : "there is no script");
}

static cJSON *
best_of(char **files, int n)
{
	cJSON *best = NULL, *r;
	int i;

	for (i = 0; i < n; i++) {
		r = jload(files[i]);
		jstr(r, "/status");
		if (scored(r) && (!best || better(r, best)))
			best = r;
	}
	return best;
}

/* Whether a is better than b by more than so many of b's standard errors. */
static int
clearly_better(const cJSON *a, const cJSON *b, double margin)
{
	const cJSON *se = jat(b, "/se");

	return better(a, b) && (!cJSON_IsNumber(se)
	    || fabs(jnum(a, "/score") - jnum(b, "/score"))
	       > margin * se->valuedouble);
}

int
main(int argc, char **argv)
{
	cJSON *best, *old, *last;
	int c, incumbents = 1, accept = 0, fatal = 0;
	double margin = 0;

	while ((c = getopt(argc, argv, "ai:m:x")) != -1)
		switch (c) {
		case 'a': accept = 1; break;
		case 'i': incumbents = atoi(optarg); break;
		case 'm': margin = atof(optarg); break;
		case 'x': fatal = 1; break;
		default:  usage(USAGE);
		}
	argc -= optind;
	argv += optind;
	if (!argc || incumbents < 1)
		usage(USAGE);

	best = best_of(argv, argc);
	old = best_of(argv, incumbents < argc ? incumbents : argc);
	if (margin > 0 && old && old != best && better(best, old)
	    && !clearly_better(best, old, margin))
		best = old;
	if (!best)
		none(argv, argc, fatal);
	if (!accept) {
		cJSON_DeleteItemFromObjectCaseSensitive(best, "stopped");
		jput(best);
		return YES;
	}
	last = jload(argv[argc - 1]);
	if (!jat(best, "/stopped") && scored(last) && !better(best, last)
	    && (margin <= 0 || !old || clearly_better(last, old, margin)))
		best = last;
	else if (!jat(best, "/stopped"))
		cJSON_AddStringToObject(best, "stopped",
		                        format("%s was not accepted",
		                        run_name(argv[argc - 1])));
	jput(best);
	return YES;
}
