#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib.h"

static struct busy *first;
static struct timespec since;
static size_t skip;

static int
by_name(const struct busy *a, const struct busy *b)
{
	return strcmp(a->name, b->name);
}

/* .x.cmd.tmp is there while x is being made; what was cut off leaves one, too:
 * older than the lock's last taking. */
static int
visit(const char *path, const struct stat *st, int type, struct FTW *w)
{
	struct busy *p, **at;
	struct timespec t;

	if (type == FTW_D && w->level == 1
	    && (ends(path, "/chat") || ends(path, "/scratch")))
		return FTW_SKIP_SUBTREE;
	if (type == FTW_D && ends(path, ".out"))
		return FTW_SKIP_SUBTREE;
	if (type != FTW_F || path[w->base] != '.' || !ends(path, ".cmd.tmp")
	    || !later(st->st_mtim, since))
		return FTW_CONTINUE;
	clock_gettime(CLOCK_REALTIME, &t);
	p = need(calloc(1, sizeof *p));
	p->name = format("%.*s%.*s", w->base - (int)skip, path + skip,
	    (int)strlen(path + w->base + 1) - 8, path + w->base + 1);
	p->seconds = t.tv_sec - st->st_mtim.tv_sec;
	for (at = &first; *at && by_name(*at, p) < 0; at = &(*at)->next)
		;
	p->next = *at;
	*at = p;
	return FTW_CONTINUE;
}

struct busy *
busy(const char *run)
{
	int fd = open(format("%s/.lock", run), O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return NULL;
	if (flock(fd, LOCK_SH | LOCK_NB) < 0 && fstat(fd, &st) == 0) {
		since = st.st_mtim;
		skip = strlen(run) + 1;
		nftw(run, visit, 16, FTW_PHYS | FTW_ACTIONRETVAL);
	}
	close(fd);
	return first;
}
