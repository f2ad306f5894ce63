/* best [-ax] RESULT...: prints the one with the best score.
 *
 * A result whose script failed never wins; of equals the first does.  With -a
 * the last RESULT is accepted if it is not worse than the best before it, else
 * merging has stopped, and the document says so.  If none has a score the
 * document says that, or with -x the run ends here.
 */
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

static void
none(char **files, int n, int fatal)
{
	struct text why = {0};
	cJSON *r;
	int i;

	for (i = 0; i < n; i++) {
		r = jload(files[i]);
		addf(&why, "%s%s: %s", i ? "; " : "", run_name(files[i]),
		     jopt(r, "/reason") ? jopt(r, "/reason")
		     : jopt(r, "/status") ? jopt(r, "/status") : "no score");
	}
	if (fatal)
		die(BAD, "find a script that works: there is none: %s", why.s);
	halt_json("dead", "%s", why.s);
}

int
main(int argc, char **argv)
{
	cJSON *best = NULL, *r, *last;
	int c, i, accept = 0, fatal = 0;

	while ((c = getopt(argc, argv, "ax")) != -1)
		switch (c) {
		case 'a': accept = 1; break;
		case 'x': fatal = 1; break;
		default:  usage("[-ax] result...");
		}
	argc -= optind;
	argv += optind;
	if (!argc)
		usage("[-ax] result...");

	for (i = 0; i < argc; i++) {
		r = jload(argv[i]);
		if (scored(r) && (!best || better(r, best)))
			best = r;
	}
	if (!best)
		none(argv, argc, fatal);
	if (!accept) {
		cJSON_DeleteItemFromObjectCaseSensitive(best, "stopped");
		jput(best);
		return YES;
	}
	last = jload(argv[argc - 1]);
	if (!jat(best, "/stopped") && scored(last) && !better(best, last))
		best = last;
	else if (!jat(best, "/stopped"))
		cJSON_AddStringToObject(best, "stopped",
		                        format("%s was not accepted",
		                        run_name(argv[argc - 1])));
	jput(best);
	return YES;
}
