#include <stdlib.h>
#include <string.h>

#include "lib.h"

char **
split_lines(const char *s, size_t *n)
{
	char **line = NULL;
	size_t k, cap = 0;

	for (*n = 0; *s; s += k + (s[k] == '\n')) {
		if (*n == cap)
			line = need(realloc(line,
			    (cap = cap * 2 + 16) * sizeof *line));
		k = strcspn(s, "\n");
		line[(*n)++] = need(strndup(s, k));
	}
	return line;
}

char *
join_lines(char **line, size_t n)
{
	struct text t = {0};
	size_t i;

	addn(&t, "", 0);
	for (i = 0; i < n; i++)
		addf(&t, "%s\n", line[i]);
	return t.s;
}

size_t
trim_lines(char ***line, size_t n)
{
	while (n && blank((*line)[n - 1]))
		n--;
	for (; n && blank(**line); n--)
		++*line;
	return n;
}

size_t
indent(const char *line)
{
	return strspn(line, " \t");
}

size_t
common_indent(char **line, size_t n)
{
	const char *first = NULL;
	size_t i, k, width = 0;

	for (i = 0; i < n; i++) {
		if (blank(line[i]))
			continue;
		if (!first)
			width = indent(first = line[i]);
		for (k = 0; k < width && line[i][k] == first[k]; k++)
			;
		width = k;
	}
	return width;
}

char *
unindented(char *line, size_t width)
{
	size_t n = indent(line);

	return line + (n < width ? n : width);
}

char *
dedent(const char *s)
{
	size_t i, n, width;
	char **line = split_lines(s, &n);

	width = common_indent(line, n);
	for (i = 0; i < n; i++)
		line[i] = unindented(line[i], width);
	return join_lines(line, n);
}

char *
trimmed(const char *s)
{
	size_t n;
	char **line = split_lines(s, &n);

	n = trim_lines(&line, n);
	return join_lines(line, n);
}
