#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

struct bind binds[BINDS + 1];

struct bind *
show(const char *name, const char *to)
{
	static int n;
	struct bind *b = &binds[n];

	if (n++ == BINDS)
		die(BAD, "show %s: more than %d paths", name, BINDS);
	b->name = name;
	b->to = to;
	if (!(b->from = realpath(name, NULL)))
		die(by_errno(), "open %s:", name);
	return b;
}

void
show_data(const char *data)
{
	struct stat st;

	if (stat(data, &st) == 0 && !S_ISDIR(st.st_mode))
		die(BAD, "open %s: it is no folder", data);
	show(data, "/work/input")->checked = 1;
}

/* The name must be there already: nothing can be added to the data. */
void
show_instead(const char *data, const char *name, const char *file)
{
	int dir = open(data, O_PATH | O_CLOEXEC);
	int fd = beneath(dir, name, O_PATH, 0);
	struct stat st;

	if (fd < 0 && by_errno() == SICK)
		die(SICK, "open %s/%s:", data, name);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		die(BAD, "replace %s: no such file in %s", name, data);
	close(fd);
	close(dir);
	show(file, format("/work/input/%s", name))->checked = 1;
}

/* Asks the interpreter where it is, for python may be a shim that starts it,
 * and which folders it needs, one a line. */
static const char *
probe(const char **python)
{
	char *list, *nl;

	setenv("PROBE", format("%s/probe-python", tool_folder()), 1);
	setenv("PROBED", *python, 1);
	if (printed("exec \"$PROBED\" -I \"$PROBE\"", &list)
	    || !(nl = strchr(list, '\n')))
		die(BAD, "start %s: it is no Python that runs", *python);
	*nl = 0;
	*python = list;
	return nl + 1;
}

const char *
show_python(const char *python)
{
	const char *list = getenv("PYTHON_BINDS");
	char *p;

	if (*python != '/')
		die(BAD, "start %s: PYTHON must be an absolute path", python);
	if (access(python, X_OK) < 0)
		die(by_errno(), "start %s:", python);
	if (!list && starts(python, "/usr/")
	    && starts(need(realpath(python, NULL)), "/usr/"))
		return python;
	if (!list)
		list = probe(&python);
	for (p = strtok(need(strdup(list)), ":\n"); p; p = strtok(NULL, ":\n"))
		show(p, p);
	return python;
}
