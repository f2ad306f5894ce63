/* status [--json] RUN: tells where RUN stands, and why what is stale is so.
 *
 * The steps are those that make would take; nothing is made, and a run that is
 * being built may be looked at.  --json prints one document with all of it.
 */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[--json] run"

enum { FEW = 8, WIDTH = 79, MARGIN = 14 };

static const char *run;
static cJSON *d;                /* all that there is to tell */

/* A line of what is told; what it tells may be a model's or a script's. */
static void
say(const char *what, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	s[strcspn(s, "\n")] = 0;
	printf("  %-11s %s\n", what, shown(s));
}

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

/* A lane's score after a stage, and what is missing or failed of it. */
static char *
cell(const cJSON *c)
{
	struct text t = {0};
	int made = number(c, "/made"), of = number(c, "/of");

	if (isnan(jval(c, "/score")))
		add(&t, of && made == of ? "none" : "-");
	else
		addf(&t, "%.6g", jval(c, "/score"));
	if (of && made < of)
		addf(&t, "  %d of %d", made, of);
	if (number(c, "/failed"))
		addf(&t, "  %d failed", number(c, "/failed"));
	return t.s;
}

/* The cells of a stage for lanes a .. b - 1, in columns. */
static char *
row(const cJSON *stage, int a, int b, int width)
{
	struct text t = {0};
	int i;

	add(&t, "");
	for (i = a; i < b && i < cJSON_GetArraySize(jat(stage, "/lanes")); i++)
		addf(&t, "%-*s", width, cell(jat(stage, format("/lanes/%d", i))));
	while (t.n && t.s[t.n - 1] == ' ')
		t.s[--t.n] = 0;
	return t.s;
}

/* Steps that changed nothing share a line. */
static void
show_rows(cJSON *first, int a, int b, int width)
{
	const char *name, *to;
	cJSON *s, *last;
	char *text;

	for (s = first; s; s = last->next) {
		last = s;
		name = to = jstr(s, "/stage");
		text = row(s, a, b, width);
		while (starts(name, "step ") && last->next
		    && !strcmp(row(last->next, a, b, width), text)) {
			last = last->next;
			to = jstr(last, "/stage");
		}
		if (to != name)
			name = format("%s-%s", name, to + strlen("step "));
		say(name, "%s", text);
	}
}

/* Lanes side by side, as many as fit. */
static void
show_stages(void)
{
	cJSON *all = jat(d, "/stages"), *s, *c;
	int lanes = cJSON_GetArraySize(jat(all, "/0/lanes"));
	int width = 8, a, b, i;
	struct text t;

	cJSON_ArrayForEach(s, all)
		cJSON_ArrayForEach(c, jat(s, "/lanes"))
			if ((int)strlen(cell(c)) + 3 > width)
				width = strlen(cell(c)) + 3;
	for (a = 0; a < lanes; a = b) {
		b = a + (WIDTH - MARGIN) / width;
		b = b > lanes ? lanes : b;
		memset(&t, 0, sizeof t);
		for (i = a; i < b; i++)
			addf(&t, "%-*d", i + 1 < b ? width : 1, i + 1);
		say("lane", "%s", t.s);
		show_rows(all->child, a, b, width);
	}
	if (number(d, "/ensemble/of"))
		say("ensemble", "%s", cell(jat(d, "/ensemble")));
	say("submit", "%s", cell(jat(d, "/submit")));
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
		show_stages();
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
	if (json)
		jput(d);
	else
		tell();
	return YES;
}
