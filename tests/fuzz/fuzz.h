/* What the fuzz targets share: main.c has it, and calls them.
 *
 * A target is a function of the bytes thrown at it.  It aborts when what it
 * tries breaks a promise; the sanitizers see to the rest.  What dies only ends
 * the attempt.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void target(const char *s, size_t n);
target fuzz_csv, fuzz_document, fuzz_endpoint, fuzz_env, fuzz_graph, fuzz_ledger,
    fuzz_log, fuzz_models, fuzz_part, fuzz_reply, fuzz_score, fuzz_settings,
    fuzz_splice, fuzz_submission, fuzz_task, fuzz_web, fuzz_wire;

#define must(truth) ((truth) ? (void)0 : abort())       /* or it is a finding */
/* Calls f(arg): the status that it exits with, -1 if it returns. */
int attempt(void (*f)(void *), void *arg);
/* What the attempt printed to stdout since the last call. */
char *output(void);
/* The path of a file of the scratch folder that holds these bytes. */
char *given(const char *name, const char *s, size_t n);
/* The next of the parts of *rest, which lines "@@" stand between; "" if there
 * are no more. */
char *next_part(char **rest);

void memory_begin(void);                /* what is taken from here on .. */
void memory_end(void);                  /* .. is freed */
void forget_keys(void);                 /* and what .env held */

int is_clean(const char *s);            /* valid UTF-8; or null */
int is_tame(const char *s);             /* and nothing in it that a terminal obeys; or null */
int is_line(const char *s);             /* no control characters */
