/* Findings, models, and how to have it again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { MOST = 60, PACKAGES = 400 };

static int found;

static void
begin_finding(const struct cand *c, const char *kind)
{
	if (!found++)
		put("<div class=wide><table><thead><tr><th>script<th>kind<th>finding"
		    "<tbody>\n");
	putf("<tr><th scope=row><a href=\"#%s\">%s</a><td>%s<td>", c->name, c->name,
	     kind);
}

static void
usage_finding(const struct cand *c)
{
	const struct cand *from = c->parent < 0 ? NULL : page.c + c->parent;

	if (!c->status || c->kind != USAGE || strcmp(c->status, "ok"))
		return;
	begin_finding(c, "use of the data");
	if (c->own && strcmp(c->own, c->name))
		put("all that is provided is used");
	else if (from && isfinite(c->score) && isfinite(from->score))
		putf("something was left out; with it %s instead of %s",
		     short_number(c->score), short_number(from->score));
	else
		put("something was left out; the script was rewritten");
}

/* Why a try was mended, and what check-submission said of it. */
static void
try_findings(const struct cand *c)
{
	const char *why;
	cJSON *j;
	int n;

	for (n = 1; n <= c->attempts && (c->attempts > 1 || failed(c)); n++) {
		j = n < c->attempts ? load_json(format("%s.try/%d.json", c->name,
		                                       n)) : NULL;
		if ((why = halted_json(j))) {
			begin_finding(c, "debugged");
			escn(why, 200);
			putf(" (try %d)", n);
		}
		cJSON_Delete(j);
		j = load_json(format("%s.try/%d.check.json", c->name, n));
		if (jopt(j, "/finding")) {
			begin_finding(c, "submission");
			escn(jopt(j, "/finding"), 240);
			putf(" (try %d)", n);
		}
		cJSON_Delete(j);
	}
}

void
put_findings(void)
{
	const struct cand *c;

	put("<section id=findings><h2>Findings</h2>\n");
	for (c = page.c; c < page.c + page.n && found < MOST; c++) {
		if (c->suspect) {
			begin_finding(c, "<b class=warn>suspect</b>");
			esc(c->suspect);
		}
		if (c->leaks) {
			begin_finding(c, "leak");
			put("the leak check found one and had it mended");
		}
		usage_finding(c);
		try_findings(c);
		if (failed(c)) {
			begin_finding(c, "<b class=warn>no score</b>");
			esc(c->status);
			put(c->reason ? ": " : "");
			escn(c->reason, 240);
		}
	}
	put(found ? "</table></div>\n" : "<p class=none>No script was found to "
	    "leak, to be suspect or to leave data unused; none failed.</p>\n");
	if (found >= MOST)
		put("<p class=none>There may be more: see <code>make status</code>."
		    "</p>\n");
	put("</section>\n");
}

static void
source(const cJSON *s)
{
	const char *url = cJSON_IsString(s) ? s->valuestring : jopt(s, "/url");

	if (!url)
		return;
	put("<br>");
	if (starts(url, "https://") || starts(url, "http://")) {
		put("<a rel=\"noreferrer noopener\" href=\"");
		esc(url);
		put("\">");
		escn(url, 80);
		put("</a>");
	} else
		escn(url, 80);
}

static void
card(const struct cand *c, const cJSON *m, int n)
{
	const cJSON *s;
	int i = find(format("%d/draft/%d", c->lane, n));

	putf("<tr><td>%d.%d<th scope=row>", c->lane, n);
	escn(jopt(m, "/model_name") ? jopt(m, "/model_name") : "no card", 100);
	cJSON_ArrayForEach(s, jat(m, "/sources"))
		source(s);
	if (jopt(m, "/licence")) {
		put("<br><small>licence: ");
		escn(jopt(m, "/licence"), 60);
		put("</small>");
	}
	if (i >= 0)
		putf("<td class=n><a href=\"#%s\">%s</a>\n", page.c[i].name,
		     counts(page.c + i) ? short_number(page.c[i].score)
		     : "no score");
	else
		put("<td class=n>–\n");
}

void
put_models(void)
{
	const struct cand *c;
	const cJSON *m;
	cJSON *j;
	int n, all = 0;

	for (c = page.c; c < page.c + page.n; c++) {
		if (c->kind != SEARCH)
			continue;
		j = load_json(format("%s.json", c->name));
		n = 0;
		cJSON_ArrayForEach(m, j) {
			if (!all++)
				put("<section id=models><h2>Models that were found</h2>\n"
				    "<div class=wide><table><thead><tr><th>lane<th>model "
				    "and where it was found<th class=n>draft"
				    "<tbody>\n");
			card(c, m, ++n);
		}
		cJSON_Delete(j);
	}
	put(all ? "</table></div></section>\n" : "");
}

static void
pair(const char *key, const char *value)
{
	if (!value)
		return;
	put("<dt>");
	esc(key);
	put("<dd>");
	escn(value, 300);
	put("\n");
}

/* Whether any result says that there was no sandbox: the chosen one does. */
static int
unboxed(void)
{
	cJSON *r = load_json("submit/best.json");
	const char *s = jopt(r, "/sandbox") ? jopt(r, "/sandbox")
	              : jopt(r, "/usage/sandbox");
	int none = s && !strcmp(s, "none");

	cJSON_Delete(r);
	return none;
}

static void
environment(void)
{
	cJSON *m = load_json("machine.json"), *p = load_json("packages.json"), *j;
	const cJSON *k;
	int n = 0;

	pair("Python", jopt(p, "/python"));
	pair("Interpreter", jopt(p, "/executable"));
	if (number(m, "/cores") > 0)
		pair("Machine", format("%.0f cores, %.0f MB of memory, %s",
		     number(m, "/cores"), number(m, "/memory_mb"),
		     jopt(m, "/kernel") ? jopt(m, "/kernel") : "?"));
	cJSON_ArrayForEach(k, jat(m, "/gpu"))
		pair("GPU", cJSON_GetStringValue(k));
	pair("Sandbox", unboxed() ? "none: scripts ran without bubblewrap, at your "
	     "own risk" : "bubblewrap, without network");
	j = jat(p, "/packages");
	if (j && j->child) {
		putf("<dt>Packages<dd><details><summary>%d</summary>",
		     cJSON_GetArraySize(j));
		cJSON_ArrayForEach(k, j) {
			if (n++ >= PACKAGES)
				break;
			put(n > 1 ? ", " : "");
			escn(k->string, 60);
			put(" ");
			escn(cJSON_GetStringValue(k), 40);
		}
		put("</details>\n");
	}
	cJSON_Delete(m);
	cJSON_Delete(p);
}

/* A line of settings.mk, NAME := VALUE, as make is told it. */
static void
setting(struct text *t, char *line)
{
	char *p = strstr(line, " := "), *v;

	if (!p)
		return;
	*p = 0;
	v = p + 4;
	addf(t, " %s=", line);
	if (v[strcspn(v, " '\"$#&;|<>()*?\\")])
		add(t, "'");
	for (p = v; *p; p++)
		if (*p == '\\' && p[1] == '#')
			;
		else if (*p == '\'')
			add(t, "'\\''");
		else
			addn(t, p, 1);
	if (v[strcspn(v, " '\"$#&;|<>()*?\\")])
		add(t, "'");
}

/* What make is told to have it again; replay: by the replies that it got. */
static void
again(const char *settings, const char *replay)
{
	put("<pre>make ");
	esc(run_words(page.run));
	put(strstr(run_words(page.run), " RUN=") ? "-again" : " RUN=again");
	esc(settings);
	esc(replay);
	put("</pre>\n");
}

/* $x; "" if the command has no such option. */
static char *
option(const char *file, const char *x)
{
	struct node *n = find_node(page.log, page.logged, file);
	const char *p = n ? strstr(n->command, x) : NULL;

	return p ? format("%.*s", (int)strcspn(p + strlen(x), " "), p + strlen(x))
	         : format("%s", "");
}

static char *
models_asked(void)
{
	struct text t = {0};
	int i;

	add(&t, "");
	for (i = 0; i < page.calls; i++)
		if (page.call[i].model && !strstr(t.s, page.call[i].model))
			addf(&t, "%s%s", t.n ? ", " : "", page.call[i].model);
	return t.s;
}

void
put_settings(void)
{
	char *s = load_text("settings.mk"), *line, *end;
	struct text t = {0}, but_model = {0};

	add(&t, "");
	add(&but_model, "");
	for (line = s; line && *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = 0;
		if (!starts(line, "MODEL"))
			setting(&but_model, need(strdup(line)));
		setting(&t, line);
	}
	put("<section id=settings><h2>Settings, and how to have it again</h2>\n<dl>");
	pair("Models asked", models_asked());
	pair("SEED", option("task.json", " -s "));
	putf("<dt>Shape<dd>%d lanes of %d models, %d steps of %d plans, %d "
	     "ensembles\n", page.lanes, page.most_drafts, page.most_steps,
	     page.most_plans, page.most_rounds);
	pair("Settings given", t.n ? t.s + 1 : "none: the defaults, or the task's "
	     "config.mk");
	environment();
	put("</dl>\n<p>To make it again beside this one, asking anew:</p>\n");
	again(t.s, "");
	put("<p>With the replies that it got, offline and free:</p>\n");
	again(but_model.s, format(" MODEL=replay:%s", page.run));
	put("</section>\n");
	free(t.s);
	free(s);
}
