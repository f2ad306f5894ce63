#include <math.h>
#include <string.h>

#include "net.h"

/* Seconds between calls that begin although the window is full, calls a second
 * that are tried at least after a first refusal, and what a told wait may be at
 * most for others to wait, too. */
#define CREEP 0.2
#define SPARSE 0.2
#define LONGEST 120

static double
within(const struct pace *p, double from, double to)
{
	double n = 0;
	int i;

	for (i = 0; i < STARTS; i++)
		n += p->start[i] && p->start[i] > from && p->start[i] <= to;
	return n;
}

/* Nine tenths of what it took before t, be its limit one of a second or of a
 * minute; one a second if it took none.  What it took of a run that called but
 * now and then tells nothing of its limit: refusals to come will. */
static double
guess(const struct pace *p, double t)
{
	double n = within(p, t - 60, t);

	return n ? fmax(SPARSE, 0.9 * fmax(fmax(within(p, t - 1, t),
	                within(p, t - 10, t) / 10), n / 60)) : 1;
}

/* A cut, but not below what it took within the last minute. */
static double
less(const struct pace *p, double since, double t)
{
	double n = within(p, t - 60, t);

	return fmax(p->rate * (within(p, since, t) < 8 ? 0.6 : 0.85),
	            n ? 0.8 / 60 * n : 1. / 15);
}

static void
close_until(struct pace *p, double t)
{
	p->closed = fmax(p->closed, t);
}

double
pace_wait(const struct pace *p, double t, int slot)
{
	if (t < p->closed)
		return p->closed - t;
	if (p->rate)
		return fmax(0, p->next - t);
	return slot > p->window && t < p->last + CREEP ? p->last + CREEP - t : 0;
}

void
pace_start(struct pace *p, double t)
{
	int i, oldest = 0;

	for (i = 1; i < STARTS; i++)
		if (p->start[i] < p->start[oldest])
			oldest = i;
	p->start[oldest] = p->last = t;
	if (p->rate)
		p->next = fmax(p->next, t - 0.02) + 1 / p->rate;
}

static void
went_well(struct pace *p, double t)
{
	p->refusals = p->failures = 0;
	p->window += 0.5;
	if (p->rate)
		p->rate *= t - p->cut < 60 ? 1.003 : 1.02;
	if (p->rate > 100)
		p->rate = 0;
}

/* Calls that had begun when the first of them was refused count as one. */
static void
was_refused(struct pace *p, double t, double begun, double told)
{
	double old = p->cut;
	int i;

	for (i = 0; i < STARTS; i++)
		if (p->start[i] == begun)
			p->start[i] = 0;
	if (begun > old) {
		p->cut = t;
		p->refusals++;
		p->guessed = !p->rate;
		if (p->rate)
			p->rate = less(p, old, t);
	}
	if (p->guessed)
		p->rate = guess(p, p->cut);
	if (p->refusals > 2 || !told)
		told = fmax(told, fmin(30, exp2(p->refusals - 1)));
	if (told <= LONGEST)
		close_until(p, t + told);
	p->next = fmin(fmax(p->next, p->closed), p->closed + 1 / p->rate);
}

/* Three in a row are no chance: nobody need find that out again. */
static void
failed(struct pace *p, double t, double begun, double told)
{
	if (begun > p->failure) {
		p->failure = t;
		p->failures++;
	}
	if (told <= LONGEST)
		close_until(p, t + told);
	if (p->failures > 2)
		close_until(p, t + fmin(30, exp2(p->failures - 3)));
}

void
pace_end(struct pace *p, double t, double begun, const struct trouble *why)
{
	if (!why->class)
		went_well(p, t);
	else if (!strcmp(why->class, "rate"))
		was_refused(p, t, begun, why->wait);
	else if (why->again)
		failed(p, t, begun, why->wait ? why->wait
		       : strcmp(why->class, "overloaded") ? 0 : 0.5);
}
