#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

/* What the program prints when it gets the request on its stdin. */
static char *
call(const char *name, const char *request)
{
	const char *shell[] = {"sh", "-c", name + strlen("exec:"), NULL};
	const char *book[] = {python(), format("%s/playbook", tool_folder()), NULL};
	struct text t = {0};
	char buf[65536];
	int in, out[2], st;
	ssize_t r;
	pid_t pid;

	in = memfd_create("request", MFD_CLOEXEC);
	if (in < 0 || write(in, request, strlen(request)) < 0
	    || lseek(in, 0, SEEK_SET) < 0 || pipe2(out, O_CLOEXEC) < 0)
		die(SICK, "pass on the request:");
	pid = start((char **)(strcmp(name, "playbook") ? shell : book), in, out[1], 2);
	close(out[1]);
	for (add(&t, ""); (r = read(out[0], buf, sizeof buf)) != 0;)
		if (r > 0)
			addn(&t, buf, r);
		else if (errno != EINTR)
			die(SICK, "read the reply of %s:", name);
	if ((st = finished(pid)))
		die(st == BAD ? BAD : SICK, "ask %s: it ended with status %d",
		    name, st);
	return clean(t.s, t.n);
}

/* Writes FILE, or nothing. */
static void
store(const char *file, const char *s)
{
	char *tmp = beside(file, "", ".tmp");
	int fd;

	parents(file);
	fd = open(tmp, O_WRONLY | O_CREAT | O_CLOEXEC | O_TRUNC, 0666);
	if (fd < 0 || write(fd, s, strlen(s)) != (ssize_t)strlen(s)
	    || close(fd) < 0 || rename(tmp, file) < 0)
		die(SICK, "write %s:", file);
}

/* Where this process's next call for its target is stored.  The calls of
 * earlier, finished makings of the target keep their numbers. */
static char *
chat_file(const char *run, const char *target)
{
	static int n;
	struct stat done, st;
	char *file;

	if (stat(format("%s/%s", run, beside(target, ".", ".cmd")), &done) < 0)
		done.st_ctim.tv_sec = 0;
	do
		file = format("%s/chat/%s.%d.json", run, target, ++n);
	while (stat(file, &st) == 0 && done.st_ctim.tv_sec
	       && (st.st_mtim.tv_sec < done.st_ctim.tv_sec
	       || (st.st_mtim.tv_sec == done.st_ctim.tv_sec
	       && st.st_mtim.tv_nsec <= done.st_ctim.tv_nsec)));
	return file;
}

/* The reply stored in FILE if it is one to this very request. */
static char *
stored(const char *file, const char *request)
{
	cJSON *chat;
	char *s;

	if (access(file, R_OK) < 0)
		return NULL;
	chat = cJSON_Parse(slurp(file, NULL));
	s = cJSON_Print(jat(chat, "/request"));
	return s && !strcmp(s, request)
	     ? cJSON_GetStringValue(jat(chat, "/reply")) : NULL;
}

static void
record(const char *run, const cJSON *request, const char *text,
       const char *name, const char *reply, double seconds)
{
	char hash[SHA256_DIGEST_STRING_LENGTH];
	cJSON *j = cJSON_CreateObject();

	SHA256Data((const uint8_t *)text, strlen(text), hash);
	cJSON_AddStringToObject(j, "time", timestamp());
	cJSON_AddStringToObject(j, "target", jstr(request, "/target"));
	cJSON_AddStringToObject(j, "stage", jstr(request, "/stage"));
	cJSON_AddStringToObject(j, "model", name);
	cJSON_AddNumberToObject(j, "prompt_bytes",
	                        strlen(jstr(request, "/prompt")));
	cJSON_AddNumberToObject(j, "reply_bytes", strlen(reply));
	cJSON_AddNumberToObject(j, "seconds", (int)(seconds * 1000) / 1e3);
	cJSON_AddStringToObject(j, "hash", hash);
	append(format("%s/ledger.jsonl", run),
	       format("%s\n", cJSON_PrintUnformatted(j)));
}

char *
model(const cJSON *request)
{
	const char *name = getenv("MODEL"), *run = getenv("KEEP_RUN");
	char *text = cJSON_Print(request), *file = NULL, *reply;
	double t0 = now();
	cJSON *chat;

	if (!name || !*name)
		name = "playbook";
	if (strcmp(name, "playbook") && !starts(name, "exec:"))
		die(BAD, "ask %s: no such model: say playbook or exec:PROGRAM",
		    name);
	if (run) {
		file = chat_file(run, jstr(request, "/target"));
		if ((reply = stored(file, text)))
			return reply;
	}
	reply = call(name, text);
	if (run) {
		chat = cJSON_CreateObject();
		cJSON_AddItemToObject(chat, "request", cJSON_Parse(text));
		cJSON_AddStringToObject(chat, "model", name);
		cJSON_AddStringToObject(chat, "reply", reply);
		store(file, cJSON_Print(chat));
		record(run, request, text, name, reply, now() - t0);
	}
	return reply;
}
