#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

char *
model(const cJSON *request)
{
	const char *name = getenv("MODEL"), *run = getenv("KEEP_RUN");
	char *chat, *reply;
	double t0 = now();

	if (!name || !*name)
		name = "playbook";
	if (strcmp(name, "playbook") && !starts(name, "exec:"))
		die(BAD, "ask %s: no such model: say playbook or exec:PROGRAM",
		    name);
	if (run && (reply = stored_reply(run, request, &chat)))
		return reply;
	reply = call(name, cJSON_Print(request));
	if (run)
		store_reply(run, chat, request, name, reply, now() - t0);
	return reply;
}
