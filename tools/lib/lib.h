/* What every tool leans on.
 *
 * A tool lives for one document and frees nothing: a returned pointer is the
 * caller's for ever.  A function dies with a message unless it says otherwise.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>
#include <cjson/cJSON.h>

#define NORET  __attribute__((noreturn))
#define FMT(n) __attribute__((format(printf, n, n + 1)))

enum {
	YES  = 0,       /* the document is on stdout */
	NO   = 1,       /* the answer is no */
	LATE = 75,      /* a limit of the run is reached: to be done when it is raised */
	BAD  = 100,     /* wrong usage or input: trying again is no use */
	SICK = 111      /* the system or the network: trying again may help */
};

/* die.c -- messages on stderr: "tool: verb object: reason".
 * A format that ends in ':' gets strerror(errno) as its reason. */
void warn(const char *fmt, ...) FMT(1);
void die(int status, const char *fmt, ...) NORET FMT(2);
void usage(const char *args) NORET;     /* "usage: tool ARGS", status BAD */
void *need(void *p);                    /* p; dies SICK if it is null */

/* text.c -- a growing string, always ended by NUL; start it with {0}. */
struct text {
	char *s;
	size_t n, cap;
};
void add(struct text *t, const char *s);
void addn(struct text *t, const char *s, size_t n);
void addf(struct text *t, const char *fmt, ...) FMT(2);
char *format(const char *fmt, ...) FMT(1);
char *vformat(const char *fmt, va_list ap);
size_t utf8(const char *s, size_t left);        /* bytes of the sequence at s (RFC 3629), 0: none */
/* Valid UTF-8 without NUL: a bad byte becomes U+FFFD. */
char *clean(const char *s, size_t n);
size_t uncut(const char *s, size_t n);  /* n, or less lest a character be cut in two */
size_t unpadded(const char **s);        /* past the blanks before it; its bytes without those after it */
int starts(const char *s, const char *prefix);
int ends(const char *s, const char *suffix);
int blank(const char *s);               /* nothing but white space */
/* s, of more than most bytes its middle cut out between lines, with a note. */
char *cut_middle(const char *s, size_t most);
char *tame(char *s);                    /* in place: nothing a terminal could obey is left */
char *shown(const char *s);             /* clean and tame */
char *shortened(char *s, size_t most);    /* in place: to so many bytes, ending in "..." */

/* file.c -- a file called "-" is stdin, however often it is read */
char *slurp(const char *name, size_t *len);     /* len may be null: then it has to be text */
char *slurp_clean(const char *name);    /* whatever it holds, as clean() has it */
char *beside(const char *name, const char *pre, const char *post); /* d/x -> d/PRExPOST */
char *stem(const char *name);           /* d/x.draft.py -> d/x, d/1.json -> d/1 */
void parents(const char *name);         /* makes the folders that lead to it */
void finish(void);                      /* flushes stdout; dies if it did not all get out */
/* These go on after a signal; what fails leaves errno. */
int open_for(const char *name, int flags);      /* open(), close-on-exec */
int put_all(int fd, const char *s, size_t n);   /* writes it; 0: not all */
FILE *reading(int fd);                  /* null if fd < 0 */
int by_errno(void);                     /* for errno: SICK if it is the system's trouble, else BAD */
struct stat;
int exists(const char *name, struct stat *st);   /* 0: it is not; st may be null; dies if that cannot be told */

int later(struct timespec a, struct timespec b);        /* a is after b */
void append(const char *name, const char *s);   /* append.c: a line at its end, whole or not at all */

/* process.c */
const char *tool_folder(void);          /* where this tool is */
void find_tools(void);                  /* puts it first in PATH */
const char *python(void);               /* the interpreter: $PYTHON, or Debian's */
/* A child with these as its stdin, stdout, stderr; it ends when we do. */
pid_t start(char *const *argv, int in, int out, int err);
int finished(pid_t pid);                /* its exit status, or 128 + signal */
int printed(const char *command, char **text);  /* what a shell command prints; 0: it succeeded */
/* INT, TERM and HUP call it, and end what waits; one that is ignored, as nohup
 * has it, stays so. */
void on_stop(void (*handler)(int));
double now(void);                       /* seconds of a clock that only goes on */
char *timestamp(void);                  /* 2026-11-23T05:02:00Z */

/* json.c -- paths are JSON pointers (RFC 6901, without ~ escapes):
 * "/choices/0/message/content"; "" is the whole. */
cJSON *jload(const char *name);
cJSON *jparse(const char *s, const char *name); /* name: what messages call it */
cJSON *jat(const cJSON *j, const char *path);   /* null if it is not there */
const char *jstr(const cJSON *j, const char *path);     /* dies if it is no string */
const char *jopt(const cJSON *j, const char *path);     /* null if it is no string */
double jnum(const cJSON *j, const char *path);          /* dies if it is no number */
double jval(const cJSON *j, const char *path);          /* nan if it is no number */
void jadd(cJSON *to, const char *key, const char *s);    /* a string, clean */
void jput(const cJSON *j);              /* prints it and finishes */

/* metric.c -- mk/metrics.json, the table of metrics: what people call so, if it
 * is there. */
struct metric {
	const char *name;               /* ours: "rmse", "map@3" */
	const char *entry;              /* that of the table: "map@k" */
	const char *direction;          /* lower or higher */
	const char *holds;              /* the submission: number, label .. */
	long k;                         /* of map@3, 3; else 0 */
};
int find_metric(const char *said, struct metric *m);

/* own.c -- a metric exec:PROGRAM of the user's: sh runs it with the two files
 * as arguments, added if it has no $, for $TIMEOUT seconds.  In v the score and
 * its standard error or nan: the numbers of the last line with any.  Status 1
 * tells that the submission is wrong: its last line is returned, else null. */
const char *own_metric(const char *metric, const char *truth,
                       const char *submission, double v[2]);

/* prompt.c -- a prompt is plain text with {{slots}}; inputs is an object of
 * strings by slot.  A slot that has no input is an error of the prompt. */
char *fill(const char *name, const char *template, const cJSON *inputs);

/* model.c -- one question to the model that $MODEL, or $MODEL_<tool>, names.
 * The request is {"stage", "target", "lane", "n", "seed", "prompt", "inputs"},
 * and where they are wanted "system", "schema" (of a JSON reply) and "web" (the
 * model is to search the web).  The reply is {"reply": text, "finish": "stop",
 * "length" or "refused", "why" (it was refused), "provider", "model",
 * "tokens": {"in", "cached", "out", "reasoning"}, "cost" (USD), "tries",
 * "seconds", "sources": [{"url", "title"}]}; what is unknown is not there.
 * Instead of "reply" there may be "trouble": {"class", "message"}: too_long, or
 * postponed by a limit of the run.  Other trouble is fatal: BAD if trying again
 * is no use, else SICK.
 * Below keep every call is noted in ledger.jsonl, request and reply in
 * chat/TARGET.N.json; the reply of a step that was cut off before it ended is
 * taken from there. */
cJSON *model(const cJSON *request);
const char *model_of(const char *tool); /* $MODEL_<tool>, or $MODEL */
const char *model_name(void);           /* this tool's */

/* price.c -- what a call cost, by $PRICES, else mk/prices.json: USD of a call of
 * the model that MODEL names so, tokens being {"in", "cached", "out"}; nan if
 * the price or the tokens are unknown.  Dies BAD if the file is damaged. */
double price(const char *name, const cJSON *tokens);

/* chat.c -- what was asked in a run, and replied: chat/TARGET.N.json for the
 * N-th call made for TARGET. */
/* The reply document of make(request), or the one that is stored: if the making
 * of the target was cut off after it came, or if the model is replay:DIR.  The
 * calls of earlier, finished makings keep their numbers.  Null if make gives
 * null; what holds trouble is noted, not stored; nothing is made once a limit
 * of the run is reached: that is trouble, too. */
cJSON *recorded(const cJSON *request, cJSON *(*make)(const cJSON *request));
/* The first request made for a target in the store of replay:DIR, or null. */
cJSON *replayed_request(const char *target);

/* ledger.c -- a line a call in ledger.jsonl: "time", "target", "stage",
 * "provider", "model", "tokens", "cost" (USD; null: unknown), "tries",
 * "seconds", "prompt_bytes", "reply_bytes", "chat", "hash" (SHA-256 of the
 * request), and "trouble" if it came to nothing. */
void ledger_note(const char *run, const char *chat, const cJSON *request,
                 const cJSON *reply);
int ledger_has(const char *run, const char *chat);
/* Calls f with each whole line after byte *at, which it moves on. */
void each_call(const char *run, long *at, void (*f)(const cJSON *call, void *arg),
               void *arg);

/* account.c -- what the ledger sums up to */
struct account {
	double calls, in, cached, out, cost;    /* of models; tokens, USD */
	double unknown;                 /* calls whose cost is not known */
	double failed, counted;         /* calls in trouble; with their tokens */
	cJSON *models;                  /* their names; or null */
};
struct account account(const char *run);
void account_more(const char *run, struct account *a, long *at);        /* adds the lines after byte *at */

/* budget.c -- limits of a run.
 * Which of BUDGET_USD, BUDGET_TOKENS and DEADLINE (as RUN_ENDS, seconds since
 * 1970, or now) the run has reached, in words, or null.  Dies BAD if the cost of the
 * model is to be limited but not known. */
const char *limit_reached(const char *run);
double duration(const char *s);         /* "90", "90s", "15m", "2h", "1d": seconds; nan */

/* stage.c -- what the tools that ask a model have in common.
 * stage() reads the options -l LANE -n N -s SEED and leaves the operands:
 * argv[0] is the prompt file.  ask() fills the prompt and asks once, telling
 * the model s->why if that is set; a prompt that is too long is shortened, at
 * most twice.  Null, the reason in s->why, if there is no reply.  Once a limit of the run is
 * reached it prints a document that says so and exits LATE.  The answer_
 * functions ask again, at most twice, with the exact reason when a reply cannot
 * be used or check complains (it returns a complaint or null); then they return
 * null, the reason in s->why. */
struct stage {
	const char *name;       /* of the stage: "draft", "check-leak-fix" */
	int lane, n, seed;
	int argc;
	char **argv;
	cJSON *inputs;          /* slot: text */
	const char *why;
	int cut;                /* the reply ended at the token limit */
	int hopeless;           /* asking again is no use */
	int shorter;            /* times the prompt was shortened */
	int web;                /* the model is to search the web */
	cJSON *reply;           /* the document of the last reply */
};
enum { ASKS = 3 };
#define MARKER "Final Validation Performance"
struct stage stage(const char *name, int argc, char **argv, int least,
                   const char *args);
void slot(struct stage *s, const char *slot, const char *text);
char *ask(struct stage *s, const char *prompt);
char *answer_code(struct stage *s, const char *prompt, const char *marker,
                  const char *(*check)(const char *code, void *arg), void *arg);
cJSON *answer_json(struct stage *s, const char *prompt,
                   const char *(*check)(cJSON *, void *arg), void *arg);
char *answer_text(struct stage *s, const char *prompt);
/* The whole of a stage whose document is a script or a text: asks, prints the
 * answer or why there is none, and exits. */
void put_code(struct stage *s, const char *marker) NORET;
void put_answer(struct stage *s) NORET;
/* splice_code(), but the result has to parse, too. */
char *replace_block(const char *script, const char *block, const char *with,
                    char **why);

/* command.c -- a command line that is put together, of keep(1) and a tool */
enum { MOST_TRIES = 30 };               /* the most that a script has */
struct command {
	const char *v[4 * MOST_TRIES + 64];
	int n;
};
void command_word(struct command *c, const char *s);
void command_words(struct command *c, const char **s);  /* ended by null */
#define WORDS(c, ...) command_words(c, (const char *[]){__VA_ARGS__, NULL})
void command_keep(struct command *c);   /* runs it; dies as it did, or postpones */

/* try.c mend.c -- the tries of evaluate(1), numbered from 1; try_file(2, "json")
 * is DRAFT.try/2.json. */
extern struct evaluation {
	const char *draft, *task, *brief, *rows, *list, *base;  /* operands; list and base may be null */
	const char *data, *prompts, *lane, *seed;               /* options */
	int ablation, final, most;
	int measured;                   /* rows are held out */
	const char *stem;               /* what the files begin with */
} ev;
char *try_file(int n, const char *kind);
void try_check(int n, const char *from);                /* py: checked for leaks */
cJSON *try_run(int n, int part_of_it);                  /* json, out; part_of_it: of the training rows */
const char *try_failure(int n, const cJSON *r);         /* check.json, score.json; null: it works */
char *try_suspect(int n, const cJSON *r);               /* why it is, of one that works; or null */
int try_doubt(int n, const char *evidence);             /* draft.py: the try before, checked again; 0: as it was */
void try_debug(int n);                                  /* draft.py: the try before, mended */
void try_note(int n, int doubted);                      /* for make: what n tries used; doubted: the one that was, or 0 */
void try_drop(int n, int but_draft);                    /* what an earlier evaluation left of it */
void try_drop_later(int n);                             /* of those after it */

/* result.c -- results of scripts, and documents that say why there is none.
 * A .py or .md document without content is one line "# mlestar: STATUS: why",
 * a .json document {"status": STATUS, "reason": why}. */
int scored(const cJSON *result);        /* it ran and has a finite score */
int better(const cJSON *a, const cJSON *b);     /* a's score beats b's; both scored */
/* The script in FILE, a .py or a result (of a script that ran); null if the
 * document says that there is none, and *why says so too.  Dies BAD if FILE is
 * neither. */
char *script(const char *file, const char **why);
char *need_script(const char *file);    /* the same, but halts "skipped" without one */
char *numbered(char **files, int n, int scores, int *found);     /* the scripts of results that have a score, under headings */
char *fenced(const char *code);         /* in a ```python fence that it does not close */
const char *history(const char *plan, const char *result);      /* a tried plan and what came of it */
const char *halted(const char *text);   /* "STATUS: why", or null */
const char *halted_json(const cJSON *j);
void postpone(const char *why) NORET;   /* prints that $KEEP_FILE was postponed, exits LATE */
void halt(const char *status, const char *fmt, ...) NORET FMT(2);       /* prints such a line, exits YES */
void halt_json(const char *status, const char *fmt, ...) NORET FMT(2);
void put_text(const char *s) NORET;     /* prints a document and exits YES */
const char *run_name(const char *file); /* FILE relative to $KEEP_RUN */
char *run_words(const char *run);       /* what make is told to come to it: "TASK=foo RUN=bar" */

/* nodes.c -- what a run has made, as its log tells, those of the tries of an
 * evaluation, too.  Whether it is still there, and up to date, is for others to
 * find out. */
struct node {
	const char *name;               /* in the run: "1/2/3.json" */
	const char *tool, *command;     /* "best"; its paths relative to the run */
	const char *ended;              /* 2026-11-23T05:02:00Z */
	double seconds, end;            /* end: s since 1970 */
	int status, times;              /* of keep's program; makings in all */
	size_t line;                    /* of the log: the order of ends */
};
int read_making(char *line, struct node *n);    /* of the log; 0: it is none */
struct node *makings(const char *run, size_t *n);       /* all, in their order */
struct node *nodes(const char *run, size_t *n); /* the last one of each file, by name */
struct node *find_node(struct node *v, size_t n, const char *name);     /* or null */
struct node *last_failed(struct node *v, size_t n);     /* and was not made since; or null */

/* gist.c -- what a document says, in short; clean and tame.  What it does not
 * say is null or nan; of a .py or .md that holds something status is null. */
struct gist {
	const char *status, *reason, *suspect, *direction;
	const char *name;               /* whose result it is */
	double score, se, printed;
	double seconds, memory;         /* of the script; MB */
	int attempts;                   /* at least 1 */
	int unboxed;                    /* the script ran without a sandbox */
};
struct gist gist_of(const char *file);
struct gist gist_from(const cJSON *document);   /* may be null */
int gist_failed(const struct gist *g);  /* it was tried */
int beats(const struct gist *a, const struct gist *b);  /* a's score; b may have none */
/* The first line of a plan or another text, the names of models, or "". */
char *gist_line(const char *file);
const char *metric_of(const char *run); /* "score" if it is not known yet */

/* busy.c -- what is being made in a run that a make is at work on, by name */
struct busy {
	char *name;
	double since;                   /* s since 1970 */
	struct busy *next;
};
int at_work(const char *run, struct timespec *began);   /* a make is, since when */
struct busy *busy(const char *run);
int is_busy(const struct busy *b, const char *name);

/* screen.c -- lines that stay, and below them a foot that is drawn anew, if
 * stdout is a terminal that can; if not, there is no foot.  Nothing wraps in the
 * foot; it is gone at exit, and at a signal that ends us. */
enum { FOOT = 40 };
int screen_open(void);                  /* 0: it is no such terminal */
int screen_width(void);
int screen_height(void);
void screen_line(const char *s);        /* tamed; shown by the next draw */
int screen_due(void);                   /* ms until the next draw is due; 0: now */
void screen_draw(char *const *foot, int n);     /* n: 0 to FOOT */
/* What of s, tamed, fits into so many columns; without a terminal all. */
char *screen_cut(const char *s, int columns);

/* board.c -- how a run at work stands.  What is told of it comes from
 * its keeps or, for one who only watches, from its log. */
enum { JOBS = 256 };
extern struct board {
	const char *run;
	size_t steps, todo;
	double began, taken;            /* when make did; seconds its steps took */
	struct {
		char *tool, *name, *stem;
		double since;
	} running[JOBS];                /* the last one has no name */
} board;
void board_open(const char *run);       /* what its files tell */
void board_plan(char *line);            /* of make query, and make -n after it */
void board_begin(const char *tool, const char *name, double since);
/* The line to be shown of a step that ended, null if it was left out for the reason
 * of the one before; place may be null. */
char *board_end(const char *place, const char *tool, const char *name,
                int status, double seconds);
void board_look(void);                  /* finds out which steps began */
double clock_time(void);                /* s since 1970 */

/* foot.c -- the board in a line that fits the screen */
char *status_line(void);
void add_span(struct text *t, double seconds);  /* 3 s, 5 min, 2.5 h */

/* ending.c -- the last words of a make */
struct ending {
	const char *run;
	const char *failed;             /* the last step that did: "plan 1/1/1.plan.md" */
	int failure;                    /* its status */
	int steps, postponed;           /* how many there were */
	int stopped;
};
char *ending_good(const struct ending *e, double seconds);      /* null: there is nothing to tell */
char *ending_bad(const struct ending *e);       /* what is missing, and what goes on */
void ending_postponed(const struct ending *e);
/* outcome.c -- what came of a step, in words, beside the best of the results that
 * were looked at. */
void outcome_open(const char *run);
void outcome_look(const char *name);    /* a result in the run, if it is one */
const char *outcome(const char *name, int status);
const char *outcome_metric(void);
const struct gist *outcome_best(double *change);        /* or null; since the first one */
/* estimate.c -- how long the steps still to do may take, by those that ended */
void estimate_todo(const char *name, int more); /* so many more of this kind, or less */
void estimate_took(const char *name, double seconds);
double estimate_usual(const char *name);        /* nan: unknown */
double estimate_left(void);             /* s of work; nan: too little is known */
/* worked.c -- the seconds in which any step of a run's log was being made */
double worked(const char *run);

/* reader.c -- the lines of a file, plain or gzip; holds at most 8 MB */
struct reader {
	const char *name, *problem;     /* problem: why reading ended early */
	int packed, eof;
	struct gzFile_s *f;
	char *buf;
	size_t cap, begin, pos, end;    /* held from begin on, read to pos */
	size_t lf;                      /* the next newline */
};
struct reader *ropen(const char *name); /* the first bytes are there */
/* The next line with its end (\n, \r\n, \r or none), null if there is none.
 * Moves buf; what lies between begin and pos is kept. */
const char *rline(struct reader *r, size_t *n);
void rclose(struct reader *r);

/* table.c -- CSV, as pandas reads it, and lines of JSON, one pass, some 30 MB at
 * most.  Blank lines are no rows.  Fields end in NUL and may hold more; they are good
 * until the next row. */
struct table {
	const char *name, *problem;     /* problem: why reading ended early */
	int delimiter;                  /* found in the first line */
	int packed, bom, wide, latin;   /* gzip; UTF-8 mark; UTF-16; not UTF-8 */
	size_t nul;                     /* NUL bytes so far */
	size_t n, *len;                 /* fields of this row, their bytes */
	char **field;
	const char *raw;                /* the row as it stands in the file */
	size_t rawn;
	struct reader *r;
	struct parser *p;
};
struct table *topen(const char *name, int lines);       /* lines: one field a line */
int trow(struct table *t);              /* 0: there are no more */
void tclose(struct table *t);

/* value.c -- what a field holds, as text ended by NUL */
enum { SURE = 6, LACKS = SURE + 3 };
/* Words for a missing value: the first SURE for all, the others where they are no
 * text among other text; " " are any blanks. */
extern const char *const lack[LACKS];
int missing(const char *s, size_t n);   /* 1: it is empty; 2 + i: it is lack[i] */
/* A decimal number, blanks around it: 1 integer, 2 with fraction or exponent,
 * 3 infinite; 0 none. */
int numeric(const char *s, double *v);
int boolean(const char *s, size_t n);   /* true or false */
/* 2020-01-31, 2020/01/31, 31.01.2020, 01/31/2020, with or without a time. */
int date(const char *s, size_t n);
/* UTF-8 of what may be latin-1, cut after most bytes; malloc'd. */
char *utf8text(const char *s, size_t n, size_t most);

/* field.c -- tables by the names that data.json has */
const cJSON *table_in(const cJSON *data, const char *path);     /* its part of data.json; dies if there is none */
char **field_names(const struct table *t);      /* of the row that was read, the header */
int same_name(const char *a, const char *b);    /* but for blanks round them */
size_t position(char **list, size_t n, const char *name, size_t from);  /* looked for from there on; -1: it is not there */
size_t *positions(const struct table *t, char **name, size_t n);        /* of names in the header; dies if one is not there */
/* Adds a field to a row of CSV, quoted if need be. */
void add_field(struct text *row, const char *s, size_t n, int delimiter);

/* column.c -- what the values of a column are like; starts as {.name = ..} */
enum { APART = 1000 };                  /* distinct values that are told apart */
struct column {
	char *name;                     /* malloc'd */
	uint64_t seen, integer, number, infinite, boolean, date, text;
	double min, max, sum;
	char first[32], last[32];       /* dates */
	uint64_t *hash, distinct;
	char *example[5];
	uint64_t lack[LACKS];           /* how often missing() gave 2 + n */
};
void cadd(struct column *c, const char *s, size_t n);
void cend(struct column *c);            /* after the last */
void cjoin(struct column *c, const struct column *more);        /* counts, min, max */
const char *ctype(const struct column *c);
cJSON *cjson(const struct column *c, uint64_t rows, size_t columns); /* columns: joined */
void cfree(struct column *c);

/* ids.c labels.c -- what a submission is compared with */
char *in_quotes(const char *s);         /* 's', cut to fit a message */
char *plain_text(const char *s);        /* UTF-8, the same for 3, 3.0 and 3e0, True and true; no blanks round it; malloc'd */
int same_text(const char *a, const char *b);
/* How the ids in column at of file differ from those of ref, which is what, in
 * words that end a finding; null: in their order alone. */
const char *ids_differ(const char *file, size_t at, const char *ref,
                       size_t ref_at, const char *what);
/* The labels of a column of a table; null if it is not there, or has too many. */
struct labels;
struct labels *read_labels(struct table *t, const char *column);
const char *labels_lack(const struct labels *l, const char *s); /* which there are if s is none of them; else null */

/* join.c -- the "columns" of data.json, runs of columns that are alike as one;
 * c[sum] is the sum of more than one column if columns > 1 */
cJSON *cjoined(const struct column *c, size_t n, uint64_t rows, size_t sum,
               size_t columns);

/* profile.c -- a table's part of data.json: "rows", "columns", "problems" .. */
void profile(cJSON *j, const char *name, int lines);

/* walk.c -- every file below dir, bytewise by path (relative to dir); links to
 * files are followed, links to folders not.  Returns how many. */
struct stat;
size_t walk(const char *dir, void (*file)(const char *path,
            const struct stat *st, void *arg), void *arg);

/* folder.c -- the files of a tree, those of crowded folders (more than 20
 * files, or 100 tables) only summed.  Bounded however many there are. */
enum { CROWD = 20 };
struct entry {
	char *path;
	double bytes;
	int table;
};
struct folder *folders(void);           /* an empty tree */
void fput(struct folder *top, const char *path, double bytes, int table);
size_t flist(struct folder *top, struct entry **list);       /* by path */
cJSON *fsum(struct folder *top);       /* "folders" of data.json */

/* means.c -- the environment, which only provides the means: a number above
 * 0, or what holds otherwise.  Dies BAD if it is set to anything else. */
double means(const char *name, double otherwise);
int cores(void);                        /* that we may use */

/* score.c -- the last line MARKER: NUMBER in a stream; starts as {0} */
struct score {
	size_t hit, n, lines;           /* lines: how many there were */
	char text[64];
	double value;                   /* of the last; nan if it is no number */
};
void score_read(struct score *s, const char *p, size_t n);
void score_end(struct score *s);        /* the stream has ended */

/* stream.c -- what comes through a pipe: its head, its tail, its score */
enum { KEPT = 64 << 10 };
struct stream {
	int fd;                         /* -1 once it has ended */
	int shown;                      /* to those who watch */
	unsigned long long total;       /* bytes */
	struct score score;
	char head[KEPT], tail[KEPT];
};
void stream_read(struct stream *s);     /* what is there now */
char *stream_text(const struct stream *s);      /* clean, the cut marked */

/* mirror.c -- for those who watch: the end of what a script has printed so far,
 * in the file tail of the scratch folder, which no sandbox shows, after a line
 * with $KEEP_FILE; written at most twice a second.  Both do nothing before
 * there is a folder or outside of a run. */
void mirror(const char *p, size_t n);
void mirror_flush(void);

/* watch.c -- what a tree of processes and a tree of files take; each adds */
enum { DEEPEST = 60 };
struct usage {
	double cpu, memory;             /* s, MiB */
	double disk;                    /* MiB */
	int exact;                      /* to count shared pages by their share */
	int apart;                      /* tmpfs is counted by kernel_memory() */
	long processes, files, depth;
	long most;                      /* files to look at; 0: all */
	long out_of_sight;              /* files that may be larger than can be seen */
};
void tree_usage(pid_t pid, struct usage *u);

/* hidden.c -- what a process's resident size and a folder do not show */
double memory_of(const char *task, const struct usage *u);       /* MiB of /proc/PID/task/TID; 0: it has gone */
double kernel_memory(pid_t init);       /* MiB in the sandbox's tmpfs and sockets */
/* Adds what files of the device take that have no name left, but are open, or
 * mapped, which is dear to know, below pid. */
void unlinked(pid_t pid, dev_t dev, int maps, struct usage *u);

void kill_children(void);
double seconds(void);                   /* of a clock that nobody sets */
char *peek(char *b, size_t cap, const char *name);      /* a file of the kernel's, "" if it cannot be read */
void disk_usage(int fd, int depth, struct usage *u);    /* closes fd; looks DEEPEST deep */

/* user.c -- whom a script runs as: never root */
struct user {
	uid_t uid;
	gid_t gid;
	const char *name;
	int drop;                       /* we are root */
};
struct user script_user(void);
void become(const struct user *u);

/* Paths that a sandbox shows; a list ends with from = null.  expose(), for
 * root, makes each reachable for anyone in a mount namespace of this process,
 * and changes from accordingly. */
enum { BINDS = 200 };
struct bind {
	const char *from, *to;
	const char *name;               /* as messages call it */
	int writable, checked;          /* checked: holds data */
};
void expose(struct bind *b);

/* binds.c -- fills the list; each dies BAD if its path is not there */
extern struct bind binds[];
struct bind *show(const char *name, const char *to);
void show_data(const char *data);       /* as ./input */
void show_instead(const char *data, const char *name, const char *file);
/* What $PYTHON_BINDS names, or it says it needs; returns what it starts. */
const char *show_python(const char *python);

/* inputs.c -- dies BAD unless b holds only folders, files that this process
 * can read, and links that stay inside */
void check_inputs(const struct bind *b, const struct user *u);
#define OUTSIDE "a link that leads out of the data, where scripts cannot" \
	" follow: put the file itself there (cp -L, or ln)"
/* openat2(): nothing above dir is reached, whatever the path and its links. */
int beneath(int dir, const char *path, int flags, int resolve);

/* scratch.c -- a working folder with input and final in it, gone at exit;
 * those that killed runs left are removed first */
char *scratch(const struct user *u, int *fd);   /* its path; fd: open */
void scratch_end(void);                 /* removes it now */
const char *scratch_held(void);         /* the folder around it, for us alone; or null */
char *scratch_folder(const char *base, const char *prefix);     /* an empty one, likewise; its full path */
void wipe(const char *path);            /* rm -rf, however hostile the content */
/* A new folder base/prefixXXXXXX, locked while we live, or null; those of this
 * user whose owner is gone are put away. */
char *own_folder(const char *base, const char *prefix,
                 void (*away)(const char *path));

/* takeout.c -- copies the plain files of work/final, in all at most room bytes,
 * into a new folder that takes the place of dir, or only reads them if dir is
 * null; returns dir if it is there then.  In sha (65 bytes) the hex SHA-256 of
 * submission.csv if there is one. */
const char *takeout(int work, const char *dir, long long room, char *sha);

/* seccomp.c -- the sandbox's system call filter, in a memory file; cgroup: one
 * holds the memory, so that scripts may have such as no process shows */
int seccomp_filter(int cgroup);
void seccomp_enter(int cgroup);         /* of this process, if the kernel can */

/* cgroup.c -- a control group for the script, below our own: v2 if that is
 * delegated, v1 if it is writable.  No more than one at a time. */
int cgroup(long mib);                   /* makes one with so much memory; 0: we may not */
void cgroup_enter(pid_t pid);           /* puts it there; 10 ms */
int cgroup_struck(void);                /* the kernel killed a process in it */
int cgroup_full(void);                  /* it has reached its limit */
void cgroup_end(void);                  /* removes it, once its processes are gone */

/* sandbox.c -- becomes bwrap around j->python SCRIPT; its status document goes
 * to one descriptor, and the script starts when the gate is closed */
#define SCRIPT "/script/script.py"
struct job {
	const char *python, *text;      /* the script's text */
	size_t size;
	struct bind *binds;
	const struct user *user;
	int work;                       /* the scratch folder, open */
	double seconds;
	long memory, disk, output;      /* MiB */
	long files, procs, cpus;
	int cgroup;                     /* it holds the memory */
	int none;                       /* there is no sandbox */
	const char *gpu;                /* the node of the one it may use, or null */
};
void sandbox(const struct job *j, int status, int gate) NORET;

/* gpu.c -- root: a folder in place of /, or "" */
/* The numbers of $GPUS, or all that there are, of NVIDIA's device nodes; how
 * many.  Dies BAD if GPUS is bad. */
int find_gpus(const char *root, int **gpu);
/* bwrap's options, ended by null, for the GPU that is /dev/nvidiaN. */
const char **gpu_options(const char *root, const char *node);

/* slot.c -- waits until one of $RUN_JOBS slots (default: cores / $CPUS) is free
 * on this machine, then for one of the GPUs, for j->gpu, if there are any.
 * Both are held until this process ends.  A limit that the run reaches ends the
 * wait as postpone() does; run null: none does. */
void take_slot(struct job *j, const char *run);
int slots(long cpus);                   /* how many there are for scripts of so many cores; 0: none waits */

/* queue.c -- locks on bytes of an empty file that all runs of this user on this
 * machine share.  A lock ends with its process.  run as in take_slot(). */
void queue(const char *run);            /* opens it; the last to end removes it */
/* Stands in the line that is that byte; the first in it waits for any of the n
 * bytes, and holds it, the i-th: returns i. */
int queue_for(long line, const long *byte, int n, const char *run);
void queue_over(const char *run);       /* the waiting is over */
void queue_end(void);                   /* at a signal: exit() calls it */

/* given.c -- what a script gets, in a sandbox or not */
const char **given_environment(const char *tmp, long cpus);     /* NAME=VALUE .., null, with room for one more */
void given_limits(const struct job *j);         /* of this process */

/* none.c -- a script without a sandbox.  Before we become its user the scratch
 * folder gets its data, as links, and the script; then we become Python, and the
 * descriptor is told just before. */
void lay_out(const struct job *j);
void no_sandbox(const struct job *j, int status) NORET;

/* guard.c -- goes on in a process of a group of its own, which outlives a
 * kill -9 of this one's and gets SIGTERM then, to clear up.  If it is itself
 * killed, what it started has so many seconds to end. */
void guard(double patience);

/* supervise.c -- runs a job to its end, or to a limit's */
struct outcome {
	const char *status;             /* the limit: timeout, memory, disk, output */
	const char *reason;
	const char *memory_by;          /* cgroup or watch */
	int exit, bwrap;                /* exit: 128 + signal; -1 if bwrap did not tell */
	int caught;                     /* the signal that ended us */
	double seconds, cpu, memory;
	struct stream out, err, report; /* report: bwrap's */
	pid_t init;                     /* of the sandbox's first process */
	int gate;                       /* which it waits for */
	double next_memory, next_disk;  /* when to look again */
	double room;                    /* MiB that were free on the disk at first */
	double kills;                   /* kernel_kills() at the start */
};
struct outcome *supervise(const struct job *j);

/* job.c -- a job with the python and the limits that the environment tells */
void job_means(struct job *j);
/* supervise(), but there is no outcome if the sandbox or the interpreter could
 * not be started, or if we were told to stop. */
struct outcome *run_job(const struct job *j);

/* executor.c -- scripts on other machines, by $EXECUTOR: see run(1) */
int elsewhere(void);                    /* 1: they run there, not here */
/* Has this tool do there what argv asks, the last of it being an operand; prints
 * its document, and ends as it did.  out: the folder that it is to leave, or
 * null; run: as in take_slot(), of the wait in a queue. */
void go_elsewhere(char **argv, const char *out, const char *run) NORET;

/* errand.c -- a script for another machine, and what launches it is told */
double errand_needs(void);              /* sets $MEMORY, $JOB_SECONDS, and returns these; drops keys */
/* DIR/job, which has this tool do what argv asks; from in as its stdin it makes
 * DIR/document, DIR/words and, out, DIR/out; DIR/began first, DIR/ended last. */
void errand(const char *dir, char **argv, int out, const char *in, size_t n);

/* launch.c -- has $EXECUTOR launch DIR/job, and waits, however long that stands
 * in a queue; but at most so many seconds from DIR/began on.  Returns how the
 * launcher ended, -1 if it had to be stopped; DIR/said is what it said.  A
 * limit of the run (null: none) postpones what has not begun. */
int launched(const char *dir, double most, const char *run);

/* limits.c -- sets o->status and o->reason if a limit is passed */
void check_limits(struct outcome *o, const struct job *j, double elapsed);
void check_disk(struct outcome *o, const struct job *j);
void check_kills(struct outcome *o, const struct job *j);       /* for want of memory */
double kernel_kills(void);              /* how many there were on this machine */

/* lines.c -- a text as a list of its lines, without their newlines */
char **split_lines(const char *s, size_t *n);
char *join_lines(char **line, size_t n);        /* each ended by a newline */
size_t trim_lines(char ***line, size_t n);      /* no blank ones at the ends */
size_t indent(const char *line);                /* how many blanks begin it */
size_t common_indent(char **line, size_t n);    /* blank lines do not count */
char *unindented(char *line, size_t width);     /* at most width blanks less */
char *dedent(const char *s);                    /* without its common indentation */
char *trimmed(const char *s);   /* no blank lines at the ends, one last newline */

/* compile.c -- asks $PYTHON (default /usr/bin/python3), a child that parses
 * and runs nothing, in 10 s of CPU and 2 GiB.  Dies BAD if there is no such
 * interpreter. */
/* The first of n texts that parses, *why being null; n if none does, *why
 * being the complaint, "line 12: '(' was never closed", about the first that
 * does not merely end inside a string. */
size_t first_python(char **text, size_t n, char **why);
char *syntax_error(const char *text);   /* the complaint; null if it parses */

/* bare.c -- scripts without a fence.  Words and remarks may parse too, so a
 * script has to look like one. */
int is_script(const char *s);           /* all of it */
char *script_in_prose(const char *s);   /* up to 30 lines after it dropped; or null */

/* fence.c -- Markdown's fenced blocks (CommonMark 0.31), indented at will */
enum { BODIES = 40 };
struct fence {
	char lang[32];          /* first word of the info string, lower case */
	size_t width;           /* of what stands before it */
	size_t n;               /* how many marks */
	char mark;              /* '`' or '~' */
};
struct body {
	char *s;                /* the lines inside, each ended by a newline */
	size_t end;             /* the line that closes it; n if none does */
};
int fence_opens(const char *line, struct fence *f);     /* and fills f */
int fence_closes(const char *line, const struct fence *f);
/* What the fence f may hold, its body beginning with line[from]: one for each
 * line that may close it, shortest first, at most BODIES.  At least one: if
 * none closes it, the body runs to the end.  Returns how many. */
size_t fence_bodies(char **line, size_t n, size_t from, const struct fence *f,
    struct body *b);

/* reply.c code.c pick.c -- what a model's reply holds.  cut tells that it
 * ended at the token limit.  Null if it holds no such thing, with *why, one
 * line fit to be sent back to the model; else *why is null. */
char *reply_text(const char *text, char **why); /* all but the reasoning */
/* The Python script, which parses, ended by one newline.  Of several those
 * that hold marker (may be null), of these the longest; if that one does not
 * parse, none.  It is moved to the left margin. */
char *reply_code(const char *text, int cut, const char *marker, char **why);
/* The first value that check, which returns a complaint or null, takes; its
 * last call was about that value.  It sees each as it is, then alone in a list,
 * then without what is wrapped round it; objects in a row as a list.  Read by
 * lax rules; of a list that was cut the items before the cut are kept. */
cJSON *reply_json(const char *text, int cut,
    const char *(*check)(cJSON *, void *), void *arg, char **why);

/* lax.c quoted.c -- reads JSON, and what models write for JSON: comments,
 * trailing commas, single, triple and smart quotes, bare keys, True, None, raw
 * newlines and bad escapes in strings.  Closes nothing that is left open, and
 * goes no deeper than 32. */
struct lax {
	const char *s;          /* what is left; where it failed, NUL if open */
	const char *why;
	int cut;                /* keep the items of a cut outermost list */
	int depth;              /* 0 */
};
cJSON *lax_value(struct lax *r);        /* null with r->why */
char *lax_string(struct lax *r);        /* the same; r->s at a quote */

/* splice.c -- a block of a script is whole lines that occur once.  They are
 * looked for as they are; else without blanks at their ends; else without
 * their common indentation; else without that of the first line.  Null with
 * *why if the block is empty, absent or not the only one. */
char *find_block(const char *script, const char *block, char **why);
                                        /* as in script, no last newline */
/* The script with the block replaced, the new one moved to its indentation.
 * Null also if the new one is empty or the same.  Whether the result parses
 * is for the caller to ask. */
char *splice_code(const char *script, const char *block, const char *with,
    char **why);
