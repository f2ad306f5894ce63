#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

enum { SHOWN = 4096 };

static char last[SHOWN];
static size_t held;
static int news;
static double next;

void
mirror(const char *p, size_t n)
{
	if (n > SHOWN) {
		p += n - SHOWN;
		n = SHOWN;
	}
	if (held + n > SHOWN) {
		memmove(last, last + held + n - SHOWN, SHOWN - n);
		held = SHOWN - n;
	}
	memcpy(last + held, p, n);
	held += n;
	news = 1;
}

/* That a disk is full is for others to find out. */
void
mirror_flush(void)
{
	const char *file = getenv("KEEP_FILE"), *folder = scratch_held();
	struct text t = {0};
	char *tmp, *tail;
	int fd;

	if (!news || !file || !folder || seconds() < next)
		return;
	if (!next) { /* most scripts end before anyone could look */
		next = seconds() + 0.5;
		return;
	}
	next = seconds() + 0.5;
	news = 0;
	tmp = format("%s/tail.tmp", folder);
	tail = format("%s/tail", folder);
	addf(&t, "%s\n", file);
	addn(&t, last, held);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0 && write(fd, t.s, t.n) == (ssize_t)t.n)
		rename(tmp, tail);
	if (fd >= 0)
		close(fd);
	free(t.s);
	free(tmp);
	free(tail);
}
