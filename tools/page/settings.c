/* The environment and the settings, and how to have the run again. */
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { PACKAGES = 400 };

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
	if (jval(m, "/cores") > 0)
		pair("Machine", format("%.0f cores, %.0f MB of memory, %s",
		     jval(m, "/cores"), jval(m, "/memory_mb"),
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
