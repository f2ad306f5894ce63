/* The network, for ask(1), web(1) and search(1) alone: the other tools do not
 * load libcurl.  Conventions as in lib.h. */
#include "lib/lib.h"

/* secret.c -- keys and addresses come by the environment, else by ./.env, lines
 * NAME=value, which only its owner may be able to read. */
const char *env(const char *name);      /* trimmed; null if unset or empty */
const char *secret(const char *name);   /* the same, and hide() knows it now */
char *unset(const char *name);          /* for a person: that it is, and what to do */
/* hide.c -- s without secrets: each becomes [NAME], and what looks like a key,
 * or like a masked one, [key]. */
char *hide(const char *s);
char *hide_bytes(const char *s, size_t n, size_t *len); /* the same; s[n] is NUL */
void hide_also(const char *name, const char *value);    /* if it has 8 bytes */

/* endpoint.c -- where the model that is called "gemini/NAME", "vllm",
 * "http://host:8000/v1#NAME" .. is reached; null if the name is of another
 * kind.  Dies BAD, saying what to set, if something is missing. */
struct endpoint {
	const char *name;               /* as it was called */
	const char *provider;           /* "gemini"; of a URL "server" */
	const char *model;              /* "" if the server has to be asked */
	const char *base;               /* URL without a last slash */
	const char *key, *key_name;     /* null: none; "GEMINI_API_KEY" */
	const struct wire *wire;
	int local;                      /* this machine, or a private network */
	const char *key_header;         /* "Authorization: Bearer ", for the key */
	int web;                        /* the model can search the web itself */
};
struct endpoint *endpoint(const char *name);
char *provider_names(void);             /* "openai, anthropic, .." */
/* url.c -- both take http and https only */
int is_local(const char *url);          /* this machine, or a private network */
void check_url(const char *url, const char *what);      /* dies BAD if it is none, or holds a user or a key */
char *host_of(const char *url);         /* "127.0.0.1:11434", for messages */

/* wire.c sse.c wire_chat.c wire_responses.c wire_anthropic.c wire_gemini.c --
 * how a question is put, and a reply read, in the formats that servers speak */
enum {                                  /* fields that a server may refuse */
	F_STREAM = 1, F_USAGE = 2, F_TEMPERATURE = 4, F_EFFORT = 8,
	F_SCHEMA = 16, F_MAX = 32, F_WEB = 64, F_CACHE = 128, F_STORE = 256,
	F_OLD_MAX = 512                 /* not refused: the other name for F_MAX */
};
struct question {
	const char *system;             /* may be null */
	const char *prompt;
	size_t fixed;                   /* bytes that begin many prompts alike */
	const cJSON *schema;            /* may be null */
	int web;
	const char *effort;             /* may be null */
	double temperature;             /* nan: not said */
	long most;                      /* tokens of the reply; 0: not said */
	unsigned without;               /* F_..: what not to send */
	const cJSON *turn;              /* of a paused reply: its content */
};
struct reply {
	char *text;                     /* what can be read; never null */
	const char *finish;             /* stop length refused pause other; null if it has no end */
	char *why;                      /* it was refused, or null */
	char *error;                    /* the server's, in a reply of status 200 */
	char *model;                    /* as the server calls it, or null */
	double in, cached, out, reasoning;      /* tokens; nan if unknown */
	double cost;                    /* USD, as the server says; else nan */
	cJSON *sources;                 /* [{"url", "title"}] */
	cJSON *turn;                    /* paused: to be sent back as it is */
	int searched;                   /* what was said before this is chatter */
	char *fault;                    /* what error was taken from, for trouble(200, ..) */
	/* while it is read: text; of a stream also a part of the field of a
	 * block of the message so far */
	struct text said, part;
	const char *field;
	cJSON *message;
};
struct wire {
	const char *name;               /* chat responses anthropic gemini */
	char *(*url)(const struct endpoint *, const struct question *);
	cJSON *(*body)(const struct endpoint *, const struct question *);
	const char *key;                /* "Authorization: Bearer ", "x-api-key: " */
	const char *header;             /* one more, or null */
	/* for read_reply(): a whole reply, one event of a stream */
	void (*whole)(struct reply *, const cJSON *);
	void (*event)(struct reply *, const cJSON *);
	unsigned fields;                /* F_.. that it can send */
};
const struct wire *wire(const char *name);      /* null if there is none */
/* The reply in a body of status 200, be it JSON, lines of JSON or events
 * (WHATWG server-sent events), whole or cut. */
void read_reply(const struct wire *w, const char *body, size_t n,
                struct reply *r);
/* For the wires only. */
extern const struct wire wire_chat, wire_responses, wire_anthropic, wire_gemini;
int sends(const struct question *q, unsigned field);    /* nobody refused it */
char *under_base(const char *base, const char *version, const char *path);   /* base/version/path, the version once */
cJSON *attach(cJSON *object, const char *name, cJSON *value);      /* returns value */
void say_more(struct reply *r, const cJSON *string);    /* a piece of text, if it is one */
void learn(double *count, const cJSON *number);         /* set if it is a count */
void learn_model(struct reply *r, const cJSON *name);
void add_source(struct reply *r, const char *url, const char *title);   /* once */
void server_error(struct reply *r, const cJSON *j);     /* the first counts */
void unknown_reply(struct reply *r, const char *wire, const cJSON *j);
void rebuild(struct reply *r, const cJSON *event);      /* rebuild.c: r->message, of Anthropic's events */

/* refused.c -- the F_ that an error message is about, of those in sent; 0: none */
unsigned refused_field(const char *body, unsigned sent);

/* error.c -- what servers say in errors */
char *error_text(const cJSON *j);       /* the message somewhere in it, or null */
char *error_line(const char *s);        /* at most 500 bytes, no tags of HTML */
cJSON *server_json(const char *s);      /* the first value of a body, or null */
const cJSON *anywhere(const cJSON *j, const char *name);        /* the first value so called, not null */
char *clean_json(const char *s, size_t n);      /* clean(), and no escape that cJSON refuses */

/* trouble.c -- what went wrong, by a server's status, header lines and body */
struct trouble {
	const char *class;              /* auth quota rate too_long bad_request
	                                 * not_found timeout conflict server
	                                 * overloaded redirect refused; by other
	                                 * modules net tls broken; null: none */
	int again;                      /* trying again may help */
	double wait;                    /* seconds, as told; 0: not told */
	char *message;                  /* of the server, one line; never null */
};
/* Of status 200 what an error in the body says, class null if there is none. */
struct trouble trouble(long status, const char *head, const char *body);

/* wait.c -- how long a server tells to wait: seconds, 0 if it does not */
double told_wait(long status, const char *head, const cJSON *body,
                 const char *message);
char *header(const char *head, const char *name);       /* the value of the last such line, or null */

/* http.c -- one exchange (libcurl).  No redirects; certificates are verified,
 * against SSL_CERT_FILE and the like where they are set. */
struct http {
	const char *url;
	const char *body;               /* null: GET */
	const char **headers;           /* "Name: value", ended by null; may be null */
	double seconds;                 /* at most */
	double idle;                    /* seconds without a byte; 0: not watched */
	int local;                      /* past all proxies */
	/* what came of it */
	long status;                    /* 0: no reply */
	char *head, *reply;             /* header lines; body, without secrets */
	size_t n;
	struct trouble trouble;         /* net or tls, class null if a reply came whole */
	int most;                       /* tries that it is worth; 0: not limited */
	int begun;                      /* the server had sent something */
	int unended;                    /* and did so when the time was up */
};
/* Content-Type: application/json is added to a body whose type is not given. */
void http(struct http *h);
/* lost.c -- says in h why it failed */
enum { CONNECTS = 10 };                 /* seconds for a connection */
struct lost {
	int code;                       /* CURLE_.. */
	int connected, silent;          /* silent: for h->idle */
	long proxy, os;                 /* status of the proxy; errno */
	const char *why;                /* in libcurl's words */
};
void lost(struct http *h, const struct lost *l);

/* pace.c -- how often a server may be called, learnt from what it refuses: at
 * will until it refuses for the first time, though at first few at once; then
 * at nine tenths of what it took, a little faster with each success and slower
 * with each refusal.  Times are seconds of now(). */
enum { STARTS = 64 };
struct pace {
	double rate;                    /* calls a second; 0: no limit is known */
	double next, closed;            /* none may begin before */
	double last;                    /* when one began */
	double cut, failure;            /* when one was refused, failed; */
	int refusals, failures;         /* how many in a row */
	double window;                  /* calls in flight while no limit is known */
	int guessed;                    /* the rate, at cut */
	double start[STARTS];           /* of the last calls that it took */
};
double pace_wait(const struct pace *p, double t, int slot);     /* slot: calls in flight, with this one */
void pace_start(struct pace *p, double t);
struct trouble;
void pace_end(struct pace *p, double t, double begun, const struct trouble *why);

/* notes.c -- what the processes of a run tell each other, a JSON object in the
 * file $KEEP_RUN/.gate, or else only in memory.  From notes() to notes_end()
 * nobody else has it: byte 0 is locked.  Byte n is locked by who holds n, until
 * it drops it or dies.  A damaged file is an empty one. */
cJSON *notes(void);
void notes_end(int changed);
int notes_hold(int n);                  /* 0: another process does */
void notes_drop(int n);

/* gate.c -- what the processes of a run know together about an endpoint, in
 * $KEEP_RUN/.gate: how often it may be called, and which fields it refuses.
 * Without a run each process knows only what it learnt.  At most $LLM_JOBS
 * calls of a run are in flight. */
int gate_enter(const struct endpoint *e, double until); /* waits for its turn; 0: it did not come */
void gate_leave(const struct endpoint *e, const struct trouble *why);   /* class null: it went well */
unsigned gate_without(const struct endpoint *e);        /* F_.. that it refused */
void gate_refused(const struct endpoint *e, unsigned field);
const char *gate_model(const struct endpoint *e, const char *found); /* the name of the model that it has; found: sets it */
long gate_most(const struct endpoint *e, long found);   /* the same for the most tokens of a reply; 0: unknown */
double gate_closed(const struct endpoint *e);   /* for so many seconds */
double moment(const char *name, double otherwise); /* now() at the time that $NAME says, in s since 1970 */
double chance(void);                    /* from 0 to 1 */
void rest(double seconds);              /* sleeps */

/* question.c -- what a request asks, with EFFORT, TEMPERATURE and MAX_TOKENS */
struct question question(const struct endpoint *e, const cJSON *request);
unsigned sent_fields(const struct endpoint *e, const struct question *q, long most);   /* most: as sent */
long most_in(const cJSON *body);        /* the limit of the reply that it says; 0: none */
/* The highest limit below sent that an error message allows, else 0; lasting:
 * it is the model's, not only that of this prompt. */
long allowed_most(const char *message, long sent, int *lasting);

/* bill.c -- tokens and cost of all tries; starts as {0}.  Of a reply that was
 * cut, and beside others that tell of one that does not, a token is taken for
 * four bytes. */
struct bill {
	double in, cached, out, reasoning, cost, guessed_in, guessed_out;
	int told, estimated, any_cached, any_reasoning, any_cost;
};
void bill_add(struct bill *t, const char *request, const struct reply *r);
void bill_put(const struct bill *t, cJSON *j);        /* its "tokens" and "cost" */

/* exchange.c -- http() with a model's server; h has url and body */
void exchange(const struct endpoint *e, struct http *h, int stream, double left,
              int verbose);
struct trouble exchange_trouble(const struct http *h);  /* if status is not 200 */
char *models_url(const struct endpoint *e);     /* where it lists its models */
const char *first_model(const char *body);      /* of that list, or null */

/* words.c -- trouble for a person */
#define UNLISTED "it lists no models"   /* how a message of a server without a list begins */
char *in_short(const char *s);          /* one line of some 200 bytes, by hide() */
const char *trouble_word(const char *class);    /* "rate limited"; of trouble that may pass */
char *in_words(const struct endpoint *e, const struct trouble *t);

/* client.c -- one question over the network, again and again until answered or
 * hopeless; what it returns is the reply of model.c, with any trouble in it. */
cJSON *call(const struct endpoint *e, const cJSON *request, int verbose);

/* web.c -- services that search the web: tavily brave exa serper searxng
 * huggingface arxiv kaggle.  A list of at most n {"title", "url", "text"}, the
 * text clean and cut after PAGE bytes.  Trouble that may pass is waited for, a
 * minute at most; then it dies, SICK, or BAD if trying again is no use. */
enum { PAGE = 4000 };
cJSON *web(const char *service, const char *query, int n);
/* What the services are made of.  web_get: the exchange, whatever its method,
 * tried three times; 0 with h->trouble if there is no reply of status 2xx. */
int web_get(struct http *h);
void web_die(const struct trouble *t, const char *hint) NORET;  /* hint: on the key */
cJSON *web_parse(const struct http *h);
cJSON *web_json(struct http *h, const char *hint);      /* or dies with the hint */
char *web_url(const char *name, const char *otherwise, const char *path); /* path at the address $NAME */
const char *web_key(const char *name, const char *also);        /* either; dies */
void web_add(cJSON *list, const char *title, const char *url, const char *text);
/* web_services.c web_hub.c web_kaggle.c web_arxiv.c -- as web() */
cJSON *web_tavily(const char *query, int n);
cJSON *web_brave(const char *query, int n);
cJSON *web_exa(const char *query, int n);
cJSON *web_serper(const char *query, int n);
cJSON *web_searxng(const char *query, int n);
cJSON *web_huggingface(const char *query, int n);
cJSON *web_kaggle(const char *query, int n);
cJSON *web_arxiv(const char *query, int n);

/* web_text.c -- text from the web */
char *utf8_of(unsigned long c);         /* a character */
char *from_xml(const char *s);          /* without tags, entities decoded */
char *visible(const char *s);   /* clean, without what nobody sees and needless blanks */
char *single_line(const char *s, size_t most);  /* the same as one line, of at most most bytes */
char *url_escaped(const char *s);       /* percent-encoded, for a URL */
int is_web(const char *url);            /* http or https, a host, nothing odd */

/* sources.c -- where search is to look: as words like "tavily,cards" say, or
 * without them (null) as suits $MODEL: it searches itself if it can, else the
 * first service that has its key; a program or the playbook nowhere; replay:
 * as it was.  endpoint() knows as e->web whether a model searches itself, too,
 * but not without libcurl. */
enum { SERVICES = 8 };
struct sources {
	int model, cards;               /* it searches itself; there are cards */
	int n;                          /* of services */
	const char *service[SERVICES];
	const char *names;              /* of all, "tavily, cards"; "" if none */
};
struct sources sources(const char *words);

/* found.c -- what the services say to the queries, the best of each first, as
 * pages {"title", "url", "text"}.  Those that fail only warn, but it dies if all
 * do.  Each is recorded as a call for $KEEP_FILE, {"stage": "web", "prompt": the
 * query, "service", "n"}. */
cJSON *found_pages(const struct sources *w, const cJSON *queries);

/* pages.c -- pages as a model is given them */
cJSON *card_pages(const char *dir);     /* the cards DIR/cards/X.md; their URL is cards/NAME */
/* One text of some 24 kB, the cards whole, each between marks that it cannot
 * forge. */
char *found_text(const cJSON *cards, const cJSON *pages);

/* origin.c -- where a model comes from: sets its "sources", the URLs and cards
 * that it names, else those of pages, and its "licence" */
void add_origin(cJSON *model, const cJSON *cards, const cJSON *pages);
