#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib.h"

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
	int tries, broken, blank, pauses, lowered, grown;
	long own, most, sent;           /* tokens: the user's, ours, as sent */
	struct text said;               /* before the pauses */
	cJSON *sources;                 /* of them */
	struct reply *cut;              /* what there is if more cannot be had */
	double in, cached, out, reasoning, cost;        /* of all tries */
	double guessed_in, guessed_out;                 /* of those that do not tell */
	int counted, estimated;
	struct http h;                  /* the last exchange */
};

static struct trouble
problem(const char *class, int again, char *message)
{
	return (struct trouble){class, again, 0, message};
}

static double
end_of_run(void)
{
	const char *s = env("RUN_ENDS");
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return s ? now() + atof(s) - t.tv_sec - t.tv_nsec / 1e9 : HUGE_VAL;
}

static struct client
begin(const struct endpoint *e, const cJSON *request, int verbose)
{
	struct client c = {.e = e, .to = *e, .verbose = verbose};

	c.q = question(e, request);
	c.asked = c.q.prompt;
	if (cJSON_IsTrue(jat(request, "/web")) && !e->web)
		warn("%s: no web search, so it answers from what it knows",
		     e->name);
	c.own = c.q.most;
	c.begun = now();
	c.until = c.begun + means("LLM_TIMEOUT", 1200);
	c.ends = end_of_run();
	c.sources = cJSON_CreateArray();
	c.cached = c.reasoning = c.cost = NAN;
	return c;
}

/* Headers; with a key that can be shown if verbose. */
static const char **
headers(const struct client *c, int show)
{
	const char **h = need(calloc(8, sizeof *h));
	const struct endpoint *e = c->e;
	const char *s;
	int n = 0;

	if (e->key)
		h[n++] = show ? format("%s[%s]", e->key_header, e->key_name)
		       : format("%s%s", e->key_header, e->key);
	if (e->wire->header)
		h[n++] = e->wire->header;
	h[n++] = "Accept: application/json, text/event-stream";
	if (!strcmp(e->provider, "openai") && (s = env("OPENAI_ORG_ID")))
		h[n++] = format("OpenAI-Organization: %s", s);
	if (!strcmp(e->provider, "openai") && (s = env("OPENAI_PROJECT_ID")))
		h[n++] = format("OpenAI-Project: %s", s);
	return h;
}

static void
show_request(const struct client *c)
{
	const char **s;

	fprintf(stderr, "> %s %s\n", c->h.body ? "POST" : "GET", hide(c->h.url));
	for (s = headers(c, 1); *s; s++)
		fprintf(stderr, "> %s\n", hide(*s));
	if (c->h.body)
		fprintf(stderr, "%s\n", hide(c->h.body));
}

static void
show_reply(const struct client *c)
{
	const char *s = c->h.head;
	size_t n;

	for (; *s; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		if (*s != '\r' && n)
			fprintf(stderr, "< %.*s\n", (int)(n - (s[n - 1] == '\r')),
			        s);
	}
	if (c->h.trouble.class)
		fprintf(stderr, "< %s\n", c->h.trouble.message);
	fprintf(stderr, "%s%s", c->h.reply, c->h.n ? "\n" : "");
}

static void
exchange(struct client *c, const char *url, char *body)
{
	int stream = body && !(c->q.without & F_STREAM)
	          && c->e->wire->fields & F_STREAM;
	double left = fmin(c->until, c->ends) - now();

	c->h = (struct http){.url = url, .body = body, .local = c->e->local,
	                     .headers = headers(c, 0)};
	c->h.seconds = body ? left : fmin(left, 60);
	if (stream)
		c->h.idle = means("LLM_IDLE", c->e->local ? 600 : 120);
	else if (body && !c->e->local)
		c->h.seconds = fmin(left, 600);
	if (c->verbose)
		show_request(c);
	http(&c->h);
	if (c->verbose)
		show_reply(c);
}

static struct trouble
status_trouble(const struct client *c)
{
	const char *to = header(c->h.head, "Location");
	struct trouble t = c->h.status ? trouble(c->h.status, c->h.head,
	                   c->h.reply) : c->h.trouble;

	if (to && t.class && !strcmp(t.class, "redirect"))
		t.message = format("%s redirects to %s: is that the base URL?",
		                   c->h.url, error_line(to));
	return t;
}

/* The first model of a server that was called without a name. */
static struct trouble
find_model(struct client *c)
{
	static const char *const at[] = {"/data/0/id", "/models/0/name",
	                                 "/models/0/model", "/0/id"};
	int bare = !strcmp(c->e->wire->name, "chat")
	        || !strcmp(c->e->wire->name, "responses");
	struct trouble t;
	cJSON *j;
	size_t i;

	exchange(c, under_base(c->e->base, bare ? "" : "/v1", "/models"), NULL);
	if (c->h.status != 200)
		return status_trouble(c);
	j = server_json(c->h.reply);
	for (i = 0; i < sizeof at / sizeof *at && !*c->to.model; i++)
		if (jopt(j, at[i]))
			c->to.model = jopt(j, at[i]);
	t = problem(*c->to.model ? NULL : "not_found", 0,
	            format("%s lists no model: say which", c->e->base));
	if (*c->to.model)
		gate_model(c->e, c->to.model);
	return t;
}

/* Tokens of a reply, or of what came of one. */
static void
count(struct client *c, const struct reply *r)
{
	double in = strlen(c->h.body) / 4., out = strlen(r->text) / 4.;

	if (isfinite(r->in) || isfinite(r->out)) {
		c->counted = 1;
		c->in += isfinite(r->in) ? r->in : 0;
		if (r->finish)
			c->out += isfinite(r->out) ? r->out : 0;
		else
			c->out += fmax(isfinite(r->out) ? r->out : 0, out);
	} else {
		c->guessed_in += in;
		c->guessed_out += out;
	}
	if (!r->finish)
		c->counted = c->estimated = 1;
	if (isfinite(r->cached))
		c->cached = (isfinite(c->cached) ? c->cached : 0) + r->cached;
	if (isfinite(r->reasoning))
		c->reasoning = (isfinite(c->reasoning) ? c->reasoning : 0)
		             + r->reasoning;
	if (isfinite(r->cost))
		c->cost = (isfinite(c->cost) ? c->cost : 0) + r->cost;
}

static struct trouble
in_reply(struct client *c, struct reply *r)
{
	struct trouble t;

	read_reply(c->e->wire, c->h.reply, c->h.n, r);
	if (r->error)
		r->finish = NULL;
	count(c, r);
	if (r->error && r->fault) {
		t = trouble(200, "", r->fault);
		if (t.class)
			return t;
	}
	if (r->error)
		return problem("broken", 1, r->error);
	if (r->finish && strcmp(r->finish, "refused") && blank(r->text)
	    && strcmp(r->finish, "length") && strcmp(r->finish, "pause")
	    && !c->said.n && c->blank++ < BLANK)
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

static struct trouble
late(const struct client *c)
{
	return now() >= c->ends
	     ? problem("postponed", 0, format("%s", "the run's time is up"))
	     : problem("timeout", 0, format("%.6g s are over (LLM_TIMEOUT)",
	                                    means("LLM_TIMEOUT", 1200)));
}

/* One exchange; waiting for its turn is not the call's time. */
static struct trouble
attempt(struct client *c, struct reply *r)
{
	const char *url;
	struct trouble t;
	double t0 = now();
	char *s;
	int in;

	in = gate_enter(c->e, c->ends);
	c->until += now() - t0;
	if (!in || now() >= fmin(c->until, c->ends)) {
		t = late(c);
		if (in)
			gate_leave(c->e, &t);
		return t;
	}
	*r = (struct reply){.text = NULL};
	if (!*c->to.model && gate_model(c->e, NULL))
		c->to.model = gate_model(c->e, NULL);
	if (!*c->to.model && (t = find_model(c)).class) {
		gate_leave(c->e, &t);
		return t;
	}
	s = body(c);
	url = c->e->wire->url(&c->to, &c->q);
	exchange(c, url, s);
	t = c->h.status / 100 == 2 ? in_reply(c, r) : status_trouble(c);
	gate_leave(c->e, &t);
	return t;
}

/* The request is put in another way: a field less, or fewer tokens. */
static int
adapt(struct client *c, const struct trouble *t)
{
	static const char *const what[] = {"streams", "usage", "TEMPERATURE",
	    "EFFORT", "a JSON schema", "MAX_TOKENS", NULL, NULL, NULL};
	int lasting, i;
	unsigned f;
	long most;

	if (strcmp(t->class, "bad_request") && strcmp(t->class, "too_long"))
		return 0;
	most = allowed_most(t->message, c->sent, &lasting);
	if (most && c->lowered++ < 2) {
		if (lasting)
			gate_most(c->e, most);
		if (c->own > most)
			warn("%s: at most %ld tokens: MAX_TOKENS is higher",
			     c->e->name, most);
		c->most = most;
		return 1;
	}
	if (strcmp(t->class, "bad_request"))
		return 0;
	f = refused_field(c->h.reply, sent_fields(c->e, &c->q, c->sent));
	if (f == F_MAX && !strcmp(c->e->wire->name, "chat")
	    && !(c->q.without & F_OLD_MAX))
		f = F_OLD_MAX;
	if (!f)
		return 0;
	c->q.without |= f;
	gate_refused(c->e, f);
	for (i = 0; i < 9 && !(f >> i & 1); i++)
		;
	if (f == F_WEB)
		warn("%s: no web search, so it answers from what it knows: %s",
		     c->e->name, t->message);
	else if (i < 9 && i > 1 && what[i])
		warn("%s: asked without %s: %s", c->e->name, what[i], t->message);
	return 1;
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

	c->tries++;
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
	warn("%s: %s, again in %.1f s (%d of %d)%s%s", c->e->name,
	     trouble_word(t->class), s, c->tries + 1, most_tries(c),
	     *t->message ? ": " : "", t->message);
	rest(s);
	return 1;
}

/* A reply that is not whole, though nothing is wrong: whether to go on. */
static int
go_on(struct client *c, struct reply *r)
{
	long known = gate_most(c->e, 0), more = 2 * c->sent;
	const cJSON *j;
	cJSON *turn;

	if (!strcmp(r->finish, "pause") && r->turn && c->pauses++ < PAUSES) {
		add(&c->said, r->text);
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

static void
number(cJSON *j, const char *name, double v)
{
	if (isfinite(v))
		cJSON_AddNumberToObject(j, name, v);
}

/* What every document tells. */
static cJSON *
finished_call(struct client *c, cJSON *j, const char *model)
{
	cJSON *t;

	cJSON_AddStringToObject(j, "provider", c->e->provider);
	cJSON_AddStringToObject(j, "model", model ? model : c->to.model);
	cJSON_AddNumberToObject(j, "tries", c->tries);
	cJSON_AddNumberToObject(j, "seconds",
	                        round((now() - c->begun) * 1e3) / 1e3);
	number(j, "cost", c->cost);
	if (!c->counted)
		return j;
	t = cJSON_AddObjectToObject(j, "tokens");
	number(t, "in", round(c->in + c->guessed_in));
	number(t, "cached", c->cached);
	number(t, "out", round(c->out + c->guessed_out));
	number(t, "reasoning", c->reasoning);
	if (c->estimated || c->guessed_in > 0)
		cJSON_AddTrueToObject(t, "estimated");
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
	add(&c->said, r->text);
	cJSON_AddStringToObject(j, "reply", clean(c->said.s, c->said.n));
	cJSON_AddStringToObject(j, "finish", finish);
	if (r->why)
		cJSON_AddStringToObject(j, "why", r->why);
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
