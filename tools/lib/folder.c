#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

enum { FOLDERS = 200, EXTENSIONS = 20, TABLES = 100, SAMPLES = 3 };

static const size_t crowd[] = { CROWD, TABLES };

struct pile {
	size_t n;
	double bytes;
	struct entry entry[TABLES];             /* the first */
	struct { char name[16]; size_t n; } ext[EXTENSIONS];
};

/* A folder in which folders crowd has one kid in their place, "*", which
 * takes all that lies below them. */
struct folder {
	char *path, *latest;            /* path: "" or ends in '/' or '*' */
	struct folder *kid[CROWD];
	size_t kids, merged;            /* merged: folders that "*" stands for */
	struct pile pile[2];            /* tables apart */
};

static size_t count;

static struct folder *
folder(char *path)
{
	struct folder *f = need(calloc(1, sizeof *f));

	f->path = path;
	f->latest = need(strdup(""));
	count++;
	return f;
}

struct folder *
folders(void)
{
	return folder(need(strdup("")));
}

static void
tally(struct pile *p, const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < EXTENSIONS - 1; i++)
		if (!p->ext[i].n || !strcmp(p->ext[i].name, name))
			break;
	snprintf(p->ext[i].name, sizeof p->ext[i].name, "%s",
	         i < EXTENSIONS - 1 ? name : "other");
	p->ext[i].n += n;
}

static void
enter(struct pile *p, struct entry e)
{
	if (p->n++ < TABLES)
		p->entry[p->n - 1] = e;
	else
		free(e.path);
}

static void
merge(struct folder *to, struct folder *f)
{
	struct pile *p, *q;
	size_t i, k;

	for (i = 0; i < f->kids; i++)
		merge(to, f->kid[i]);
	for (k = 0; k < 2; k++) {
		p = &to->pile[k], q = &f->pile[k];
		for (i = 0; i < q->n && i < TABLES; i++)
			enter(p, q->entry[i]);
		p->n += q->n - i;
		p->bytes += q->bytes;
		for (i = 0; i < EXTENSIONS && q->ext[i].n; i++)
			tally(p, q->ext[i].name, q->ext[i].n);
	}
	to->merged += ends(f->path, "*") ? f->merged : 1;
	free(f->latest);
	free(f->path);
	free(f);
	count--;
}

/* The folder in f whose path is the first n bytes. */
static struct folder *
below(struct folder *f, const char *path, size_t n)
{
	struct folder *all;
	size_t i;

	for (i = f->kids; i-- > 0; )
		if (ends(f->kid[i]->path, "*")
		    || (!strncmp(f->kid[i]->path, path, n) && !f->kid[i]->path[n]))
			return f->kid[i];
	if (f->kids < CROWD && count < FOLDERS)
		return f->kid[f->kids++] = folder(format("%.*s", (int)n, path));
	all = folder(format("%s*", f->path));
	for (i = 0; i < f->kids; i++)
		merge(all, f->kid[i]);
	f->kids = 1;
	return f->kid[0] = all;
}

void
fput(struct folder *f, const char *path, double bytes, int table)
{
	const char *p = path, *dot, *base = strrchr(path, '/');
	struct pile *pile;
	char ext[16] = "";
	size_t i, n;

	while ((p = strchr(p, '/')) && !ends(f->path, "*"))
		f = below(f, path, ++p - path);
	n = base ? base - path : 0;
	if (ends(f->path, "*")
	    && (strncmp(f->latest, path, n) || f->latest[n])) {
		free(f->latest);
		f->latest = format("%.*s", (int)n, path);
		f->merged++;
	}
	dot = strrchr(base ? base + 1 : path, '.');
	if (dot && strlen(dot) < sizeof ext)
		for (i = 0; dot[i]; i++)
			ext[i] = tolower((unsigned char)dot[i]);
	pile = &f->pile[table];
	tally(pile, ext, 1);
	pile->bytes += bytes;
	enter(pile, (struct entry){ need(strdup(path)), bytes, table });
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path,
	              ((const struct entry *)b)->path);
}

static void
gather(struct folder *f, struct entry **list, size_t *n)
{
	size_t i, k, most;

	for (k = 0; k < 2; k++) {
		most = f->pile[k].n <= crowd[k] ? f->pile[k].n : k * SAMPLES;
		*list = need(reallocarray(*list, *n + most + 1, sizeof **list));
		for (i = 0; i < most; i++)
			(*list)[(*n)++] = f->pile[k].entry[i];
	}
	for (i = 0; i < f->kids; i++)
		gather(f->kid[i], list, n);
}

size_t
flist(struct folder *top, struct entry **list)
{
	size_t n = 0;

	*list = NULL;
	gather(top, list, &n);
	qsort(*list, n, sizeof **list, by_path);
	return n;
}

static void
sum(struct folder *f, cJSON *list)
{
	size_t i, k;
	struct pile *p;
	cJSON *j, *sub;

	for (k = 0; k < 2; k++) {
		if ((p = &f->pile[k])->n <= crowd[k])
			continue;
		cJSON_AddItemToArray(list, j = cJSON_CreateObject());
		cJSON_AddStringToObject(j, "path", !*f->path ? "."
			: ends(f->path, "/") ? format("%.*s",
			(int)strlen(f->path) - 1, f->path) : f->path);
		if (f->merged)
			cJSON_AddNumberToObject(j, "folders", f->merged);
		cJSON_AddNumberToObject(j, "files", p->n);
		cJSON_AddNumberToObject(j, "bytes", p->bytes);
		sub = cJSON_AddObjectToObject(j, "extensions");
		for (i = 0; i < EXTENSIONS && p->ext[i].n; i++)
			cJSON_AddNumberToObject(sub, p->ext[i].name, p->ext[i].n);
		sub = cJSON_AddArrayToObject(j, "samples");
		for (i = 0; i < SAMPLES; i++)
			cJSON_AddItemToArray(sub, cJSON_CreateString(p->entry[i].path));
	}
	for (i = 0; i < f->kids; i++)
		sum(f->kid[i], list);
}

cJSON *
fsum(struct folder *top)
{
	cJSON *list = cJSON_CreateArray();

	sum(top, list);
	return list;
}
