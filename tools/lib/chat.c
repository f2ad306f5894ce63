#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

/* FILE becomes s, or nothing. */
static void
write_file(const char *file, const char *s)
{
	char *tmp = beside(file, "", ".tmp");
	int fd, e;

	parents(file);
	fd = open_for(tmp, O_WRONLY | O_CREAT | O_TRUNC);
	if (fd >= 0 && put_all(fd, s, strlen(s))
	    && close(fd) == 0 && rename(tmp, file) == 0)
		return;
	e = errno;
	unlink(tmp);
	errno = e;
	die(SICK, "write %s:", file);
}

static int
same_request(const cJSON *chat, const char *request)
{
	char *s = cJSON_Print(jat(chat, "/request"));

	return s && !strcmp(s, request);
}

/* The chat of this request with this model if it was stored after the last
 * finished making of its target, else null.  N becomes the number of the one to store. */
static cJSON *
stored(const char *run, const char *target, const char *request, int *n)
{
	const char *model = model_name();
	struct stat done, st;
	char *file, *name;
	cJSON *j;
	int made;

	made = exists(format("%s/%s", run, beside(target, ".", ".cmd")), &done);
	for (;;) {
		name = format("chat/%s.%d.json", target, ++*n);
		file = format("%s/%s", run, name);
		if (!exists(file, &st))
			return NULL;
		if (made && !later(st.st_mtim, done.st_ctim))
			continue;
		j = cJSON_Parse(slurp_clean(file));
		if (!jopt(j, "/reply") || !same_request(j, request)
		    || !jopt(j, "/model")
		    || (strcmp(jopt(j, "/model"), model)
		        && strcmp(jstr(j, "/request/stage"), "web")))
			continue;       /* damaged, or another */
		/* A kill may have come between the chat and its line. */
		if (!ledger_has(run, name))
			ledger_note(run, name, jat(j, "/request"), j);
		return j;
	}
}

static const char *
replay_folder(void)
{
	const char *name = model_name(), *dir;

	if (!starts(name, "replay:"))
		return NULL;
	dir = name + strlen("replay:");
	if (access(format("%s/chat", dir), F_OK) == 0)
		return format("%s/chat", dir);
	if (access(dir, F_OK) < 0)
		die(BAD, "ask %s: open %s:", name, dir);
	return dir;
}

/* A request without what varies between runs that are alike: run times. */
static char *
timeless(const char *s)
{
	struct text t = {0};

	for (add(&t, ""); *s; s++) {
		if (isdigit((unsigned char)*s) && !strncmp(s + strspn(s,
		    "0123456789."), " s", 2))
			s += strspn(s, "0123456789.") - 1;
		else
			addn(&t, s, 1);
	}
	return t.s;
}

/* The last reply to an equal request for TARGET, else the reply to the N-th. */
static cJSON *
replayed(const char *dir, const char *target, const char *request, int n)
{
	cJSON *j, *equal = NULL, *nth = NULL;
	char *file;
	int i;

	for (i = 1; file = format("%s/%s.%d.json", dir, target, i),
	     access(file, F_OK) == 0; i++) {
		j = jload(file);
		jstr(j, "/reply");
		if (same_request(j, request))
			equal = j;
		if (i == n)
			nth = j;
	}
	if (equal)
		return equal;
	if (!nth)
		die(BAD, "ask %s: there is no reply to call %d for %s",
		    model_name(), n, target);
	if (strcmp(timeless(cJSON_Print(jat(nth, "/request"))),
	           timeless(request)))
		warn("ask %s: call %d for %s has drifted: the stored reply is to"
		     " another request", model_name(), n, target);
	return nth;
}

cJSON *
replayed_request(const char *target)
{
	const char *dir = replay_folder();
	char *file = dir ? format("%s/%s.1.json", dir, target) : NULL;

	return file && access(file, F_OK) == 0 ? jat(jload(file), "/request")
	     : NULL;
}

static cJSON *
trouble_document(const char *class, const char *message)
{
	cJSON *j = cJSON_CreateObject(), *t;

	t = cJSON_AddObjectToObject(j, "trouble");
	cJSON_AddStringToObject(t, "class", class);
	cJSON_AddStringToObject(t, "message", message);
	return j;
}

static void
set(cJSON *j, const char *name, cJSON *value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(j, name);
	if (value)
		cJSON_AddItemToObject(j, name, value);
}

/* What the store says, as said by the replay: it cost nothing. */
static cJSON *
as_replay(cJSON *chat)
{
	set(chat, "request", NULL);
	set(chat, "provider", cJSON_CreateString("replay"));
	set(chat, "served", cJSON_Duplicate(jat(chat, "/model"), 1));
	set(chat, "model", cJSON_CreateString(model_name()));
	set(chat, "cost", cJSON_CreateNumber(0));
	return chat;
}

cJSON *
recorded(const cJSON *request, cJSON *(*make)(const cJSON *))
{
	static int n;
	const char *run = getenv("KEEP_RUN"), *dir = replay_folder(), *why;
	const char *target = jstr(request, "/target"), *chat = NULL;
	char *text = cJSON_Print(request);
	cJSON *j;
	double t0 = now();

	if (run && (j = stored(run, target, text, &n)))
		return j;
	n += !run;
	if (dir)
		j = as_replay(replayed(dir, target, text, n));
	else if (run && (why = limit_reached(run)))
		return trouble_document("postponed", why);
	else {
		price(model_name(), NULL);      /* before it costs */
		if (!(j = make(request)))
			return NULL;
	}
	if (!jat(j, "/seconds"))
		cJSON_AddNumberToObject(j, "seconds",
		                        (int)((now() - t0) * 1000) / 1e3);
	if (!jat(j, "/model"))
		cJSON_AddStringToObject(j, "model", model_name());
	if (!run)
		return j;
	if (!jat(j, "/trouble")) {
		chat = format("chat/%s.%d.json", target, n);
		cJSON_AddItemReferenceToObject(j, "request", (cJSON *)request);
		write_file(format("%s/%s", run, chat), cJSON_Print(j));
	}
	ledger_note(run, chat, request, j);
	return j;
}
