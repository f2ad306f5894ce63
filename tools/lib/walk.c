#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

struct walk {
	void (*file)(const char *, const struct stat *, void *);
	void *arg;
	size_t files, top;              /* top: bytes of "dir/" */
	struct text path;               /* of what is looked at */
};

static int
bytewise(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What systems and offices leave in any folder, and the folder's own names. */
static int
is_litter(const char *name)
{
	static const char *const litter[] = {".", "..", ".DS_Store", "._*",
		".~lock.*#", "Thumbs.db", "desktop.ini", ".gitkeep"};
	size_t i;

	for (i = 0; i < sizeof litter / sizeof *litter; i++)
		if (fnmatch(litter[i], name, 0) == 0)
			return 1;
	return 0;
}

/* The names in the folder, a folder's with a '/', which is how paths sort. */
static char **
names(DIR *d, const char *path, size_t *n)
{
	struct text t = {0};
	struct dirent *e;
	struct stat st;
	char **list, *s;
	size_t i;

	for (*n = 0; errno = 0, (e = readdir(d)); ++*n) {
		if (is_litter(e->d_name)) {
			--*n;
			continue;
		}
		if (strpbrk(e->d_name, "\t\n"))
			die(BAD, "read %s: a name with a tab or newline", path);
		add(&t, e->d_name);
		if (e->d_type == DT_DIR || (e->d_type == DT_UNKNOWN
		    && !fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW)
		    && S_ISDIR(st.st_mode)))
			add(&t, "/");
		addn(&t, "", 1);
	}
	if (errno)
		die(SICK, "read %s:", path);
	list = need(calloc(*n + 1, sizeof *list));
	for (i = 0, s = t.s; i < *n; i++, s += strlen(s) + 1)
		list[i] = s;
	qsort(list, *n, sizeof *list, bytewise);
	list[*n] = t.s;
	return list;
}

static void
below(struct walk *w)
{
	size_t here = w->path.n, n, i;
	struct stat st;
	char **list;
	DIR *d = opendir(w->path.s);

	if (!d)
		die(errno == EMFILE || errno == ENOMEM ? SICK : BAD,
		    "open %.*s:", (int)(here - 1), w->path.s);
	list = names(d, w->path.s, &n);
	for (i = 0; i < n; i++) {
		add(&w->path, list[i]);
		if (ends(list[i], "/")) {
			below(w);
		} else if (fstatat(dirfd(d), list[i], &st, 0) < 0) {
			die(by_errno(), "open %s:", w->path.s);
		} else if (S_ISREG(st.st_mode)) {
			w->file(w->path.s + w->top, &st, w->arg);
			w->files++;
		}
		w->path.s[w->path.n = here] = 0;
	}
	closedir(d);
	free(list[n]);
	free(list);
}

size_t
walk(const char *dir, void (*file)(const char *path, const struct stat *st,
                                   void *arg), void *arg)
{
	struct walk w = { .file = file, .arg = arg };

	add(&w.path, dir);
	if (!ends(dir, "/"))
		add(&w.path, "/");
	w.top = w.path.n;
	below(&w);
	return w.files;
}
