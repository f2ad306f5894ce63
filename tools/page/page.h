/* What report(1) is made of: the page of a run.
 *
 * Nothing of a run is trusted: a file may be absent, damaged, huge or hostile.
 * Each is read, used and freed, so that a run of thousands fits into little
 * memory; what is kept of a text is in the pack.
 */
enum kind { TASK, SEARCH, DRAFT, MERGE, USAGE, ABLATE, PLAN, ENSEMBLE, SUBMIT };

/* A candidate: a script and what came of it, or a step that has a panel, too. */
struct cand {
	enum kind kind;
	int lane, step, n;
	const char *name;               /* "1/2/3", as in hashes */
	const char *label;              /* its model, or its plan's first words */
	struct gist r;                  /* r.name: another's, if passed on */
	int leaks;                      /* calls that mended one */
	int parent;                     /* whose script it began with; -1 */
	int way;                        /* it is on the way to the answer */
	int script;                     /* in the pack */
};

struct call {
	char *target, *stage, *model, *chat, *trouble;
	double in, cached, out, cost, seconds;  /* nan: unknown */
};

extern struct page {
	const char *run, *task, *metric;
	int lower;                      /* is better */
	struct cand *c;
	int n, lanes;
	struct call *call;              /* by target */
	int calls;
	struct node *log;
	size_t logged;
	int best;                       /* the answer, or the best so far; -1 */
	int final;                      /* it was submitted */
	const char *early;              /* why some of it was postponed, or null */
	int scores, failed, most_steps, most_rounds;
	int most_drafts, most_merges, most_plans;
	struct text damaged;            /* names, a line each */
	FILE *to;
} page;

/* read.c -- no function here dies because of a file */
char *load_text(const char *name);      /* of the run, at most 64 MB; null; malloc'd, clean */
cJSON *load_json(const char *name);     /* null if it is not there, or noted as damaged */
int there(const char *name);
char *safe(const char *s);              /* clean and tame; null stays null; malloc'd */
char *safe_at(const cJSON *j, const char *path);        /* of a string there, or null */
int most_in(const char *folder);        /* the largest number that a name there begins with */

/* collect.c */
void collect(void);                     /* fills the page */
int find(const char *name);             /* a candidate, or -1 */
int counts(const struct cand *c);       /* it has a score of its own, and is compared by it */
int failed(const struct cand *c);
int beats_score(double a, double b);

/* calls.c */
void collect_calls(void);
void calls_of(const char *prefix, int *from, int *to);  /* whose targets begin so */

/* html.c -- to page.to */
void put(const char *s);                /* as it is */
void putf(const char *fmt, ...) FMT(1); /* as it is: what goes in has to be safe */
void esc(const char *s);                /* escaped, tame; null is nothing */
void escn(const char *s, size_t most);  /* the same, cut to so many bytes */
const char *short_number(double v);     /* 5 digits; the same buffers come again */
const char *error_number(double v);      /* "± 4.0" */
const char *signed_number(double v);     /* 3 digits, +0.12 or −0.12 */
const char *span_of(double seconds);    /* "1 h 05 min" */
const char *amount_of(double n);        /* "1.2 M" */
const char *money(double usd);          /* "unknown" if nan */
const char *title_of(const struct cand *c);     /* "Plan 3 of step 2, lane 1" */

/* pack.c -- all bulky texts, as paragraphs that are stored once */
enum { NO_TEXT = -1, NO_ROOM = -2 };
int pack(const char *s, size_t most);   /* its number; cut in the middle to most bytes */
int pack_full(void);
void add_string(struct text *t, const char *s); /* as JSON, in quotes */
void add_pack(struct text *t);          /* "chunks":[..],"texts":[..] */
void put_packed(const char *s, size_t n);       /* gzip, base64 */
void put_base64(const unsigned char *s, size_t n);

/* the parts of the page */
void put_answer_part(void);
void put_chart(void);
void put_scores(void);
void put_tree(void);
void put_ablations(void);
void put_findings(void);
void put_models(void);
void put_spent(void);
void put_settings(void);
void put_panels(void);
