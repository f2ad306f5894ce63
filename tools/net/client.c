#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

/* Tries in all; again after what is no reply, or a blank one; how often a
 * paused reply is asked to go on; the longest told wait (s). */
enum { TRIES = 6, BROKEN = 3, BLANK = 2, PAUSES = 5, PATIENCE = 120 };

struct client {
	const struct endpoint *e;       /* as it was called */
	struct endpoint to;             /* the same with the model's name */
	struct question q;
	const char *asked;              /* the prompt of the request */
	int verbose;
	double begun, until, ends;      /* until: of this call; ends: of the run */
	int tries, broken, blank, pauses, lowered, grown, renamed;
	long own, most, sent;           /* tokens: the user's, ours, as sent */
	struct text said;               /* before the pauses */
	cJSON *sources;                 /* of them */
	struct reply *cut;              /* what there is if more cannot be had */
	struct bill bill;
	struct http h;                  /* the last exchange */
};

static struct trouble
problem(const char *class, int again, char *message)
{
	return (struct trouble){class, again, 0, message};
}

static struct client
begin(const struct endpoint *e, const cJSON *request, int verbose)
{
	struct client c = {.e = e, .to = *e, .verbose = verbose};

	c.q = question(e, request);
	c.asked = c.q.prompt;
	if (cJSON_IsTrue(jat(request, "/web")) && !e->web)
		warn("ask %s: no web search, so it answers from what it knows",
		     e->name);
	c.own = c.q.most;
	c.begun = now();
	c.until = c.begun + means("LLM_TIMEOUT", 1200);
	c.ends = moment("RUN_ENDS", HUGE_VAL);
	c.sources = cJSON_CreateArray();
	return c;
}

/* The first model of a server that was called without a name. */
static struct trouble
find_model(struct client *c)
{
	const char *found;

	c->h = (struct http){.url = models_url(c->e)};
	exchange(c->e, &c->h, 0, fmin(c->until, c->ends) - now(), c->verbose);
	found = c->h.status == 200 ? first_model(c->h.reply) : NULL;
	if (!found && (c->h.status == 200 || c->h.status == 404
	    || c->h.status == 405 || c->h.status == 501))
		return problem("not_found", 0, format("%s: name one: %s",
		    UNLISTED, strcmp(c->e->provider, "server")
		    ? format("%s/NAME", c->e->provider)
		    : format("%s#NAME", c->e->base)));
	if (!found)
		return exchange_trouble(&c->h);
	c->to.model = gate_model(c->e, found);
	return problem(NULL, 0, NULL);
}

/* Google's streams have no mark of their end: what comes after a finish may be
 * missing. */
static int
ends_openly(const struct client *c)
{
	return !strcmp(c->e->wire->name, "gemini");
}

/* A model that goes round in circles: who waits for its end waits in vain. */
static int
circles(const struct client *c, const struct reply *r)
{
	if (!c->h.unended || r->finish || r->error || blank(r->text)
	    || c->ends < c->until)
		return 0;
	warn("ask %s: %s: taken as cut off", c->e->name, c->h.trouble.message);
	return 1;
}

static struct trouble
in_reply(struct client *c, struct reply *r)
{
	struct trouble t;

	read_reply(c->e->wire, c->h.reply, c->h.n, r);
	if (r->error) {
		r->error = hide(r->error);
		r->finish = NULL;
	}
	bill_add(&c->bill, c->h.body, r);
	if (circles(c, r)) {
		r->finish = "length";
		return problem(NULL, 0, NULL);
	}
	if (c->h.trouble.class && (!c->h.trouble.again || ends_openly(c)))
		return c->h.trouble;
	if (r->error && r->fault) {
		t = trouble(200, "", r->fault);
		if (t.class)
			return t;
	}
	if (r->error)
		return problem("broken", 1, r->error);
	if (r->finish && strcmp(r->finish, "refused") && blank(r->text)
	    && strcmp(r->finish, "length") && strcmp(r->finish, "pause")
	    && (r->searched || !c->said.n) && c->blank++ < BLANK)
		return problem("broken", 1, format("%s", "it is blank"));
	if (r->finish)
		return problem(NULL, 0, NULL);
	if (c->h.trouble.class)
		return c->h.trouble;
	return problem("broken", 1, c->h.n == 0 ? format("%s", "it is empty")
	       : blank(r->text) ? format("it is no reply of a model: %.200s",
	                                 error_line(c->h.reply))
	       : format("it ends early, after %zu bytes", c->h.n));
}

/* Unless the user said how many tokens a reply may have, what the wire says is
 * held against what the model is known to allow. */
static char *
body(struct client *c)
{
	long most = gate_most(c->e, 0);
	cJSON *j;

	c->q.without |= gate_without(c->e);
	c->q.prompt = c->asked;
	if (c->q.schema && !(c->e->wire->fields & ~c->q.without & F_SCHEMA))
		c->q.prompt = format("%s\n\nReply with JSON alone, by this schema:\n"
		                     "%s\n", c->asked, cJSON_Print(c->q.schema));
	c->q.most = c->most ? c->most : c->own;
	if (most && c->q.most > most)
		c->q.most = most;
	j = c->e->wire->body(&c->to, &c->q);
	if (most && most_in(j) > most) {
		c->q.most = most;
		j = c->e->wire->body(&c->to, &c->q);
	}
	c->sent = most_in(j);
	return need(cJSON_PrintUnformatted(j));
}

/* in: whether its turn has come, which only the run's end keeps it from. */
static struct trouble
late(const struct client *c, int in)
{
	return !in || now() >= c->ends
	     ? problem("postponed", 0, format("%s", "the run's time is up"))
	     : problem("timeout", 0, format("%.6g s are over (LLM_TIMEOUT)",
	                                    means("LLM_TIMEOUT", 1200)));
}

/* One exchange; waiting for its turn is not the call's time. */
static struct trouble
attempt(struct client *c, struct reply *r)
{
	double t0 = now();
	struct trouble t;
	int in, stream;
	char *s;

	in = gate_enter(c->e, c->ends);
	c->until += now() - t0;
	if (!in || now() >= fmin(c->until, c->ends)) {
		t = late(c, in);
		if (in)
			gate_leave(c->e, &t);
		return t;
	}
	*r = (struct reply){.text = NULL};
	if (!*c->to.model && !c->renamed && gate_model(c->e, NULL))
		c->to.model = gate_model(c->e, NULL);
	if (!*c->to.model && (t = find_model(c)).class) {
		gate_leave(c->e, &t);
		return t;
	}
	s = body(c);
	c->h = (struct http){.url = c->e->wire->url(&c->to, &c->q), .body = s};
	stream = (c->e->wire->fields & ~c->q.without & F_STREAM) != 0;
	exchange(c->e, &c->h, stream, fmin(c->until, c->ends) - now(),
	         c->verbose);
	t = c->h.status / 100 == 2 ? in_reply(c, r) : exchange_trouble(&c->h);
	gate_leave(c->e, &t);
	return t;
}

/* Fewer tokens for the reply, if that is what the server wants. */
static int
lower(struct client *c, const struct trouble *t)
{
	int lasting;
	long most = allowed_most(t->message, c->sent, &lasting);

	if (!most || c->lowered++ > 1)
		return 0;
	if (lasting)
		gate_most(c->e, most);
	if (c->own > most)
		warn("ask %s: at most %ld tokens: MAX_TOKENS is higher",
		     c->e->name, most);
	c->most = most;
	return 1;
}

static void
tell_dropped(const struct client *c, unsigned f, const char *why)
{
	const char *what = f == F_TEMPERATURE ? "TEMPERATURE"
	    : f == F_EFFORT ? "EFFORT" : f == F_MAX ? "MAX_TOKENS"
	    : f == F_SCHEMA ? "a JSON schema" : NULL;

	if (f == F_WEB)
		warn("ask %s: no web search, so it answers from what it knows:"
		     " %s", c->e->name, in_short(why));
	else if (what)
		warn("ask %s: asked without %s: %s", c->e->name, what,
		     in_short(why));
}

/* A field less. */
static int
drop(struct client *c, const struct trouble *t)
{
	unsigned f = refused_field(c->h.reply, sent_fields(c->e, &c->q, c->sent));

	if (f == F_MAX && !strcmp(c->e->wire->name, "chat")
	    && !(c->q.without & F_OLD_MAX))
		f = F_OLD_MAX;
	if (!f)
		return 0;
	c->q.without |= f;
	gate_refused(c->e, f);
	tell_dropped(c, f, t->message);
	return 1;
}

/* Whether the request can be put in another way. */
static int
adapt(struct client *c, const struct trouble *t)
{
	int gone = !strcmp(t->class, "not_found");
	int bad = !strcmp(t->class, "bad_request");

	if (gone && !*c->e->model && c->h.body && !c->renamed++) {
		c->to.model = "";       /* it may have another one by now */
		return 1;
	}
	return ((bad || !strcmp(t->class, "too_long")) && lower(c, t))
	    || (bad && drop(c, t));
}

static int
most_tries(const struct client *c)
{
	return !c->h.status && c->h.most && c->h.most < TRIES ? c->h.most : TRIES;
}

static int
hopeless(struct client *c, const struct trouble *t)
{
	int broken = !strcmp(t->class, "broken");

	return !t->again || c->tries >= most_tries(c) || t->wait > PATIENCE
	    || (broken && c->broken++ >= BROKEN);
}

/* Whether it is worth another try; if so it is time for it. */
static int
again(struct client *c, struct trouble *t)
{
	double s, left = fmin(c->until, c->ends) - now();

	c->tries += strcmp(t->class, "postponed") != 0;
	if (hopeless(c, t))
		return 0;
	s = t->wait ? t->wait + chance() * (0.25 * t->wait + 0.5)
	  : fmin(60, exp2(c->tries - 1)) * (0.5 + 0.5 * chance());
	if (s > left) {
		if (c->ends < c->until)
			*t = problem("postponed", 0, format("the run's time is "
			             "up: %s", in_words(c->e, t)));
		return 0;
	}
	warn("ask %s: %s, again in %.1f s (%d of %d)%s%s", c->e->name,
	     trouble_word(t->class), fmax(s, gate_closed(c->e)), c->tries + 1,
	     most_tries(c), *t->message ? ": " : "", in_short(t->message));
	rest(s);
	return 1;
}

static void
say(struct client *c, const struct reply *r)
{
	if (r->searched)
		c->said = (struct text){.s = NULL};
	add(&c->said, r->text);
}

/* A reply that is not whole, though nothing is wrong: whether to go on. */
static int
go_on(struct client *c, struct reply *r)
{
	long known = gate_most(c->e, 0), more = 2 * c->sent;
	const cJSON *j;
	cJSON *turn;

	if (!strcmp(r->finish, "pause") && r->turn && c->pauses++ < PAUSES) {
		say(c, r);
		cJSON_ArrayForEach(j, r->sources)
			cJSON_AddItemToArray(c->sources, cJSON_Duplicate(j, 1));
		turn = c->q.turn ? cJSON_Duplicate(c->q.turn, 1)
		     : cJSON_CreateArray();
		cJSON_ArrayForEach(j, r->turn)
			cJSON_AddItemToArray(turn, cJSON_Duplicate(j, 1));
		c->q.turn = turn;
		return 1;
	}
	if (strcmp(r->finish, "length") || c->own || !c->sent || c->grown)
		return 0;
	if (known && more > known)
		more = known;
	if (more <= c->sent)
		return 0;
	c->grown = 1;
	c->most = more;
	c->cut = need(malloc(sizeof *r));
	*c->cut = *r;
	return 1;
}

/* What every document tells. */
static cJSON *
finished_call(struct client *c, cJSON *j, const char *model)
{
	cJSON_AddStringToObject(j, "provider", c->e->provider);
	cJSON_AddStringToObject(j, "model", model ? model : c->to.model);
	cJSON_AddNumberToObject(j, "tries", c->tries);
	cJSON_AddNumberToObject(j, "seconds",
	                        round((now() - c->begun) * 1e3) / 1e3);
	bill_put(&c->bill, j);
	return j;
}

static cJSON *
replied(struct client *c, struct reply *r)
{
	cJSON *j = cJSON_CreateObject(), *s;
	const char *finish = r->finish;

	c->tries++;
	if (!strcmp(finish, "pause"))
		finish = "length";
	else if (!strcmp(finish, "other"))
		finish = "stop";
	say(c, r);
	/* A stream may tell a key in pieces. */
	cJSON_AddStringToObject(j, "reply", hide(clean(c->said.s, c->said.n)));
	cJSON_AddStringToObject(j, "finish", finish);
	if (r->why)
		cJSON_AddStringToObject(j, "why", in_short(r->why));
	cJSON_ArrayForEach(s, r->sources)
		cJSON_AddItemToArray(c->sources, cJSON_Duplicate(s, 1));
	finished_call(c, j, r->model);
	if (cJSON_GetArraySize(c->sources))
		cJSON_AddItemToObject(j, "sources", c->sources);
	return j;
}

static cJSON *
failed(struct client *c, const struct trouble *t)
{
	cJSON *j = cJSON_CreateObject(), *o;

	o = cJSON_AddObjectToObject(j, "trouble");
	cJSON_AddStringToObject(o, "class", t->class);
	cJSON_AddStringToObject(o, "message", in_words(c->e, t));
	if (t->wait)
		cJSON_AddNumberToObject(o, "wait", t->wait);
	return finished_call(c, j, NULL);
}

cJSON *
call(const struct endpoint *e, const cJSON *request, int verbose)
{
	struct client c = begin(e, request, verbose);
	struct trouble t;
	struct reply r;

	for (;;) {
		t = attempt(&c, &r);
		if (!t.class && !go_on(&c, &r))
			return replied(&c, &r);
		if (!t.class || adapt(&c, &t))
			continue;
		if (c.cut)
			return replied(&c, c.cut);
		if (!again(&c, &t))
			return failed(&c, &t);
	}
}
