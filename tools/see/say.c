#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "see.h"

void
say(const char *what, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	s[strcspn(s, "\n")] = 0;
	printf("  %-11s %s\n", what, shown(s));
	free(s);
}
