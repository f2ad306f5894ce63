/* What the ablations printed: bars of what each change made of the score. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/lib.h"
#include "page.h"

enum { MOST = 12, NAME = 60, STUDIES = 48 };

struct change {
	char *name;
	double score;
};

/* The first number that stands by itself. */
static double
first_number(const char *s)
{
	char *end;
	double v;

	for (; *s; s++) {
		if (!isdigit((unsigned char)*s) && !(strchr("-+.", *s)
		    && isdigit((unsigned char)s[1])))
			continue;
		v = strtod(s, &end);
		if (isfinite(v) && !isalpha((unsigned char)*end))
			return v;
		s = end - 1;
	}
	return NAN;
}

/* The number in a cell of "name | in words | 12.3 | +0.1", or null. */
static char *
number_cell(char *line, double *v)
{
	char *p, *end;

	for (p = strchr(line, '|'); p; p = strchr(p + 1, '|')) {
		*v = strtod(p + 1, &end);
		end += strspn(end, " \t");
		if (end != p + 1 && isfinite(*v) && (!*end || *end == '|'))
			return p;
	}
	return NULL;
}

/* A name, then a number, as "name: 12.3 .."; other lines are no change. */
static int
read_change(char *line, struct change *c)
{
	char *p, *bar;

	line += strspn(line, " \t-*#");
	if (!(p = number_cell(line, &c->score))) {
		p = strpbrk(line, ":=");
		c->score = p ? first_number(p + 1) : NAN;
	}
	if (!p || !isfinite(c->score) || p - line > 160)
		return 0;
	c->name = format("%.*s", (int)(p - line), line);
	if ((bar = strstr(c->name, " | ")))
		memcpy(bar, ":  ", 3);
	for (p = c->name; *p && !isalpha((unsigned char)*p); p++)
		;
	return *p != 0;
}

static int
is_base(const char *name)
{
	static const char *words[] = {"baseline", "original", "unchanged", "full",
	                              "as it is", "base "};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasestr(name, words[i]))
			return 1;
	return 0;
}

static int
changes(char *s, struct change *c)
{
	char *end;
	int n = 0;

	for (; s && *s && n < MOST; s = end) {
		end = s + strcspn(s, "\n");
		if (*end)
			*end++ = 0;
		n += read_change(s, c + n);
	}
	return n;
}

static void
bar(const struct change *c, double base, double most)
{
	double d = c->score - base, w = most > 0 ? fabs(d) / most * 50 : 0;

	put("<tr><th scope=row>");
	escn(c->name, NAME);
	putf("<td class=n>%s<td class=n>%s<td class=bar><svg class=%s "
	     "width=\"100%%\" height=14 aria-hidden=true><rect class=mid "
	     "x=\"50%%\" width=1 height=14 /><rect x=\"%.1f%%\" width=\"%.1f%%\" "
	     "y=3 height=8 /></svg>\n", short_number(c->score),
	     signed_number(d),
	     beats_score(c->score, base) ? "gain" : "loss", d < 0 ? 50 - w : 50, w);
}

static void
bars(const struct change *c, int n)
{
	double most = 0;
	int i, base = 0;

	for (i = n - 1; i >= 0; i--)
		if (is_base(c[i].name))
			base = i;
	for (i = 0; i < n; i++)
		most = fmax(most, fabs(c[i].score - c[base].score));
	put("<table class=bars><thead><tr><th>changed<th class=n>score<th class=n>"
	    "difference<th>");
	put(page.lower ? "better ← | → worse" : "worse ← | → better");
	put("<tbody>\n<tr><th scope=row>");
	escn(c[base].name, NAME);
	putf("<td class=n>%s<td><td>\n", short_number(c[base].score));
	for (i = 0; i < n; i++)
		if (i != base)
			bar(c + i, c[base].score, most);
	put("</table>\n");
}

/* The first line of the block that was refined then. */
static void
chosen(const struct cand *c)
{
	cJSON *j = load_json(format("%d/%d/block.json", c->lane, c->step));
	const char *s = jopt(j, "/code_block");

	if (s) {
		put("<p class=legend>Refined then: <code>");
		s += strspn(s, " \t\n");
		escn(format("%.*s", (int)strcspn(s, "\n"), s), 80);
		put("</code></p>\n");
	}
	cJSON_Delete(j);
}

static void
study(const struct cand *c)
{
	struct change change[MOST];
	cJSON *r = load_json(format("%s.json", c->name));
	char *s = safe(jopt(r, "/stdout"));
	int n = changes(s, change);

	putf("<article><h3 class=l%d><a href=\"#%s\">Lane %d, step %d</a></h3>\n",
	     (c->lane - 1) % 8 + 1, c->name, c->lane, c->step);
	if (!c->r.status || strcmp(c->r.status, "ok")) {
		put("<p class=none>");
		esc(c->r.status ? c->r.status : "not run yet");
		if (c->r.reason) {
			put(": ");
			escn(c->r.reason, 160);
		}
		put("</p>\n");
	} else if (n > 1)
		bars(change, n);
	else
		put("<p class=none>What it printed is no list of scores: see its "
		    "panel.</p>\n");
	chosen(c);
	put("</article>\n");
	cJSON_Delete(r);
	free(s);
}

void
put_ablations(void)
{
	const struct cand *c;
	int n = 0;

	for (c = page.c; c < page.c + page.n; c++) {
		if (c->kind != ABLATE)
			continue;
		if (!n++)
			put("<section id=ablations><h2>What the parts are worth</h2>\n"
			    "<p class=legend>Ablations: the score of a script with one "
			    "part changed, as the study printed it. What made it much "
			    "worse matters.</p>\n<div class=studies>\n");
		if (n <= STUDIES)
			study(c);
	}
	if (n > STUDIES)
		putf("<p class=none>and %d more: see their panels.</p>\n",
		     n - STUDIES);
	put(n ? "</div></section>\n" : "");
}
