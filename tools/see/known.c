#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

enum { KINDS = 32, SCRIPTS = 200, IN = 4000, OUT = 2000 };

/* What the calls of a tool took, of any model and of the one it has now. */
static struct kind {
	char name[32];
	double calls, in, cached, out;
	double priced, usd;
} kinds[KINDS];

static char **target;           /* files that the models now set were asked for */
static size_t targets;
static struct text from;        /* the runs */
static int calls, scripts;      /* seen */

static struct kind *
kind(const char *tool)
{
	int i;

	for (i = 0; i < KINDS - 1 && *kinds[i].name; i++)
		if (!strcmp(kinds[i].name, tool))
			break;
	if (!*kinds[i].name)
		strncpy(kinds[i].name, tool, sizeof kinds->name - 1);
	return kinds + i;
}

static double
or_zero(double v)
{
	return isnan(v) ? 0 : v;
}

/* Without tokens, four bytes are one. */
static void
learn_call(const cJSON *c, void *arg)
{
	const char *stage = jopt(c, "/stage"), *model = jopt(c, "/model");
	struct kind *k;

	(void)arg;
	if (!stage || !model || !jopt(c, "/target") || jopt(c, "/trouble")
	    || !strcmp(stage, "web"))
		return;
	k = kind(starts(stage, "check-leak") ? "check-leak"
	         : starts(stage, "search") ? "search" : stage);
	k->calls++;
	if (cJSON_IsObject(jat(c, "/tokens"))) {
		k->in += or_zero(jval(c, "/tokens/in"));
		k->cached += or_zero(jval(c, "/tokens/cached"));
		k->out += or_zero(jval(c, "/tokens/out"));
	} else {
		k->in += or_zero(jval(c, "/prompt_bytes")) / 4;
		k->out += or_zero(jval(c, "/reply_bytes")) / 4;
	}
	if (strcmp(model, model_of(k->name)))
		return;
	if (!isnan(jval(c, "/cost"))) {
		k->priced++;
		k->usd += jval(c, "/cost");
	}
	if (!(targets & (targets - 1)))
		target = need(realloc(target, (2 * targets + 1) * sizeof *target));
	target[targets++] = format("%s", jopt(c, "/target"));
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What its result says it took: the log has the wait for a slot, too. */
static void
learn_script(const char *run, const struct node *m)
{
	struct gist r = gist_of(in_run(run, m->name));

	if (isnan(r.seconds))
		return;
	scripts++;
	estimate_took(strstr(m->command, " -o ") ? "script" : "ablation",
	              r.seconds);
}

static void
learn(const char *run)
{
	struct node *v, *m;
	size_t n, all = 0, seen = 0;
	long at = 0;

	targets = 0;
	each_call(run, &at, learn_call, NULL);
	if (targets)
		qsort(target, targets, sizeof *target, by_text);
	v = makings(run, &n);
	for (m = v; m < v + n; m++)
		all += !strcmp(m->tool, "run");
	for (m = v; m < v + n; m++) {
		if (m->status)
			continue;
		if (!strcmp(m->tool, "run")) {
			if (seen++ % (all / SCRIPTS + 1) == 0)
				learn_script(run, m);
		} else if (targets && bsearch(&m->name, target, targets,
		           sizeof *target, by_text)) {
			calls++;
			estimate_took(format("asks %s", m->tool), m->seconds);
			estimate_took("asks", m->seconds);
		} else
			estimate_took(m->tool, m->seconds);
	}
	if (n)
		addf(&from, "%s%s", from.n ? ", " : "", run);
}

/* Others tell only what this one does not. */
void
know(const char *run)
{
	glob_t other;
	size_t i;
	char *dir;

	learn(run);
	if (calls && scripts)
		return;
	glob(format("%.*s*/log", (int)(strrchr(run, '/') + 1 - run), run), 0,
	     NULL, &other);
	for (i = 0; i < other.gl_pathc; i++) {
		dir = format("%.*s", (int)strlen(other.gl_pathv[i]) - 4,
		             other.gl_pathv[i]);
		if (strcmp(dir, run))
			learn(dir);
	}
}

const char *
known_from(void)
{
	return from.s;
}

double
tool_seconds(const char *tool)
{
	return or_zero(estimate_usual(tool));
}

double
call_seconds(const char *asks)
{
	double v = estimate_usual(format("asks %s", asks));

	return isnan(v) ? estimate_usual("asks") : v;
}

double
call_most(const char *asks)
{
	const char *model = model_of(asks);

	return !strcmp(model, "playbook") || starts(model, "replay:") ? 1
	       : means("LLM_TIMEOUT", 1200);
}

double
script_seconds(int ablation)
{
	double v = estimate_usual(ablation ? "ablation" : "script");

	return isnan(v) ? estimate_usual(ablation ? "script" : "ablation") : v;
}

/* What is not known of this tool is as of all. */
struct tokens
call_tokens(const char *asks)
{
	struct kind sum = *kind(asks);
	struct tokens t = {0, IN, 0, OUT, NAN};
	int i;

	if (sum.priced)
		t.usd = sum.usd / sum.priced;
	for (i = 0; !sum.calls && i < KINDS && *kinds[i].name; i++) {
		sum.in += kinds[i].in;
		sum.cached += kinds[i].cached;
		sum.out += kinds[i].out;
		t.calls += kinds[i].calls;
	}
	t.calls += sum.calls;
	if (t.calls) {
		t.in = sum.in / t.calls;
		t.cached = sum.cached / t.calls;
		t.out = sum.out / t.calls;
	}
	return t;
}

double
call_usd(const char *asks, double out)
{
	struct tokens t = call_tokens(asks);
	cJSON *j = cJSON_CreateObject();

	if (!isnan(t.usd) && out <= t.out)
		return t.usd;
	cJSON_AddNumberToObject(j, "in", t.in);
	cJSON_AddNumberToObject(j, "cached", t.cached);
	cJSON_AddNumberToObject(j, "out", fmax(out, t.out));
	return price(model_of(asks), j);
}
