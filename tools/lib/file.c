#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

char *
slurp(const char *name, size_t *len)
{
	static char *input;             /* what stdin held */
	static size_t input_len;
	FILE *f = strcmp(name, "-") ? fopen(name, "re") : stdin;
	size_t n = 0, cap = 1 << 16, r;
	char *s = need(malloc(cap));

	if (f == stdin && input) {
		if (len)
			*len = input_len;
		return memcpy(need(realloc(s, input_len + 1)), input,
		              input_len + 1);
	}
	if (!f)
		die(errno == ENOENT || errno == ENOTDIR ? BAD : SICK,
		    "open %s:", name);
	while ((r = fread(s + n, 1, cap - n - 1, f)) > 0)
		if ((n += r) > cap / 2)
			s = need(realloc(s, cap *= 2));
	if (ferror(f))
		die(errno == EISDIR ? BAD : SICK, "read %s:", name);
	s[n] = 0;
	if (!len && strlen(s) != n)
		die(BAD, "read %s: it is no text, for it holds NUL bytes", name);
	if (f != stdin) {
		fclose(f);
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

/* What a crash cut off there is ended first. */
void
append(const char *name, const char *s)
{
	int fd = open(name, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	char last = '\n';
	ssize_t n;

	if (end > 0 && pread(fd, &last, 1, end - 1) == 1 && last != '\n')
		s = format("\n%s", s);
	n = fd < 0 ? -1 : write(fd, s, strlen(s));
	if (n == (ssize_t)strlen(s) && close(fd) == 0)
		return;
	if (n > 0 && ftruncate(fd, lseek(fd, 0, SEEK_CUR) - n) == 0)
		errno = ENOSPC;
	die(SICK, "write %s:", name);
}

void
finish(void)
{
	if (fflush(stdout) || ferror(stdout))
		die(SICK, "write stdout:");
}
