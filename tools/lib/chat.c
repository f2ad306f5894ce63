#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
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
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	errno = fd < 0 ? errno : ENOSPC;
	if (fd >= 0 && write(fd, s, strlen(s)) == (ssize_t)strlen(s)
	    && close(fd) == 0 && rename(tmp, file) == 0)
		return;
	e = errno;
	unlink(tmp);
	errno = e;
	die(SICK, "write %s:", file);
}

/* A line in the ledger. */
static void
note(const char *run, const char *chat, const cJSON *request, const char *model,
     const char *reply, double seconds)
{
	char hash[SHA256_DIGEST_STRING_LENGTH];
	char *text = cJSON_Print(request);
	cJSON *j = cJSON_CreateObject();

	SHA256Data((const uint8_t *)text, strlen(text), hash);
	cJSON_AddStringToObject(j, "time", timestamp());
	cJSON_AddStringToObject(j, "target", jstr(request, "/target"));
	cJSON_AddStringToObject(j, "stage", jstr(request, "/stage"));
	cJSON_AddStringToObject(j, "model", model);
	cJSON_AddNumberToObject(j, "prompt_bytes",
	                        strlen(jstr(request, "/prompt")));
	cJSON_AddNumberToObject(j, "reply_bytes", strlen(reply));
	cJSON_AddNumberToObject(j, "seconds", (int)(seconds * 1000) / 1e3);
	cJSON_AddStringToObject(j, "chat", chat);
	cJSON_AddStringToObject(j, "hash", hash);
	append(format("%s/ledger.jsonl", run),
	       format("%s\n", cJSON_PrintUnformatted(j)));
}

/* A kill may have come between the chat and its line. */
static void
note_late(const char *run, const char *chat, const cJSON *stored)
{
	char *ledger = format("%s/ledger.jsonl", run);

	if (access(ledger, F_OK) < 0 || !strstr(slurp(ledger, NULL),
	    format("\"chat\":\"%s\"", chat)))
		note(run, chat, jat(stored, "/request"), jstr(stored, "/model"),
		     jstr(stored, "/reply"), jnum(stored, "/seconds"));
}

char *
stored_reply(const char *run, const cJSON *request, char **chat)
{
	static int n;
	const char *target = jstr(request, "/target");
	char *file, *text = cJSON_Print(request), *old;
	struct stat done, st;
	int made;
	cJSON *j;

	made = stat(format("%s/%s", run, beside(target, ".", ".cmd")),
	            &done) == 0;
	for (;;) {
		*chat = format("chat/%s.%d.json", target, ++n);
		file = format("%s/%s", run, *chat);
		if (stat(file, &st) < 0)
			return NULL;
		if (made && !later(st.st_mtim, done.st_ctim))
			continue;
		j = jload(file);
		old = cJSON_Print(jat(j, "/request"));
		if (!old || strcmp(old, text))
			continue;
		note_late(run, *chat, j);
		return (char *)jstr(j, "/reply");
	}
}

void
store_reply(const char *run, const char *chat, const cJSON *request,
            const char *model, const char *reply, double seconds)
{
	cJSON *j = cJSON_CreateObject();

	cJSON_AddItemToObject(j, "request", cJSON_Duplicate(request, 1));
	cJSON_AddStringToObject(j, "model", model);
	cJSON_AddStringToObject(j, "reply", reply);
	cJSON_AddNumberToObject(j, "seconds", (int)(seconds * 1000) / 1e3);
	write_file(format("%s/%s", run, chat), cJSON_Print(j));
	note(run, chat, request, model, reply, seconds);
}
