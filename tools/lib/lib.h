/* What every tool leans on.
 *
 * A tool lives for one document and frees nothing: a returned pointer is the
 * caller's for ever.  A function dies with a message unless it says otherwise.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cjson/cJSON.h>

#define NORET  __attribute__((noreturn))
#define FMT(n) __attribute__((format(printf, n, n + 1)))

enum {
	YES  = 0,       /* the document is on stdout */
	NO   = 1,       /* the answer is no */
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
/* Valid UTF-8 without NUL: a bad byte becomes U+FFFD. */
char *clean(const char *s, size_t n);
int starts(const char *s, const char *prefix);
int ends(const char *s, const char *suffix);
int blank(const char *s);               /* nothing but white space */

/* file.c -- a file called "-" is stdin */
char *slurp(const char *name, size_t *len);     /* len may be null */
char *beside(const char *name, const char *pre, const char *post); /* d/x -> d/PRExPOST */
char *stem(const char *name);           /* d/x.draft.py -> d/x, d/1.json -> d/1 */
void parents(const char *name);         /* makes the folders that lead to it */
void finish(void);                      /* flushes stdout; dies if it did not all get out */

/* json.c -- paths are JSON pointers (RFC 6901, without ~ escapes):
 * "/choices/0/message/content"; "" is the whole. */
cJSON *jload(const char *name);
cJSON *jparse(const char *s, const char *name); /* name: what messages call it */
cJSON *jat(const cJSON *j, const char *path);   /* null if it is not there */
const char *jstr(const cJSON *j, const char *path);     /* dies if it is no string */
const char *jopt(const cJSON *j, const char *path);     /* null if it is no string */
double jnum(const cJSON *j, const char *path);          /* dies if it is no number */
void jput(const cJSON *j);              /* prints it and finishes */
