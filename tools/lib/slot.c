#include <stdlib.h>

#include "lib.h"

enum { LINE = 0, SLOT = 1000, GPU_LINE = 2000, GPU = 3000, TWICE = 100000 };

int
slots(long cpus)
{
	const char *s = getenv("RUN_JOBS");
	char *end;
	long n;

	if (s && !blank(s)) {
		n = strtol(s, &end, 10);
		if (end == s || !blank(end) || n < 0 || n > 999)
			die(BAD, "read RUN_JOBS: '%s' is no whole number from 0"
			    " to 999", s);
		return n;
	}
	n = cores();
	if (means("CPUS", 0))
		n /= cpus > 1 ? cpus : 1;
	else if (n > 4)
		n = 4;
	return n < 1 ? 1 : n;
}

/* The highest first: a run that asks for few finds the low ones. */
static void
hold_slot(int n, const char *run)
{
	long *byte = need(calloc(n, sizeof *byte));
	int i;

	for (i = 0; i < n; i++)
		byte[i] = SLOT + n - i;
	queue_for(LINE + n, byte, n, run);
}

/* A GPU that is named twice can be held twice. */
static const char *
hold_gpu(const int *gpu, int n, const char *run)
{
	long *byte = need(calloc(n, sizeof *byte));
	int i, k;

	for (i = 0; i < n; i++)
		for (byte[i] = GPU + gpu[i], k = 0; k < i; k++)
			byte[i] += gpu[k] == gpu[i] ? TWICE : 0;
	i = queue_for(GPU_LINE + *gpu, byte, n, run);
	return format("/dev/nvidia%d", gpu[i]);
}

void
take_slot(struct job *j, const char *run)
{
	int *gpu, n = slots(j->cpus), gpus = find_gpus("", &gpu);

	if (n == 0 && gpus == 0)
		return;
	queue(run);
	if (n)
		hold_slot(n, run);
	if (gpus)
		j->gpu = hold_gpu(gpu, gpus, run);
	queue_over(run);
}
