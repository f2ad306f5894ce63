/* What a candidate's panel shows, and all of its texts, as one packed JSON. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { CODE = 96 << 10, OUTPUT = 12 << 10, PROMPT = 48 << 10 };

static struct text json;
static int first;               /* of a list */

static void
comma(void)
{
	add(&json, first ? "" : ",");
	first = 0;
}

static void
fact(const char *key, const char *value)
{
	if (!value)
		return;
	comma();
	add(&json, "[");
	add_string(&json, key);
	add(&json, ",");
	add_string(&json, value);
	add(&json, "]");
}

/* A text that is shown; or, if from is one too, what changed since. */
static void
section(const char *title, int text, int from, const char *file, int open)
{
	if (text == NO_TEXT)
		return;
	comma();
	add(&json, "{\"k\":");
	add_string(&json, title);
	addf(&json, ",\"t\":%d", text);
	if (from != NO_TEXT)
		addf(&json, ",\"a\":%d", from);
	add(&json, ",\"f\":");
	add_string(&json, file);
	addf(&json, ",\"o\":%d}", open);
}

static int
pack_file(char *name, size_t most)
{
	char *s = pack_full() ? NULL : load_text(name);
	int t = pack_full() && there(name) ? NO_ROOM : pack(s, most);

	free(s);
	return t;
}

static void
section_of(const char *title, const char *name, size_t most, int open)
{
	section(title, pack_file((char *)name, most), NO_TEXT, name, open);
}

static void
facts(const struct cand *c)
{
	const struct cand *from = c->parent < 0 ? NULL : page.c + c->parent;
	struct node *n = find_node(page.log, page.logged, format("%s.json",
	                           c->name));

	if (isfinite(c->r.score))
		fact(isfinite(c->r.se) ? "Measured" : "Score", isfinite(c->r.se)
		     ? format("%s %s", short_number(c->r.score), error_number(c->r.se))
		     : short_number(c->r.score));
	if (isfinite(c->r.printed))
		fact("Printed", short_number(c->r.printed));
	if (from && counts(c) && isfinite(from->r.score))
		fact(format("Against %s", from->name), format("%s, %s",
		     signed_number(c->r.score - from->r.score),
		     beats_score(c->r.score, from->r.score)
		     ? "better" : c->r.score == from->r.score ? "equal" : "worse"));
	if (c->r.status && strcmp(c->r.status, "ok"))
		fact("Status", c->r.status);
	fact("Why", c->r.reason);
	fact("Suspect", c->r.suspect);
	if (c->r.name && strcmp(c->r.name, c->name))
		fact("Result", format("that of %s, whose script it is", c->r.name));
	if (isfinite(c->r.seconds))
		fact("Run time", span_of(c->r.seconds));
	if (isfinite(c->r.memory))
		fact("Memory", format("%.0f MB", c->r.memory));
	if (c->r.attempts > 1)
		fact("Tries", format("%d", c->r.attempts));
	if (n)
		fact("Made", n->ended);
}

/* Why a try was not the last. */
static const char *
trouble(const char *folder, int n)
{
	static const char *kinds[] = {"json", "check.json", "score.json"};
	const char *why = NULL;
	cJSON *j;
	int i;

	for (i = 0; i < 3 && !why; i++) {
		j = load_json(format("%s/%d.%s", folder, n, kinds[i]));
		if (i == 0 && halted_json(j))
			why = halted_json(j);
		else if (i > 0 && jopt(j, "/finding"))
			why = safe(jopt(j, "/finding"));
		cJSON_Delete(j);
	}
	return why;
}

static void
try_output(const char *folder, int n)
{
	char *file = format("%s/%d.json", folder, n);
	cJSON *j = load_json(file);

	section(format("Try %d: output", n), pack(jopt(j, "/stdout"), OUTPUT),
	        NO_TEXT, file, 0);
	section(format("Try %d: errors", n), pack(jopt(j, "/stderr"), OUTPUT),
	        NO_TEXT, file, 0);
	cJSON_Delete(j);
}

/* The tries, if there was more than the first or a leak was mended. */
static void
tries(const struct cand *c)
{
	char *folder = format("%s.try", c->name), *ran;
	int n, before = pack_file(format("%s.draft.py", c->name), CODE), draft;
	const char *why;

	if (c->r.attempts < 2 && !c->leaks && c->r.status && !failed(c))
		return;
	for (n = 1; there(ran = format("%s/%d.py", folder, n))
	     || there(format("%s/%d.draft.py", folder, n)); n++) {
		draft = n > 1 ? pack_file(format("%s/%d.draft.py", folder, n), CODE)
		      : before;
		if (n > 1)
			section(format("Try %d: what was mended", n), draft, before,
			        format("%s/%d.draft.py", folder, n), 1);
		before = pack_file(ran, CODE);
		section(format("Try %d: what the leak check changed", n), before,
		        draft, ran, 0);
		if ((why = trouble(folder, n)))
			section(format("Try %d failed", n), pack(why, OUTPUT), NO_TEXT,
			        format("%s/%d.json", folder, n), 1);
		if (n < c->r.attempts || !c->r.status)
			try_output(folder, n);
	}
}

/* Of models.json, a card each. */
static void
cards(const struct cand *c)
{
	char *file = format("%s.json", c->name);
	cJSON *j = load_json(file);
	const cJSON *m;

	cJSON_ArrayForEach(m, j)
		section(jopt(m, "/model_name") ? jopt(m, "/model_name") : "no card",
		        pack(jopt(m, "/example_code"), CODE), NO_TEXT, file, 1);
	cJSON_Delete(j);
}

static void
scripts(struct cand *c)
{
	char *file = format("%s.json", c->name);
	cJSON *r = pack_full() ? NULL : load_json(file);
	const char *s = jopt(r, "/script");
	int from = c->parent < 0 ? NO_TEXT : page.c[c->parent].script;

	c->script = s ? pack(s, CODE)
	          : pack_file(format("%s.draft.py", c->name), CODE);
	if (pack_full() && c->script == NO_TEXT)
		c->script = NO_ROOM;
	if (c->kind != ABLATE && from != NO_TEXT)
		section(format("What changed against %s", page.c[c->parent].name),
		        c->script, from, file, 1);
	section("Output", pack(jopt(r, "/stdout"), OUTPUT), NO_TEXT, file,
	        c->kind == ABLATE || failed(c));
	section("Errors", pack(jopt(r, "/stderr"), OUTPUT), NO_TEXT, file,
	        failed(c));
	tries(c);
	section("The script", c->script, NO_TEXT, file, from == NO_TEXT);
	cJSON_Delete(r);
}

static void
block(const struct cand *c)
{
	char *file = format("%d/%d/block.json", c->lane, c->step);
	cJSON *j = load_json(file);

	section("What is to be refined", pack(jopt(j, "/code_block"), CODE),
	        NO_TEXT, file, 1);
	section("The first plan", pack(jopt(j, "/plan"), OUTPUT), NO_TEXT, file, 1);
	cJSON_Delete(j);
}

static void
panel(struct cand *c)
{
	add(&json, json.n > 10 ? ",\n" : "");
	add_string(&json, c->name);
	add(&json, ":{\"h\":");
	add_string(&json, title_of(c));
	add(&json, ",\"l\":");
	add_string(&json, c->label && c->kind == DRAFT ? c->label : "");
	add(&json, ",\"f\":[");
	first = 1;
	facts(c);
	add(&json, "],\"s\":[");
	first = 1;
	switch (c->kind) {
	case TASK:
		section_of("What was asked", "in/task.md", CODE, 1);
		section_of("Its facts", "task.json", CODE, 1);
		section_of("What every stage is told", "brief.md", CODE, 0);
		section_of("The data", "data.json", CODE, 0);
		break;
	case SEARCH:
		cards(c);
		break;
	case ABLATE:
		section_of("What it showed", format("%d/%d/summary.md", c->lane,
		           c->step), CODE, 1);
		block(c);
		scripts(c);
		break;
	default:
		section_of("The plan", format("%s.plan.md", c->name), CODE, 1);
		scripts(c);
	}
	add(&json, "]}");
}

static void
call(const struct call *k)
{
	cJSON *j = k->chat && !pack_full() ? load_json(k->chat) : NULL;
	int prompt = pack(jopt(j, "/request/prompt"), PROMPT);
	int reply = pack(jopt(j, "/reply"), PROMPT);
	struct text t = {0};

	addf(&t, "%s: %s", k->stage, k->model ? k->model : "?");
	if (isfinite(k->in) || isfinite(k->out))
		addf(&t, ", %s tokens in, %s out", amount_of(k->in),
		     amount_of(k->out));
	if (isfinite(k->seconds))
		addf(&t, ", %s", span_of(k->seconds));
	if (!isfinite(k->cost) || k->cost > 0)
		addf(&t, ", price %s", money(k->cost));
	if (k->trouble)
		addf(&t, ", came to nothing: %s", k->trouble);
	comma();
	add(&json, "{\"k\":");
	add_string(&json, t.s);
	addf(&json, ",\"p\":%d,\"r\":%d,\"f\":", k->chat && pack_full()
	     && prompt == NO_TEXT ? NO_ROOM : prompt, k->chat && pack_full()
	     && reply == NO_TEXT ? NO_ROOM : reply);
	add_string(&json, k->chat ? k->chat : "ledger.jsonl");
	add(&json, "}");
	free(t.s);
	cJSON_Delete(j);
}

static void
calls(const struct cand *c)
{
	const char *also[3] = {format("%s.", c->name), NULL, NULL};
	int i, from, to;

	if (c->kind == ABLATE) {
		also[1] = format("%d/%d/summary.", c->lane, c->step);
		also[2] = format("%d/%d/block.", c->lane, c->step);
	}
	add(&json, c == page.c ? "" : ",\n");
	add_string(&json, c->name);
	add(&json, ":[");
	first = 1;
	for (i = 0; i < 3 && also[i]; i++)
		for (calls_of(also[i], &from, &to); from < to; from++)
			call(page.call + from);
	add(&json, "]");
}

/* Those on the way to the answer come first, and all scripts before calls: so
 * what finds no room is what matters least. */
void
put_panels(void)
{
	int i, pass;

	add(&json, "{\"nodes\":{");
	for (pass = 1; pass >= 0; pass--)
		for (i = 0; i < page.n; i++)
			if (page.c[i].way == pass)
				panel(page.c + i);
	add(&json, "},\n\"calls\":{");
	for (i = 0; i < page.n; i++)
		calls(page.c + i);
	add(&json, "},\n\"run\":");
	add_string(&json, page.run);
	add(&json, ",\n");
	add_pack(&json);
	add(&json, "}");
	put("<script type=\"text/plain\" id=texts>");
	put_packed(json.s, json.n);
	put("</script>\n");
}
