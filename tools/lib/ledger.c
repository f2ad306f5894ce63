#include <fcntl.h>
#include <math.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib.h"

/* As the server tells it, else by the prices. */
static cJSON *
cost(const cJSON *reply)
{
	double usd = jval(reply, "/cost");

	if (isnan(usd))
		usd = price(jstr(reply, "/model"), jat(reply, "/tokens"));
	return isnan(usd) ? cJSON_CreateNull() : cJSON_CreateNumber(usd);
}

static void
copy(cJSON *to, const cJSON *from, const char *name)
{
	cJSON *j = cJSON_GetObjectItemCaseSensitive(from, name);

	if (j)
		cJSON_AddItemToObject(to, name, cJSON_Duplicate(j, 1));
}

void
ledger_note(const char *run, const char *chat, const cJSON *request,
            const cJSON *reply)
{
	char hash[SHA256_DIGEST_STRING_LENGTH];
	char *text = cJSON_Print(request);
	cJSON *j = cJSON_CreateObject();

	SHA256Data((const uint8_t *)text, strlen(text), hash);
	cJSON_AddStringToObject(j, "time", timestamp());
	copy(j, request, "target");
	copy(j, request, "stage");
	copy(j, reply, "provider");
	copy(j, reply, "model");
	copy(j, reply, "tokens");
	cJSON_AddItemToObject(j, "cost", cost(reply));
	copy(j, reply, "tries");
	copy(j, reply, "seconds");
	cJSON_AddNumberToObject(j, "prompt_bytes",
	                        strlen(jstr(request, "/prompt")));
	if (jat(reply, "/trouble"))
		cJSON_AddStringToObject(j, "trouble",
		                        jstr(reply, "/trouble/class"));
	else {
		cJSON_AddNumberToObject(j, "reply_bytes",
		                        strlen(jstr(reply, "/reply")));
		cJSON_AddStringToObject(j, "chat", chat);
	}
	cJSON_AddStringToObject(j, "hash", hash);
	append(format("%s/ledger.jsonl", run),
	       format("%s\n", cJSON_PrintUnformatted(j)));
}

int
ledger_has(const char *run, const char *chat)
{
	char *ledger = format("%s/ledger.jsonl", run);

	return exists(ledger, NULL) && strstr(slurp_clean(ledger),
	       format("\"chat\":\"%s\"", chat));
}

void
each_call(const char *run, long *at, void (*f)(const cJSON *call, void *arg),
          void *arg)
{
	char *file = format("%s/ledger.jsonl", run), *line = NULL;
	struct stat st;
	size_t cap = 0;
	ssize_t n;
	cJSON *call;
	FILE *in;
	int fd;

	if (!exists(file, &st) || st.st_size <= *at) {
		free(file);
		return;
	}
	fd = open_for(file, O_RDONLY);
	if (!(in = reading(fd)) || lseek(fd, *at, SEEK_SET) < 0)
		die(SICK, "open %s:", file);
	while ((n = getline(&line, &cap, in)) > 0 && line[n - 1] == '\n') {
		*at += n;
		if ((call = cJSON_Parse(line)))
			f(call, arg);
		cJSON_Delete(call);
	}
	if (ferror(in))
		die(SICK, "read %s:", file);
	free(file);
	free(line);
	fclose(in);
}
