/* What each stage took: calls, tokens, price, time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { STAGES = 40 };

static struct stage_cost {
	const char *name;
	int calls, unknown, runs;
	double in, out, cost, asked, ran;       /* asked, ran: seconds */
} stage_cost[STAGES] = {
	{.name = "read-task"}, {.name = "search"}, {.name = "draft"},
	{.name = "merge"}, {.name = "check-usage"}, {.name = "ablate"},
	{.name = "summarize"}, {.name = "extract-block"}, {.name = "plan"},
	{.name = "refine"}, {.name = "plan-ensemble"}, {.name = "ensemble"},
	{.name = "submit"}, {.name = "check-leak"}, {.name = "check-leak-fix"},
	{.name = "debug"},
};

static struct stage_cost *
of(const char *name)
{
	int i;

	for (i = 0; i < STAGES - 1 && stage_cost[i].name; i++)
		if (!strcmp(stage_cost[i].name, name))
			return stage_cost + i;
	if (!stage_cost[i].name)
		stage_cost[i].name = i < STAGES - 1 ? name : "others";
	return stage_cost + i;
}

static void
read_calls(void)
{
	const struct call *c;
	struct stage_cost *s;

	for (c = page.call; c < page.call + page.calls; c++) {
		s = of(c->stage);
		s->calls++;
		s->in += isfinite(c->in) ? c->in : 0;
		s->out += isfinite(c->out) ? c->out : 0;
		s->cost += isfinite(c->cost) ? c->cost : 0;
		s->unknown += !isfinite(c->cost);
		s->asked += isfinite(c->seconds) ? c->seconds : 0;
	}
}

/* Which stage wrote the script of X.try/N.json: what X.draft.py is by. */
static const char *
writer(const char *name)
{
	const struct node *n = find_node(page.log, page.logged,
	    format("%.*s.draft.py", (int)(strstr(name, ".try/") - name), name));

	return n ? n->tool : "others";
}

static void
read_log(void)
{
	const struct node *n;
	struct stage_cost *s;

	for (n = page.log; n < page.log + page.logged; n++) {
		if (strcmp(n->tool, "run") || !strstr(n->name, ".try/"))
			continue;
		s = of(writer(n->name));
		s->runs++;
		s->ran += n->seconds;
	}
}

static void
row(const struct stage_cost *s, double most, int tokens)
{
	double asked = most > 0 ? s->asked / most * 100 : 0;
	double ran = most > 0 ? s->ran / most * 100 : 0;

	put("<tr><th scope=row>");
	esc(s->name);
	putf("<td class=n>%d", s->calls);
	if (tokens)
		putf("<td class=n>%s<td class=n>%s<td class=n>%s%s",
		     amount_of(s->in), amount_of(s->out), s->unknown
		     && s->unknown < s->calls ? "≥ " : "", s->unknown
		     && s->unknown == s->calls ? "unknown" : money(s->cost));
	putf("<td class=n>%s<td class=n>%d<td class=n>%s", s->asked > 0
	     ? span_of(s->asked) : "–", s->runs, s->ran > 0 ? span_of(s->ran)
	     : "–");
	if (most > 0)
		putf("<td class=bar><svg width=\"100%%\" height=12 aria-hidden=true>"
		     "<rect class=asked width=\"%.1f%%\" height=12 /><rect class=ran "
		     "x=\"%.1f%%\" width=\"%.1f%%\" height=12 /></svg>", asked, asked,
		     ran);
	put("\n");
}

void
put_spent(void)
{
	struct stage_cost all = {.name = "in all"}, *s;
	double most = 0;

	read_calls();
	read_log();
	for (s = stage_cost; s < stage_cost + STAGES && s->name; s++) {
		all.calls += s->calls;
		all.unknown += s->unknown;
		all.runs += s->runs;
		all.in += s->in;
		all.out += s->out;
		all.cost += s->cost;
		all.asked += s->asked;
		all.ran += s->ran;
		most = fmax(most, s->asked + s->ran);
	}
	put("<section id=spent><h2>What it took</h2>\n");
	putf("<p class=legend>Summed over all that ran at a time: <span class=\"key "
	     "asked\">■</span> model, <span class=\"key ran\">■</span> scripts.</p>"
	     "\n<div class=wide><table><thead><tr><th>stage<th class=n>calls%s<th "
	     "class=n>model<th class=n>runs<th class=n>scripts<th>time<tbody>\n",
	     all.in + all.out > 0 ? "<th class=n>tokens in<th class=n>out<th "
	     "class=n>price" : "");
	for (s = stage_cost; s < stage_cost + STAGES && s->name; s++)
		if (s->calls || s->runs)
			row(s, most, all.in + all.out > 0);
	put("<tfoot>");
	row(&all, 0, all.in + all.out > 0);
	put("</table></div></section>\n");
}
