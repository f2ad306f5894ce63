#include <math.h>
#include <sha2.h>
#include <string.h>
#include <unistd.h>

#include "../lib/lib.h"
#include "see.h"

enum { LINE = 200 };

void
say_content(const char *run, const char *file)
{
	char *path = in_run(run, file), *s;
	struct gist r = gist_of(path);
	struct text t = {0};

	if (r.status && isnan(r.score)) {
		say("says", "%s: %s", r.status, r.reason ? r.reason : "");
	} else if (r.status) {
		addf(&t, "%s, %s %.6g", r.status, metric_of(run), r.score);
		if (!isnan(r.se))
			addf(&t, " +- %.2g", r.se);
		if (!isnan(r.printed) && r.printed != r.score)
			addf(&t, "; its script printed %.6g", r.printed);
		if (r.attempts > 1)
			addf(&t, "; try %d", r.attempts);
		if (r.name && ends(file, "best.json"))
			addf(&t, "; the script of %s", r.name);
		say("says", "%s", t.s);
	} else if (*(s = gist_line(path)))
		say("says", "%s", shortened(s, LINE));
	if (r.suspect)
		say("suspect", "%s", r.suspect);
}

/* The hash of what keep wrote stands at the end of its .cmd. */
void
say_edit(const char *run, const char *file)
{
	char *path = in_run(run, file), *cmd = beside(path, ".", ".cmd"), *s;
	char hex[SHA256_DIGEST_STRING_LENGTH];

	if (access(path, R_OK) < 0 || access(cmd, R_OK) < 0
	    || !SHA256File(path, hex))
		return;
	s = strrchr(slurp_clean(cmd), '#');
	if (s && strncmp(s + 2, hex, strcspn(s + 2, "\n")))
		say("edited", "by a person, after it was made");
}

void
say_making(const struct node *n)
{
	if (!n)
		return;
	say(n->status ? n->status == LATE ? "put off" : "failed" : "made",
	    "%s, in %.3g s%s%s", n->ended, n->seconds, n->times > 1
	    ? format("; it was made %d times", n->times) : "",
	    n->status && n->status != LATE
	    ? format("; the tool's exit status was %d", n->status) : "");
}

static void
say_call(const cJSON *c, void *arg)
{
	const char **wanted = arg, *target = jopt(c, "/target");
	struct text t = {0};

	if (!target || !jopt(c, "/stage") || !jopt(c, "/model")
	    || (strcmp(target, wanted[0])
	        && !(wanted[1] && starts(target, wanted[1]))))
		return;
	addf(&t, "%s", jopt(c, "/chat") ? in_run(wanted[2], jopt(c, "/chat")) : "no reply");
	if (jopt(c, "/trouble"))
		addf(&t, " (%s)", jopt(c, "/trouble"));
	addf(&t, ": %s by %s", jopt(c, "/stage"), jopt(c, "/model"));
	if (!isnan(jval(c, "/tokens/in") + jval(c, "/tokens/out")))
		addf(&t, ", %.0f tokens in, %.0f out", jval(c, "/tokens/in"),
		     jval(c, "/tokens/out"));
	if (isnan(jval(c, "/cost")))
		add(&t, ", price unknown");
	else
		addf(&t, ", %.4g USD", jval(c, "/cost"));
	if (jval(c, "/tries") > 1)
		addf(&t, ", %.0f tries", jval(c, "/tries"));
	if (!isnan(jval(c, "/seconds")))
		addf(&t, ", %.3g s", jval(c, "/seconds"));
	say("call", "%s", t.s);
}

/* The calls for FILE, or for those of its tries. */
void
say_calls(const char *run, const char *file)
{
	char *tries = ends(file, ".json") && !strstr(file, ".try/")
	            ? format("%s.try/", stem(file)) : NULL;
	const char *target[] = {file, tries, run};
	long from = 0;

	each_call(run, &from, say_call, target);
}
