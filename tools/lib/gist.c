#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

static char *
text(const cJSON *j, const char *path)
{
	const char *s = jopt(j, path);

	return s ? need(strdup(s)) : NULL;
}

static void
of_json(struct gist *d, const char *s)
{
	cJSON *j = cJSON_Parse(s);
	const char *box = jopt(j, "/sandbox");

	if (cJSON_IsObject(j)) {
		d->status = text(j, "/status");
		d->reason = text(j, "/reason");
		d->name = text(j, "/name");
		d->suspect = text(j, "/suspect");
		d->direction = text(j, "/direction");
		d->se = jval(j, "/se");
		d->printed = jval(j, "/printed");
		d->seconds = jval(j, "/usage/seconds");
		d->attempts = jval(j, "/attempts");
		d->unboxed = box && !strcmp(box, "none");
		if (scored(j))
			d->score = jnum(j, "/score");
	}
	cJSON_Delete(j);
}

struct gist
gist_of(const char *file)
{
	struct gist d = {.score = NAN, .se = NAN, .printed = NAN,
	                 .seconds = NAN, .attempts = NAN};
	size_t n;
	char *s;
	const char *why;

	if (access(file, R_OK) < 0)
		return d;
	s = slurp(file, &n);
	if (ends(file, ".json"))
		of_json(&d, s);
	else if ((why = halted(s))) {
		n = strcspn(why, ":");
		d.status = format("%.*s", (int)n, why);
		d.reason = format("%s", why + n + strspn(why + n, ": "));
	}
	free(s);
	return d;
}

int
beats(const struct gist *a, const struct gist *b)
{
	if (isnan(a->score) || !b || isnan(b->score))
		return !isnan(a->score);
	return a->direction && !strcmp(a->direction, "lower")
	     ? a->score < b->score : a->score > b->score;
}
