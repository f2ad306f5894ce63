/* What was found wrong with scripts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { MOST = 60 };

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

	if (!c->r.status || c->kind != USAGE || strcmp(c->r.status, "ok"))
		return;
	begin_finding(c, "use of the data");
	if (c->r.name && strcmp(c->r.name, c->name))
		put("all that is provided is used");
	else if (from && isfinite(c->r.score) && isfinite(from->r.score))
		putf("something was left out; with it %s instead of %s",
		     short_number(c->r.score), short_number(from->r.score));
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

	for (n = 1; n <= c->r.attempts && (c->r.attempts > 1 || failed(c)); n++) {
		j = n < c->r.attempts ? load_json(format("%s.try/%d.json", c->name,
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
		if (c->r.suspect) {
			begin_finding(c, "<b class=warn>suspect</b>");
			esc(c->r.suspect);
		}
		if (c->leaks) {
			begin_finding(c, "leak");
			put("the leak check found one and had it mended");
		}
		usage_finding(c);
		try_findings(c);
		if (failed(c)) {
			begin_finding(c, "<b class=warn>no score</b>");
			esc(c->r.status);
			put(c->r.reason ? ": " : "");
			escn(c->r.reason, 240);
		}
	}
	put(found ? "</table></div>\n" : "<p class=none>No script was found to "
	    "leak, to be suspect or to leave data unused; none failed.</p>\n");
	if (found >= MOST)
		put("<p class=none>There may be more: see <code>make status</code>."
		    "</p>\n");
	put("</section>\n");
}
