/* status [--json] RUN: tells where RUN stands, and why what is stale is so.
 *
 * The steps are those that make would take; nothing is made, and a run that is
 * being built may be looked at.  --json prints one document with all of it.
 */
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"
#include "see/see.h"

#define USAGE "[--json] run"

enum { FEW = 8 };

static const char *run;
static cJSON *d;                /* all that there is to tell */

static int
number(const cJSON *j, const char *path)
{
	cJSON *n = jat(j, path);

	return cJSON_IsNumber(n) ? n->valueint : 0;
}

/* 12.5, 0.0034: no zeros at the end. */
static const char *
amount(double v)
{
	char *s = format("%.4f", v);
	size_t n;

	for (n = strlen(s); s[n - 1] == '0'; n--)
		s[n - 1] = 0;
	if (s[n - 1] == '.')
		s[n - 1] = 0;
	return s;
}

static void
show_settings(void)
{
	struct text t = {0};
	cJSON *s;

	add(&t, "");
	cJSON_ArrayForEach(s, jat(d, "/settings"))
		addf(&t, "%s%s=%s", t.n ? " " : "", s->string, s->valuestring);
	if (t.n)
		say("settings", "%s", t.s);
}

static void
show_calls(void)
{
	cJSON *a = jat(d, "/model"), *m;
	struct text t = {0};

	if (!a)
		return;
	add(&t, "");
	cJSON_ArrayForEach(m, jat(a, "/models"))
		addf(&t, "%s%s", t.n ? ", " : "", m->valuestring);
	addf(&t, ", %d call%s", number(a, "/calls"),
	     number(a, "/calls") == 1 ? "" : "s");
	if (number(a, "/failed"))
		addf(&t, ", %d failed", number(a, "/failed"));
	if (jat(a, "/tokens")) {
		addf(&t, ", %.0f tokens in", jval(a, "/tokens/in"));
		if (number(a, "/tokens/cached"))
			addf(&t, " (%.0f cached)", jval(a, "/tokens/cached"));
		addf(&t, ", %.0f out", jval(a, "/tokens/out"));
	}
	if (jval(a, "/usd") > 0)
		addf(&t, ", %s USD", amount(jval(a, "/usd")));
	if (number(a, "/unpriced") && jat(a, "/tokens"))
		addf(&t, ", %d call%s of unknown price", number(a, "/unpriced"),
		     number(a, "/unpriced") == 1 ? "" : "s");
	say("model", "%s", t.s);
}

static void
show_more(const cJSON *list, const char *what)
{
	int n = cJSON_GetArraySize(list) - FEW;

	if (n > 0)
		say(what, "and %d more; tools/status --json %s has all", n, run);
}

static void
show_failed(void)
{
	cJSON *f;
	int n = 0;

	cJSON_ArrayForEach(f, jat(d, "/failed"))
		if (n++ < FEW)
			say("failed", "%s  %s: %s", jstr(f, "/name"),
			    jstr(f, "/status"), jstr(f, "/reason"));
	show_more(jat(d, "/failed"), "failed");
	if ((f = jat(d, "/broken")))
		say("failed", "%s %s (%d)", jstr(f, "/tool"), jstr(f, "/file"),
		    number(f, "/status"));
}

static void
show_stale(void)
{
	cJSON *s;
	int n = 0, more;

	cJSON_ArrayForEach(s, jat(d, "/stale")) {
		more = cJSON_GetArraySize(jat(s, "/files")) - 1;
		if (n++ < FEW)
			say("stale", "%s%s: %s", jstr(s, "/files/0"),
			    more ? format(" and %d more", more) : "",
			    jstr(s, "/reason"));
	}
	show_more(jat(d, "/stale"), "stale");
	if ((n = number(d, "/waiting")))
		say("waiting", n == 1 ? "%d step waits for these: it is made again"
		    " if they change" : "%d steps wait for these: they are made"
		    " again if these change", n);
}

static void
show_next(void)
{
	cJSON *s;
	int n = 0;

	cJSON_ArrayForEach(s, jat(d, "/next"))
		if (n++ < 3)
			say("next", "%s %s", jstr(s, "/tool"), jstr(s, "/file"));
	if (n > 3)
		say("next", "and %d more that wait for nothing", n - 3);
}

static void
show_each(const char *list, const char *what, const char *fmt, const char *a,
          const char *b)
{
	cJSON *s;
	int n = 0;

	cJSON_ArrayForEach(s, jat(d, list))
		if (n++ < FEW)
			say(what, fmt, jstr(s, a), b ? jstr(s, b) : "");
	show_more(jat(d, list), what);
}

static void
tell(void)
{
	cJSON *s;
	double v;

	if (number(d, "/done") == number(d, "/total"))
		printf("%s: all %d steps are done\n", run, number(d, "/total"));
	else
		printf("%s: %d of %d steps are done\n", run,
		       number(d, "/done"), number(d, "/total"));
	if ((s = jat(d, "/best")))
		say("best", "%s %.6g  %s", jstr(d, "/metric"),
		    jval(s, "/score"), jstr(s, "/name"));
	if (jat(d, "/scores"))
		say("scores", "%s", jstr(d, "/scores"));
	if (jat(d, "/best"))
		say_lanes(d);
	cJSON_ArrayForEach(s, jat(d, "/running")) {
		v = jval(s, "/seconds");
		say("running", "%s%s", jstr(s, "/file"), v < 1 ? ""
		    : format("  %.0f s", v));
	}
	show_failed();
	show_each("/suspect", "suspect", "%s: %s", "/name", "/why");
	cJSON_ArrayForEach(s, jat(d, "/postponed"))
		say("postponed", "%d document%s: %s", number(s, "/documents"),
		    number(s, "/documents") == 1 ? "" : "s", jstr(s, "/why"));
	cJSON_ArrayForEach(s, jat(d, "/pinned"))
		say("pinned", "%s", s->valuestring);
	show_stale();
	show_next();
	show_calls();
	show_settings();
	if (jat(d, "/sandbox"))
		say("sandbox", "%s", jstr(d, "/sandbox"));
	if (jat(d, "/final"))
		say("final", "%s", jstr(d, "/final"));
	if (jat(d, "/submission"))
		say("submission", "%s", jstr(d, "/submission"));
	finish();
}

int
main(int argc, char **argv)
{
	int json = argc > 1 && !strcmp(argv[1], "--json");

	if (argc != 2 + json || (*argv[1 + json] == '-'))
		usage(USAGE);
	run = from_top(argv[1 + json]);
	if (access(run, F_OK) < 0 && !json) {
		printf("%s: nothing is made yet\n", run);
		return YES;
	}
	d = standing(run);
	if (!number(d, "/total") && !jat(d, "/model"))
		die(BAD, "read %s: it is no run, such as work/foo/run", run);
	if (json)
		jput(d);
	else
		tell();
	return YES;
}
