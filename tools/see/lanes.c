#include <math.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

enum { WIDTH = 79, MARGIN = 14 };

/* A lane's score after a stage, and what is missing or failed of it. */
static char *
cell(const cJSON *c)
{
	struct text t = {0};
	int made = jnum(c, "/made"), of = jnum(c, "/of");

	if (isnan(jval(c, "/score")))
		add(&t, of && made == of ? "none" : "-");
	else
		addf(&t, "%.6g", jval(c, "/score"));
	if (of && made < of)
		addf(&t, "  %d of %d", made, of);
	if (jnum(c, "/failed") > 0)
		addf(&t, "  %.0f failed", jnum(c, "/failed"));
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
void
say_lanes(const cJSON *d)
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
		show_rows(cJSON_GetArrayItem(all, 0), a, b, width);
	}
	if (jnum(d, "/ensemble/of") > 0)
		say("ensemble", "%s", cell(jat(d, "/ensemble")));
	say("submit", "%s", cell(jat(d, "/submit")));
}
