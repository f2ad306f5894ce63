#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net.h"

enum {
	EACH = 5,                       /* results of a service to a query */
	PAGES = 8
};

/* A query for a service, and what came of it. */
static struct look {
	const char *service, *query;
	pid_t pid;
	int out;
	int status;                     /* of web(1) */
	cJSON *reply;
} *look;
static int looks, at;                   /* at: the one that is wanted */

static void
begin(struct look *l)
{
	const char *argv[] = {format("%s/web", tool_folder()), "-n",
	                      format("%d", EACH), "--", l->service, l->query,
	                      NULL};
	int fd[2];

	if (pipe2(fd, O_CLOEXEC) < 0)
		die(SICK, "search with %s:", l->service);
	l->pid = start((char **)argv, 0, fd[1], 2);
	close(fd[1]);
	l->out = fd[0];
}

static void
end(struct look *l)
{
	struct text t = {0};
	char buf[8192];
	ssize_t r;

	for (add(&t, ""); (r = read(l->out, buf, sizeof buf)) != 0;)
		if (r > 0)
			addn(&t, buf, r);
		else if (errno != EINTR)
			die(SICK, "search with %s:", l->service);
	close(l->out);
	l->status = finished(l->pid);
	l->reply = cJSON_CreateObject();
	cJSON_AddStringToObject(l->reply, "reply",
	                        l->status == YES ? clean(t.s, t.n) : "[]");
	cJSON_AddStringToObject(l->reply, "provider", l->service);
	cJSON_AddStringToObject(l->reply, "model", l->service);
	if (l->status > NO)
		cJSON_AddStringToObject(l->reply, "why", "it failed");
}

/* All that are left at once, so that none is stored if all fail. */
static cJSON *
make(const cJSON *request)
{
	int i, well = 0, sick = 0;

	(void)request;
	if (look[at].reply)
		return look[at].reply;
	for (i = at; i < looks; i++)
		begin(&look[i]);
	for (i = at; i < looks; i++)
		end(&look[i]);
	for (i = 0; i < looks; i++) {
		well += !jat(look[i].reply, "/why");
		sick += look[i].status > NO && look[i].status != BAD;
	}
	if (!well)
		die(sick ? SICK : BAD, "search the web: no service answers");
	return look[at].reply;
}

static void
record(int i)
{
	const char *target = getenv("KEEP_FILE"), *why;
	cJSON *r = cJSON_CreateObject();

	at = i;
	cJSON_AddStringToObject(r, "stage", "web");
	cJSON_AddStringToObject(r, "target", target ? target : "search");
	cJSON_AddStringToObject(r, "prompt", look[i].query);
	cJSON_AddStringToObject(r, "service", look[i].service);
	cJSON_AddNumberToObject(r, "n", EACH);
	look[i].reply = recorded(r, make);
	if ((why = jopt(look[i].reply, "/trouble/message")))
		postpone(why);
	if (jat(look[i].reply, "/why"))
		warn("search with %s: it failed, the others go on",
		     look[i].service);
}

static int
has(const cJSON *list, const char *url)
{
	const cJSON *j;

	cJSON_ArrayForEach(j, list)
		if (!strcmp(jstr(j, "/url"), url))
			return 1;
	return 0;
}

/* The first of each, then the second of each .. */
static cJSON *
merged(void)
{
	cJSON *list = cJSON_CreateArray(), *j, *page;
	const char *url;
	int i, rank;

	for (i = 0; i < looks; i++)
		look[i].reply = cJSON_Parse(jstr(look[i].reply, "/reply"));
	for (rank = 0; rank < EACH; rank++)
		for (i = 0; i < looks; i++) {
			j = cJSON_GetArrayItem(look[i].reply, rank);
			url = jopt(j, "/url");
			if (!url || !is_web(url) || has(list, url)
			    || !jopt(j, "/title") || !jopt(j, "/text")
			    || cJSON_GetArraySize(list) == PAGES)
				continue;
			page = cJSON_Duplicate(j, 1);
			cJSON_AddItemToArray(list, page);
		}
	return list;
}

cJSON *
found_pages(const struct sources *w, const cJSON *queries)
{
	const cJSON *q;
	int i;

	look = need(calloc(cJSON_GetArraySize(queries) * w->n + 1, sizeof *look));
	cJSON_ArrayForEach(q, queries)
		for (i = 0; i < w->n; i++)
			look[looks++] = (struct look){.service = w->service[i],
			    .query = cJSON_GetStringValue(q)};
	for (i = 0; i < looks; i++)
		record(i);
	return merged();
}
