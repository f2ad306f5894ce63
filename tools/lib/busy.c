#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

static struct busy *first;
static struct timespec since;
static size_t skip;

/* .x.cmd.tmp is there while x is being made; what was cut off leaves one, too:
 * older than the lock's last taking. */
static int
visit(const char *path, const struct stat *st, int type, struct FTW *w)
{
	struct busy *p, **at;

	if (type == FTW_D && w->level == 1
	    && (ends(path, "/chat") || ends(path, "/scratch")))
		return FTW_SKIP_SUBTREE;
	if (type == FTW_D && ends(path, ".out"))
		return FTW_SKIP_SUBTREE;
	if (type != FTW_F || path[w->base] != '.' || !ends(path, ".cmd.tmp")
	    || !later(st->st_mtim, since))
		return FTW_CONTINUE;
	p = need(calloc(1, sizeof *p));
	p->name = format("%.*s%.*s", w->base - (int)skip, path + skip,
	    (int)strlen(path + w->base + 1) - 8, path + w->base + 1);
	p->since = st->st_mtim.tv_sec + st->st_mtim.tv_nsec / 1e9;
	for (at = &first; *at && strcmp((*at)->name, p->name) < 0; at = &(*at)->next)
		;
	p->next = *at;
	*at = p;
	return FTW_CONTINUE;
}

int
at_work(const char *run, struct timespec *began)
{
	char *lock = format("%s/.lock", run);
	int fd = open(lock, O_RDONLY | O_CLOEXEC), held;
	struct stat st;

	free(lock);
	if (fd < 0)
		return 0;
	held = flock(fd, LOCK_SH | LOCK_NB) < 0 && fstat(fd, &st) == 0;
	if (held)
		*began = st.st_mtim;
	close(fd);
	return held;
}

struct busy *
busy(const char *run)
{
	first = NULL;
	if (at_work(run, &since)) {
		skip = strlen(run) + 1;
		nftw(run, visit, 16, FTW_PHYS | FTW_ACTIONRETVAL);
	}
	return first;
}

int
is_busy(const struct busy *b, const char *name)
{
	for (; b; b = b->next)
		if (!strcmp(b->name, name))
			return 1;
	return 0;
}
