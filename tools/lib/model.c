#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib.h"

enum { MOST = 64 << 20 };

const char *
model_of(const char *tool)
{
	char *name = format("MODEL_%s", tool), *p;
	const char *model;

	for (p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	model = getenv(name);
	if (!model || !*model)
		model = getenv("MODEL");
	return model && *model ? model : "playbook";
}

const char *
model_name(void)
{
	return model_of(program_invocation_short_name);
}

/* What a program prints when it gets the request on its stdin; *st: how it
 * ended. */
static char *
output(const char **argv, const char *request, int *st)
{
	struct text t = {0};
	char buf[65536];
	int in, out[2];
	ssize_t r;
	pid_t pid;

	in = memfd_create("request", MFD_CLOEXEC);
	if (in < 0 || !put_all(in, request, strlen(request))
	    || lseek(in, 0, SEEK_SET) < 0 || pipe2(out, O_CLOEXEC) < 0)
		die(SICK, "pass on the request:");
	pid = start((char **)argv, in, out[1], 2);
	close(in);
	close(out[1]);
	for (add(&t, ""); (r = read(out[0], buf, sizeof buf)) != 0;)
		if (r > 0 && t.n + r > MOST)
			die(SICK, "ask %s: it printed more than 64 MB",
			    model_name());
		else if (r > 0)
			addn(&t, buf, r);
		else if (errno != EINTR)
			die(SICK, "read the reply of %s:", model_name());
	close(out[0]);
	*st = finished(pid);
	return clean(t.s, t.n);
}

/* The same of a program of the user's, or of the playbook. */
static char *
said(const char **argv, const char *request)
{
	double limit = means("LLM_TIMEOUT", 1200), t0 = now();
	int st;
	char *s = output(argv, request, &st);

	if (st == 124 && now() - t0 >= limit)
		die(SICK, "ask %s: it took more than %g s (LLM_TIMEOUT)",
		    model_name(), limit);
	if (st == 126 || st == 127)
		die(BAD, "ask %s: there is no such program", model_name());
	if (st)
		die(st == BAD ? BAD : SICK, "ask %s: it ended with status %d",
		    model_name(), st);
	return s;
}

static cJSON *
playbook(const cJSON *request)
{
	const char *argv[] = {python(), format("%s/playbook", tool_folder()),
	                      NULL};
	cJSON *j = cJSON_CreateObject();

	cJSON_AddStringToObject(j, "reply", said(argv, cJSON_Print(request)));
	cJSON_AddStringToObject(j, "provider", "playbook");
	return j;
}

/* It tells no tokens: one is taken for four bytes. */
static cJSON *
program(const char *command, const cJSON *request)
{
	const char *argv[] = {"timeout", "-k", "5",
	                      format("%g", means("LLM_TIMEOUT", 1200)),
	                      "sh", "-c", command, NULL};
	char *reply = said(argv, cJSON_Print(request));
	cJSON *j = cJSON_CreateObject(), *tokens;

	cJSON_AddStringToObject(j, "reply", reply);
	cJSON_AddStringToObject(j, "provider", "exec");
	tokens = cJSON_AddObjectToObject(j, "tokens");
	cJSON_AddNumberToObject(tokens, "in",
	                        strlen(jstr(request, "/prompt")) / 4);
	cJSON_AddNumberToObject(tokens, "out", strlen(reply) / 4);
	cJSON_AddTrueToObject(tokens, "estimated");
	return j;
}

/* Over the network, which only ask(1) knows; it says itself what it cannot do. */
static cJSON *
network(const cJSON *request)
{
	const char *argv[] = {format("%s/ask", tool_folder()), "-r", NULL};
	cJSON *j, *served;
	char *s;
	int st;

	setenv("MODEL_ask", model_name(), 1);
	s = output(argv, cJSON_Print(request), &st);
	if (st > 128)
		die(SICK, "ask %s: it was killed by signal %d", model_name(),
		    st - 128);
	if (st)
		exit(st == BAD ? BAD : SICK);
	j = jparse(s, "the reply of ask -r");
	if ((served = cJSON_DetachItemFromObjectCaseSensitive(j, "model")))
		cJSON_AddItemToObject(j, "served", served);
	return j;
}

static cJSON *
answer(const cJSON *request)
{
	const char *name = model_name();

	if (!strcmp(name, "playbook"))
		return playbook(request);
	if (starts(name, "exec:"))
		return program(name + strlen("exec:"), request);
	return network(request);
}

static int
among(const char *class, const char *classes)
{
	return strstr(classes, format(" %s ", class)) != NULL;
}

cJSON *
model(const cJSON *request)
{
	cJSON *j = recorded(request, answer);
	const char *class = jopt(j, "/trouble/class");

	if (!class || among(class, " too_long postponed refused "))
		return j;
	die(among(class, " net rate timeout conflict server overloaded"
	          " broken ") ? SICK : BAD, "ask %s: %s", model_name(),
	    jstr(j, "/trouble/message"));
}
