#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/lib.h"
#include "page.h"

enum { MOST = 64 << 20, DIGITS = 3 };

struct page page;

static char *
path(const char *name)
{
	return format("%s/%s", page.run, name);
}

int
there(const char *name)
{
	char *file = path(name);
	struct stat st;
	int yes = stat(file, &st) == 0 && S_ISREG(st.st_mode);

	free(file);
	return yes;
}

char *
load_text(const char *name)
{
	char *file = path(name), *s, *t;
	struct stat st;
	size_t n;
	FILE *f = NULL;

	if (stat(file, &st) == 0 && S_ISREG(st.st_mode))
		f = fopen(file, "re");
	free(file);
	if (!f)
		return NULL;
	n = st.st_size < MOST ? st.st_size : MOST;
	s = need(malloc(n + 1));
	n = fread(s, 1, n, f);
	fclose(f);
	s[n] = 0;
	t = clean(s, n);
	free(s);
	return t;
}

static void
note_damage(const char *name)
{
	if (page.damaged.s && strstr(page.damaged.s, format("%s\n", name)))
		return;
	addf(&page.damaged, "%s\n", name);
}

cJSON *
load_json(const char *name)
{
	char *s = load_text(name);
	cJSON *j = s ? cJSON_Parse(s) : NULL;

	if (s && !cJSON_IsObject(j) && !cJSON_IsArray(j)) {
		note_damage(name);
		cJSON_Delete(j);
		j = NULL;
	}
	free(s);
	return j;
}

char *
safe(const char *s)
{
	return s ? shown(s) : NULL;
}

char *
safe_at(const cJSON *j, const char *where)
{
	return safe(jopt(j, where));
}

int
most_in(const char *folder)
{
	char *file = path(folder);
	DIR *d = opendir(file);
	struct dirent *e;
	int most = 0, n;
	size_t k;

	free(file);
	while (d && (e = readdir(d))) {
		k = strspn(e->d_name, "0123456789");
		n = k && k <= DIGITS && (!e->d_name[k] || e->d_name[k] == '.')
		  ? atoi(e->d_name) : 0;
		most = n > most ? n : most;
	}
	if (d)
		closedir(d);
	return most;
}
