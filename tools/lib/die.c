#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

extern char *program_invocation_short_name;

static void
say(const char *fmt, va_list ap)
{
	int e = errno;
	size_t n = strlen(fmt);

	fprintf(stderr, "%s: ", program_invocation_short_name);
	vfprintf(stderr, fmt, ap);
	if (n && fmt[n - 1] == ':')
		fprintf(stderr, " %s", strerror(e));
	fputc('\n', stderr);
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
