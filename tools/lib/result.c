#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"

#define HALT "# mlestar: "

int
scored(const cJSON *r)
{
	const char *status = jopt(r, "/status");
	cJSON *score = jat(r, "/score");

	return status && !strcmp(status, "ok") && cJSON_IsNumber(score)
	    && isfinite(score->valuedouble);
}

int
better(const cJSON *a, const cJSON *b)
{
	double x = jnum(a, "/score"), y = jnum(b, "/score");

	return strcmp(jstr(a, "/direction"), "lower") ? x > y : x < y;
}

const char *
halted(const char *text)
{
	if (!starts(text, HALT))
		return NULL;
	text += strlen(HALT);
	return format("%.*s", (int)strcspn(text, "\n"), text);
}

const char *
halted_json(const cJSON *j)
{
	const char *status = jopt(j, "/status"), *why = jopt(j, "/reason");

	if (!status || !strcmp(status, "ok"))
		return NULL;
	return format("%s: %s", status, why ? why : "no reason given");
}

void
put_text(const char *s)
{
	size_t n = strlen(s);

	fputs(s, stdout);
	if (n && s[n - 1] != '\n')
		putchar('\n');
	finish();
	exit(YES);
}

void
halt(const char *status, const char *fmt, ...)
{
	va_list ap;

	printf(HALT "%s: ", status);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	put_text("\n");
}

void
halt_json(const char *status, const char *fmt, ...)
{
	cJSON *j = cJSON_CreateObject();
	char *why;
	va_list ap;

	va_start(ap, fmt);
	why = vformat(fmt, ap);
	va_end(ap);
	cJSON_AddStringToObject(j, "status", status);
	cJSON_AddStringToObject(j, "reason", why);
	jput(j);
	exit(YES);
}

void
postpone(const char *why)
{
	const char *name = getenv("KEEP_FILE");
	cJSON *j = cJSON_CreateObject();

	if (name && ends(name, ".json")) {
		cJSON_AddStringToObject(j, "status", "postponed");
		cJSON_AddStringToObject(j, "reason", why);
		jput(j);
	} else
		printf(HALT "postponed: %s\n", why);
	finish();
	exit(LATE);
}

const char *
run_name(const char *file)
{
	const char *run = getenv("KEEP_RUN");

	return run && starts(file, format("%s/", run))
	     ? file + strlen(run) + 1 : file;
}

char *
run_words(const char *run)
{
	char *name = need(strdup(run)), *slash = strrchr(name, '/');
	const char *task;

	if (!slash)
		return format("RUN=%s", name);
	*slash = 0;
	task = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
	return format("TASK=%s%s%s", task, strcmp(slash + 1, "run")
	              ? " RUN=" : "", strcmp(slash + 1, "run") ? slash + 1 : "");
}

char *
script(const char *file, const char **why)
{
	char *s = slurp(file, NULL);
	size_t n = strspn(s, " \t\r\n");
	cJSON *j;

	if (!s[n])
		die(BAD, "read %s: it is empty", file);
	if (s[n] != '{') {
		*why = halted(s);
		return *why ? NULL : s;
	}
	j = jparse(s, file);
	*why = halted_json(j);
	return *why ? NULL : (char *)jstr(j, "/script");
}

char *
need_script(const char *file)
{
	const char *why;
	char *s = script(file, &why);

	if (!s)
		halt("skipped", "there is no script that works");
	return s;
}

char *
fenced(const char *code)
{
	char fence[32] = "```";

	while (strstr(code, fence) && strlen(fence) < sizeof fence - 1)
		strcat(fence, "`");
	return format("%spython\n%s%s%s\n", fence, code,
	              ends(code, "\n") ? "" : "\n", fence);
}

char *
numbered(char **files, int n, int scores, int *found)
{
	struct text t = {0};
	cJSON *r;
	int i;

	add(&t, "");
	for (*found = i = 0; i < n; i++) {
		r = jload(files[i]);
		if (!scored(r))
			continue;
		addf(&t, "## Solution %d", ++*found);
		if (scores)
			addf(&t, ", score %.6g (%s is better)",
			     jnum(r, "/score"), jstr(r, "/direction"));
		addf(&t, "\n\n%s\n", fenced(jstr(r, "/script")));
	}
	return t.s;
}

const char *
history(const char *plan, const char *result)
{
	cJSON *r = jload(result);
	cJSON *t = jat(r, "/usage/seconds");
	const char *why = jopt(r, "/reason");
	char *text = slurp(plan, NULL);

	if (halted(text))
		return "";
	if (scored(r))
		return format("%s\nScore: %.6g (%s is better), run time about"
		              " %.0f s\n\n", text, jnum(r, "/score"),
		              jstr(r, "/direction"), t ? t->valuedouble : 0);
	return format("%s\nNo score: %s\n\n", text,
	              why ? why : jstr(r, "/status"));
}
