#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net.h"

#define FILE_NAME ".env"

static char *held;                      /* what it holds; null: not read yet */

/* Opened, if it is there and private; else -1. */
static int
open_private(void)
{
	int fd = open(FILE_NAME, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return -1;
	if (fd < 0 || fstat(fd, &st) < 0)
		die(BAD, "open " FILE_NAME ":");
	if (S_ISDIR(st.st_mode)) {      /* a virtual environment of Python */
		close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode))
		die(BAD, "read " FILE_NAME ": it is no file");
	if (st.st_uid && st.st_uid != geteuid())
		die(BAD, "read " FILE_NAME ": it belongs to another user");
	if (st.st_mode & 077)
		die(BAD, "read " FILE_NAME ": others can read it: "
		    "chmod 600 " FILE_NAME);
	return fd;
}

/* What it holds, read once. */
static const char *
content(void)
{
	struct text t = {0};
	char buf[4096];
	ssize_t r;
	int fd;

	if (held)
		return held;
	add(&t, "");
	if ((fd = open_private()) < 0)
		return held = t.s;
	while ((r = read(fd, buf, sizeof buf)) > 0 && t.n < 1 << 20)
		addn(&t, buf, r);
	if (r < 0)
		die(SICK, "read " FILE_NAME ":");
	if (r > 0 || strlen(t.s) != t.n)
		die(BAD, "read " FILE_NAME ": it is no text of lines NAME=value");
	close(fd);
	return held = t.s;
}

static const char *
skip(const char *s)
{
	return s + strspn(s, " \t\r\f\v");
}

static char *
bare(const char *s, size_t n)
{
	for (; n && strchr(" \t\r\n\f\v", *s); n--)
		s++;
	while (n && strchr(" \t\r\n\f\v", s[n - 1]))
		n--;
	return need(strndup(s, n));
}

static char *
unquoted(const char *s)
{
	size_t n = 0;

	while (s[n] && !(s[n] == '#' && n && strchr(" \t", s[n - 1])))
		n++;
	return bare(s, n);
}

static char *
quoted(const char *name, const char *s)
{
	static const char from[] = "abfnrtv", to[] = "\a\b\f\n\r\t\v";
	struct text t = {0};
	const char *p;
	char q = *s++;

	for (add(&t, ""); *s && *s != q; s++) {
		if (*s == '\\' && (s[1] == '\\' || s[1] == '\'' || s[1] == q))
			addn(&t, ++s, 1);
		else if (*s == '\\' && q == '"' && s[1] && (p = strchr(from, s[1])))
			addn(&t, to + (p - from), 1), s++;
		else
			addn(&t, s, 1);
	}
	if (!*s)
		die(BAD, "read " FILE_NAME ": the quote of %s is not closed",
		    name);
	s = skip(s + 1);
	if (*s && *s != '#')
		die(BAD, "read " FILE_NAME ": text follows the quote of %s",
		    name);
	return t.s;
}

/* What follows "NAME=" in the line; null if it is about something else. */
static const char *
about(const char *name, const char *line)
{
	const char *s = skip(line);

	if (starts(s, "export") && (s[6] == ' ' || s[6] == '\t'))
		s = skip(s + 6);
	if (!starts(s, name))
		return NULL;
	s = skip(s + strlen(name));
	return *s == '=' ? s + 1 : NULL;
}

/* As python-dotenv reads it, but for ${NAME}, which means nothing. */
static char *
from_file(const char *name)
{
	const char *s = content(), *v, *found = NULL;
	char *line;
	size_t n;

	for (s += 3 * starts(s, "\xef\xbb\xbf"); *s; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		line = need(strndup(s, n));
		if ((v = about(name, line)))
			found = v;      /* the last one counts */
		else
			free(line);
	}
	if (!found)
		return NULL;
	v = skip(found);
	if (*v != '"' && *v != '\'')
		return unquoted(found);
	v = quoted(name, v);
	return bare(v, strlen(v));
}

const char *
env(const char *name)
{
	const char *s = getenv(name);
	char *v = s ? bare(s, strlen(s)) : NULL;

	if (!v || !*v)
		v = from_file(name);
	return v && *v ? v : NULL;
}

char *
unset(const char *name)
{
	return *content() ? format("%s is neither set nor in .env: write there"
	                           " %s=...", name, name)
	     : format("%s is not set: export it, or put it into .env", name);
}

const char *
secret(const char *name)
{
	const char *v = env(name), *p;

	for (p = v; p && *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			die(BAD, "read %s: it holds a control character", name);
		else if ((unsigned char)*p > 0x7f)
			die(BAD, "read %s: it is not plain ASCII", name);
	if (v)
		hide_also(name, v);
	return v;
}
