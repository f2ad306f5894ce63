#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

/* Byte 0 of the file is locked while it is read and written, byte N while the
 * N-th call is in flight.  The kernel unlocks what a dead process held. */
static int file = -2;                   /* -1: there is none */
static cJSON *known;                    /* its content: endpoint: what is known */
static int held;                        /* byte of our call */
static double begun;

/* What of struct pace is kept, beside the calls begun. */
static const char *const names[] = {"rate", "next", "closed", "last", "cut",
                                    "failure", "window"};
#define NAMES (sizeof names / sizeof *names)

static int
lock(int type, int byte, int wait)
{
	struct flock l = {.l_type = type, .l_start = byte, .l_len = 1};

	if (file < 0)
		return 1;
	while (fcntl(file, wait ? F_OFD_SETLKW : F_OFD_SETLK, &l) < 0)
		if (errno != EINTR)
			return 0;
	return 1;
}

static void
take(void)
{
	const char *run = getenv("KEEP_RUN");
	struct stat st;
	char *s;

	if (file == -2)
		file = run && *run ? open(format("%s/.gate", run), O_RDWR
		       | O_CREAT | O_CLOEXEC, 0666) : -1;
	lock(F_WRLCK, 0, 1);
	if (file < 0 || fstat(file, &st) < 0 || st.st_size > 1 << 20) {
		known = known ? known : cJSON_CreateObject();
		return;
	}
	s = need(calloc(1, st.st_size + 1));
	if (pread(file, s, st.st_size, 0) < 0)
		*s = 0;
	cJSON_Delete(known);
	known = cJSON_Parse(s);         /* whatever follows the first value */
	if (!cJSON_IsObject(known))
		known = cJSON_CreateObject();
	free(s);
}

static void
give(int changed)
{
	char *s;
	size_t n;

	if (changed && file >= 0) {
		s = need(cJSON_PrintUnformatted(known));
		s[n = strlen(s)] = '\n';
		if (pwrite(file, s, n + 1, 0) == (ssize_t)n + 1
		    && ftruncate(file, n + 1) < 0)
			warn("cut %s/.gate:", getenv("KEEP_RUN"));
		free(s);
	}
	lock(F_UNLCK, 0, 0);
}

static cJSON *
about(const struct endpoint *e)
{
	char *name = format("%s#%s", e->base, e->model);
	cJSON *j = cJSON_GetObjectItemCaseSensitive(known, name);

	if (!cJSON_IsObject(j)) {
		cJSON_DeleteItemFromObjectCaseSensitive(known, name);
		j = cJSON_AddObjectToObject(known, name);
	}
	free(name);
	return need(j);
}

static void
set(cJSON *j, const char *name, cJSON *value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(j, name);
	cJSON_AddItemToObject(j, name, value);
}

static double
number(const cJSON *j, const char *name)
{
	cJSON *v = cJSON_GetObjectItemCaseSensitive(j, name);

	return cJSON_IsNumber(v) ? v->valuedouble : 0;
}

static double *
field(struct pace *p, size_t i)
{
	double *f[] = {&p->rate, &p->next, &p->closed, &p->last, &p->cut,
	               &p->failure, &p->window};

	return f[i];
}

/* Times of another boot are worth nothing. */
static struct pace
load(const cJSON *j, double t)
{
	struct pace p = {.window = 2};
	const cJSON *starts = jat(j, "/starts"), *v;
	size_t i, n = 0;
	int sane = number(j, "window") >= 2;

	for (i = 0; i < NAMES && sane; i++)
		*field(&p, i) = number(j, names[i]);
	cJSON_ArrayForEach(v, starts)
		if (n < STARTS && sane)
			p.start[n++] = v->valuedouble;
	p.guessed = number(j, "guessed");
	p.refusals = number(j, "refusals");
	p.failures = number(j, "failures");
	if (p.rate < 0 || p.last > t || p.cut > t || p.failure > t
	    || p.closed > t + 200 || p.next > t + 300)
		return (struct pace){.window = 2};
	return p;
}

static double
ms(double t)
{
	return round(t * 1e3) / 1e3;
}

static void
save(cJSON *j, struct pace *p)
{
	cJSON *starts = cJSON_CreateArray();
	size_t i;

	for (i = 0; i < NAMES; i++)
		set(j, names[i], cJSON_CreateNumber(ms(*field(p, i))));
	for (i = 0; i < STARTS; i++)
		if (p->start[i] > p->last - 60)
			cJSON_AddItemToArray(starts,
			                     cJSON_CreateNumber(ms(p->start[i])));
	set(j, "starts", starts);
	set(j, "guessed", cJSON_CreateNumber(p->guessed));
	set(j, "refusals", cJSON_CreateNumber(p->refusals));
	set(j, "failures", cJSON_CreateNumber(p->failures));
}

static int
free_slot(int jobs)
{
	int i = 1;

	while (i <= jobs && !lock(F_WRLCK, i, 0))
		i++;
	return i <= jobs ? i : 0;
}

/* Seconds until it is worth trying again, 0: we are in. */
static double
try(const struct endpoint *e, int jobs)
{
	double t, wait;
	struct pace p;
	cJSON *j;

	take();
	t = ms(now());
	p = load(j = about(e), t);
	wait = pace_wait(&p, t, 0);
	if (!wait && !(held = free_slot(jobs)))
		wait = 0.03;
	if (!wait && (wait = pace_wait(&p, t, held)) > 0) {
		lock(F_UNLCK, held, 0);
		wait = fmin(wait, 0.03);
	}
	if (!wait) {
		pace_start(&p, begun = t);
		save(j, &p);
	}
	give(!wait);
	return wait;
}

double
chance(void)
{
	unsigned r = 0;

	if (getrandom(&r, sizeof r, GRND_NONBLOCK) < 0)
		r = now() * 1e9;
	return r / 4294967296.;
}

void
rest(double s)
{
	struct timespec t = {(time_t)s, (s - floor(s)) * 1e9};

	if (s > 0)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
}

int
gate_enter(const struct endpoint *e, double until)
{
	int jobs = fmin(means("LLM_JOBS", 16), 10000);
	double wait;

	while ((wait = try(e, jobs ? jobs : 1)) > 0) {
		if (now() + wait > until)
			return 0;
		rest(fmin(wait, 2) + chance() * 0.01);
	}
	return 1;
}

void
gate_leave(const struct endpoint *e, const struct trouble *why)
{
	struct pace p;
	double t;
	cJSON *j;

	take();
	t = ms(now());
	p = load(j = about(e), t);
	pace_end(&p, t, begun, why);
	save(j, &p);
	lock(F_UNLCK, held, 0);
	give(1);
}

unsigned
gate_without(const struct endpoint *e)
{
	unsigned f;

	take();
	f = number(about(e), "without");
	give(0);
	return f;
}

void
gate_refused(const struct endpoint *e, unsigned f)
{
	cJSON *j;

	take();
	j = about(e);
	set(j, "without", cJSON_CreateNumber((unsigned)number(j, "without") | f));
	give(1);
}

const char *
gate_model(const struct endpoint *e, const char *found)
{
	const char *s;

	take();
	if (found)
		set(about(e), "model", cJSON_CreateString(found));
	s = jopt(about(e), "/model");
	s = s ? format("%s", s) : NULL;
	give(found != NULL);
	return s;
}

long
gate_most(const struct endpoint *e, long found)
{
	long n;

	take();
	if (found)
		set(about(e), "most", cJSON_CreateNumber(found));
	n = number(about(e), "most");
	give(found != 0);
	return n;
}
