/* What status(1), explain(1), graph(1) and estimate(1) are made of: how the files
 * of a run stand.  Nothing here makes or changes one. */
/* graph.c -- the steps of a run as it is asked for now, in the order of
 * mk/star.mk, which make is asked for; none for what is no folder work/TASK/RUN.
 * Their names, and those of what they depend on, are as in commands: relative to
 * the run, ../data beside it, prompts/x where mlestar is. */
enum why {              /* a step is not up to date */
	FRESH,                          /* it is */
	WAITS,                          /* for which: made again if that changes */
	UNMADE, GONE, POSTPONED,
	LOOSE,                          /* its file is there, what made it is not */
	EDITED,                         /* its command is not which; or, of a copy,
	                                   which differs */
	UNTRIED,                        /* which, of its tries, is gone */
	NEWER,                          /* which has changed */
	MISSING                         /* which is not there */
};
struct step {
	const char *name, *tool, *command;
	char **input;                   /* which it depends on */
	size_t n;
	int copied;                     /* no step, but the copy of an input */
	int pinned;                     /* not to be made again: it depends on nothing */
	int forced;                     /* one of its tries is gone */
	/* what stale.c finds: */
	enum why why;
	const char *which;
	size_t more;                    /* besides which */
	int blocked;                    /* a step before it is not up to date */
	int needed;                     /* what is built depends on it */
	int there, known;               /* its file; its .cmd */
	struct timespec written, began;
	off_t size;
	int seen;
};
struct graph {
	const char *run;                /* work/TASK/RUN, from the top folder */
	struct step *v;
	size_t n, *order;               /* by name */
};
char *from_top(const char *path);       /* goes to the folder that holds the work/ of
                                           path; path from there */
struct graph graph(const char *run);    /* with why each is not up to date */
char *in_run(const char *run, const char *name);        /* its path */
struct step *find_step(const struct graph *g, const char *name);        /* or null */

/* stale.c -- finds out why steps are not up to date, as make would */
void find_stale(struct graph *g);

/* why.c -- the same in words */
const char *why_words(const struct step *s);  /* "prompts/plan.md changed" */
const char *why_word(enum why why);     /* for scripts: "input" */
/* done, failed, skipped, stale, waiting, postponed or not made */
const char *state_of(const struct step *s, const struct gist *r);

/* standing.c -- where a run stands, an object: status(1) tells what is in it */
cJSON *standing(const char *run);

/* stages.c -- what each lane got out of each stage, "stages" of that */
void stages_step(const struct step *s, const struct gist *r);
void stages_into(cJSON *standing);

/* facts.c -- what else there is to tell of a run, for that; after its steps */
void facts_into(cJSON *standing, const struct graph *g);

/* say.c -- a line, of what may be a model's or a script's words */
void say(const char *what, const char *fmt, ...) FMT(2);

/* lanes.c -- says the stages, lanes side by side */
void say_lanes(const cJSON *standing);

/* made.c -- says how a file of a run was made */
void say_content(const char *run, const char *file);
void say_edit(const char *run, const char *file);       /* if there was one */
void say_making(const struct node *n);  /* null: nothing */
void say_calls(const char *run, const char *file);      /* for it, or for its tries */

/* links.c -- says what a step depends on, and what depends on a file */
void say_inputs(const struct graph *g, const struct step *s);
void say_followers(const struct graph *g, const char *file);

/* box.c -- the boxes of a picture: a step each, or many */
enum { STATES = 9 };
struct look {
	const char *name, *fill, *line, *style;
};
extern const struct look look[STATES];
struct box {
	char *id;
	const struct step *first;
	int steps, n[STATES];           /* how many stand so */
	struct gist best;
	const char *why;
};
struct boxes {
	struct box *v;
	size_t n, *of;                  /* of: by step */
};
struct boxes boxes(const struct graph *g);

/* needs.c -- how many model calls and scripts a step asks for, by its command
 * and what is there: AT_LEAST, if merging stops as soon as it can; USUAL, if each
 * reply and each script is good at once; AT_MOST, if it is all tried as often as it
 * may be, a script leaking in one block. */
enum { AT_LEAST, USUAL, AT_MOST, CASES };
struct needs {
	const char *asks;               /* the tool that asks; or null */
	int calls[CASES], scripts[CASES];
	int debugs;                     /* of the AT_MOST calls those of debug */
	int ablation;
};
struct needs needs(const struct graph *g, const struct step *s);

/* known.c -- what calls and scripts took in runs of the task; nan: unknown */
void know(const char *run);             /* learns from the run, and if need be others */
const char *known_from(void);           /* which runs; or null */
double tool_seconds(const char *tool);  /* of one that asks nothing */
double call_seconds(const char *asks);
double call_most(const char *asks);     /* which it may take */
double script_seconds(int ablation);
struct tokens {
	double calls;                   /* they are the mean of; 0: they are assumed */
	double in, cached, out, usd;    /* of a call; usd: nan unless told */
};
struct tokens call_tokens(const char *asks);
double call_usd(const char *asks, double out);  /* with at least so many tokens out */

/* schedule.c -- what steps take that are to be made.  A step holds a place of
 * make's -j; of calls and of scripts only so many go on at a time. */
enum { ASKING, RUNNING, OTHER, PHASES };
struct load {
	int todo;
	double seconds[PHASES];         /* one after the other */
};
double schedule(const struct graph *g, const struct load *v, int jobs,
                const int *limit);
/* The longest chain of them, its steps in on; its seconds. */
double longest_chain(const struct graph *g, const struct load *v, int *on);

/* work.c -- the steps that are to be made, and what they ask for in all */
struct work {
	struct load *load;              /* by step: as usual, or if that is nan at most */
	struct needs *needs;            /* by step */
	int steps, left, calls[CASES], scripts[CASES];
	double usual, most;             /* seconds, one after another */
	double usd[CASES];
	const char *unpriced;           /* a model whose price is not known; or null */
	struct tokens tokens;           /* of a call, on average */
};
struct work work(const struct graph *g);        /* after know() */

/* outlook.c -- what a run asks for, an object: estimate(1) tells what is in it;
 * null if it is none */
cJSON *outlook(const char *run);
