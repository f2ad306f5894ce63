#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

/* In one write, lest the lines of two processes mix; and what it quotes may
 * be a script's or a model's. */
static void
say(const char *fmt, va_list ap)
{
	const char *e = strerror(errno);
	size_t n = strlen(fmt);
	int colon = n && fmt[n - 1] == ':';
	char *s;

	if (vasprintf(&s, fmt, ap) < 0)
		return;
	fprintf(stderr, "%s: %s%s%s\n", program_invocation_short_name, tame(s),
	        colon ? " " : "", colon ? e : "");
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(status);
}

void
usage(const char *args)
{
	fprintf(stderr, "usage: %s %s\n", program_invocation_short_name, args);
	exit(BAD);
}

void *
need(void *p)
{
	if (!p)
		die(SICK, "allocate memory:");
	return p;
}
