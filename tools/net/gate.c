#include <math.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "net.h"

static int held;                        /* the number of our call */
static double begun;

/* What of struct pace is kept, beside the calls begun. */
static const char *const names[] = {"rate", "next", "closed", "last", "cut",
                                    "failure", "window"};
#define NAMES (sizeof names / sizeof *names)

static cJSON *
about(const struct endpoint *e)
{
	char *name = format("%s#%s", e->base, e->model);
	cJSON *known = notes();
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

double
moment(const char *name, double otherwise)
{
	const char *s = env(name);
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return s ? now() + atof(s) - t.tv_sec - t.tv_nsec / 1e9 : otherwise;
}

/* What failed for an earlier make may work by now: its owner tries again.  What
 * a server asked for still holds. */
static void
forget_failures(struct pace *p)
{
	if (p->failure >= moment("RUN_BEGAN", 0))
		return;
	p->failures = 0;
	if (p->cut < p->failure)
		p->closed = 0;
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
	p.refusals = fmin(number(j, "refusals"), 20);
	p.failures = fmin(number(j, "failures"), 20);
	if (p.rate < 0 || p.last > t || p.cut > t || p.failure > t
	    || p.closed > t + 200 || p.next > t + 300)
		return (struct pace){.window = 2};
	forget_failures(&p);
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

	while (i <= jobs && !notes_hold(i))
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

	j = about(e);
	t = ms(now());
	p = load(j, t);
	wait = pace_wait(&p, t, 0);
	if (!wait && !(held = free_slot(jobs)))
		wait = 0.03;
	if (!wait && (wait = pace_wait(&p, t, held)) > 0) {
		notes_drop(held);
		wait = fmin(wait, 0.03);
	}
	if (!wait) {
		pace_start(&p, begun = t);
		save(j, &p);
	}
	notes_end(!wait);
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

double
gate_closed(const struct endpoint *e)
{
	double t = ms(now());
	struct pace p = load(about(e), t);

	notes_end(0);
	return fmax(0, p.closed - t);
}

/* A pause of this make was told when it began. */
static void
tell_old_pause(const struct endpoint *e)
{
	double t = ms(now());
	struct pace p = load(about(e), t);

	notes_end(0);
	if (p.closed > t + 2 && p.cut < moment("RUN_BEGAN", 0))
		warn("ask %s: waits %.0f s, as it asked for", e->name,
		     p.closed - t);
}

int
gate_enter(const struct endpoint *e, double until)
{
	int jobs = fmin(means("LLM_JOBS", 16), 10000);
	int told = 0;
	double wait;

	while ((wait = try(e, jobs ? jobs : 1)) > 0) {
		if (wait > 2 && !told++)
			tell_old_pause(e);
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

	j = about(e);
	t = ms(now());
	p = load(j, t);
	pace_end(&p, t, begun, why);
	save(j, &p);
	notes_drop(held);
	notes_end(1);
}

unsigned
gate_without(const struct endpoint *e)
{
	unsigned f = number(about(e), "without");

	notes_end(0);
	return f;
}

void
gate_refused(const struct endpoint *e, unsigned f)
{
	cJSON *j = about(e);

	set(j, "without", cJSON_CreateNumber((unsigned)number(j, "without") | f));
	notes_end(1);
}

const char *
gate_model(const struct endpoint *e, const char *found)
{
	cJSON *j = about(e);
	const char *s;

	if (found)
		set(j, "model", cJSON_CreateString(found));
	s = jopt(j, "/model");
	s = s ? format("%s", s) : NULL;
	notes_end(found != NULL);
	return s;
}

long
gate_most(const struct endpoint *e, long found)
{
	cJSON *j = about(e);
	long n;

	if (found)
		set(j, "most", cJSON_CreateNumber(found));
	n = fmin(number(j, "most"), 1e9);
	n = n < 16 ? 0 : n;
	notes_end(found != 0);
	return n;
}
