#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

int
open_for(const char *name, int flags)
{
	return TEMP_FAILURE_RETRY(open(name, flags | O_CLOEXEC, 0666));
}

int
by_errno(void)
{
	return errno == EIO || errno == EINTR || errno == EMFILE
	       || errno == ENFILE || errno == ENOMEM ? SICK : BAD;
}

int
put_all(int fd, const char *s, size_t n)
{
	ssize_t r;

	for (; n; s += r, n -= r)
		if ((r = TEMP_FAILURE_RETRY(write(fd, s, n))) <= 0)
			return 0;
	return 1;
}

int
exists(const char *name, struct stat *st)
{
	struct stat other;

	if (stat(name, st ? st : &other) == 0)
		return 1;
	if (errno != ENOENT && errno != ENOTDIR)
		die(SICK, "look at %s:", name);
	return 0;
}

static ssize_t
take(void *fd, char *s, size_t n)
{
	return TEMP_FAILURE_RETRY(read((intptr_t)fd, s, n));
}

static ssize_t
give(void *fd, const char *s, size_t n)
{
	return put_all((intptr_t)fd, s, n) ? (ssize_t)n : 0;
}

static int
shut(void *fd)
{
	return close((intptr_t)fd);
}

FILE *
reading(int fd)
{
	cookie_io_functions_t io = {.read = take, .close = shut};

	return fd < 0 ? NULL : need(fopencookie((void *)(intptr_t)fd, "r", io));
}

/* What stdio cannot write at once it forgets. */
__attribute__((constructor)) static void
own_stdout(void)
{
	cookie_io_functions_t io = {.write = give, .close = shut};
	FILE *f = fopencookie((void *)1, "w", io);

	if (!f)
		return;
	if (isatty(1))
		setlinebuf(f);
	stdout = f;
}

char *
slurp(const char *name, size_t *len)
{
	static char *input;             /* what stdin held */
	static size_t input_len;
	int stdin_too = !strcmp(name, "-");
	int fd = stdin_too ? 0 : open_for(name, O_RDONLY);
	size_t n = 0, cap = 1 << 16;
	char *s = need(malloc(cap));
	ssize_t r;

	if (stdin_too && input) {
		if (len)
			*len = input_len;
		return memcpy(need(realloc(s, input_len + 1)), input,
		              input_len + 1);
	}
	if (fd < 0)
		die(errno == ENOENT || errno == ENOTDIR ? BAD : SICK,
		    "open %s:", name);
	while ((r = TEMP_FAILURE_RETRY(read(fd, s + n, cap - n - 1))) > 0)
		if ((n += r) > cap / 2)
			s = need(realloc(s, cap *= 2));
	if (r < 0)
		die(errno == EISDIR ? BAD : SICK, "read %s:", name);
	s[n] = 0;
	if (!len && strlen(s) != n)
		die(BAD, "read %s: it is no text, for it holds NUL bytes", name);
	if (fd) {
		close(fd);
	} else {
		input_len = n;
		input = memcpy(need(malloc(n + 1)), s, n + 1);
	}
	if (len)
		*len = n;
	return s;
}

char *
beside(const char *name, const char *pre, const char *post)
{
	const char *base = strrchr(name, '/');

	base = base ? base + 1 : name;
	return format("%.*s%s%s%s", (int)(base - name), name, pre, base, post);
}

char *
stem(const char *name)
{
	char *s = need(strdup(name)), *base = strrchr(s, '/');
	char *dot = strchr(base ? base + 1 : s, '.');

	if (dot)
		*dot = 0;
	return s;
}

void
parents(const char *name)
{
	char *s = need(strdup(name)), *p;

	for (p = s; (p = strchr(p + 1, '/')); *p = '/') {
		*p = 0;
		if (mkdir(s, 0777) < 0 && errno != EEXIST)
			die(SICK, "make folder %s:", s);
	}
	free(s);
}

int
later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec
	                            : a.tv_nsec > b.tv_nsec;
}

char *
slurp_clean(const char *name)
{
	size_t n;
	char *raw = slurp(name, &n), *s = clean(raw, n);

	free(raw);
	return s;
}

void
finish(void)
{
	if (fflush(stdout) || ferror(stdout))
		die(SICK, "write stdout:");
}
