#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

static int
number(const char *s, int option)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || *end || end == s || v < 0 || v > INT_MAX)
		die(BAD, "read -%c %s: it is no whole number up to %d", option, s,
		    INT_MAX);
	return v;
}

struct stage
stage(const char *name, int argc, char **argv, int least, const char *args)
{
	struct stage s = {.name = name, .lane = 1, .n = 1, .seed = 1};
	int c;

	while ((c = getopt(argc, argv, "l:n:s:")) != -1)
		switch (c) {
		case 'l': s.lane = number(optarg, c); break;
		case 'n': s.n = number(optarg, c); break;
		case 's': s.seed = number(optarg, c); break;
		default:  usage(args);
		}
	s.argc = argc - optind;
	s.argv = argv + optind;
	if (s.argc < least)
		usage(args);
	s.inputs = cJSON_CreateObject();
	return s;
}

void
slot(struct stage *s, const char *name, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(s->inputs, name);
	cJSON_AddStringToObject(s->inputs, name, clean(text, strlen(text)));
}

char *
ask(struct stage *s, const char *file)
{
	cJSON *r = cJSON_CreateObject();
	const char *target = getenv("KEEP_FILE");
	char *text = slurp(file, NULL), *prompt;

	if (blank(text))
		die(BAD, "read %s: the prompt is empty", file);
	prompt = fill(file, text, s->inputs);
	if (s->why) {
		slot(s, "complaint", s->why);
		prompt = format("%s\n\nYour last reply to this could not be used:"
		                " %s\nReply again, whole and mended.\n",
		                prompt, s->why);
	}
	cJSON_AddStringToObject(r, "stage", s->name);
	cJSON_AddStringToObject(r, "target", target ? target : s->name);
	cJSON_AddNumberToObject(r, "lane", s->lane);
	cJSON_AddNumberToObject(r, "n", s->n);
	cJSON_AddNumberToObject(r, "seed", s->seed);
	cJSON_AddStringToObject(r, "prompt", clean(prompt, strlen(prompt)));
	cJSON_AddItemReferenceToObject(r, "inputs", s->inputs);
	return model(r);
}

char *
answer_code(struct stage *s, const char *prompt, const char *marker,
            const char *(*check)(const char *, void *), void *arg)
{
	char *code, *why;
	int i;

	for (i = 0; i < ASKS; i++) {
		why = NULL;
		code = reply_code(ask(s, prompt), 0, marker, &why);
		s->why = code ? check ? check(code, arg) : NULL : why;
		if (!s->why)
			return code;
	}
	return NULL;
}

cJSON *
answer_json(struct stage *s, const char *prompt,
            const char *(*check)(cJSON *, void *), void *arg)
{
	char *why;
	cJSON *j;
	int i;

	for (i = 0; i < ASKS; i++) {
		why = NULL;
		j = reply_json(ask(s, prompt), 0, check, arg, &why);
		s->why = why;
		if (j)
			return j;
	}
	return NULL;
}

char *
answer_text(struct stage *s, const char *prompt)
{
	char *text, *why;
	int i;

	for (i = 0; i < ASKS; i++) {
		why = NULL;
		text = reply_text(ask(s, prompt), &why);
		s->why = why;
		if (text)
			return text;
	}
	return NULL;
}

char *
replace_block(const char *code, const char *block, const char *with, char **why)
{
	char *new = splice_code(code, block, with, why), *error;

	if (!new || !(error = syntax_error(new)))
		return new;
	*why = format("with the new block the script does not parse: %s", error);
	return NULL;
}

void
put_code(struct stage *s, const char *marker)
{
	char *code = answer_code(s, s->argv[0], marker, NULL, NULL);

	if (!code)
		halt("no-reply", "%s", s->why);
	put_text(code);
}

void
put_answer(struct stage *s)
{
	char *text = answer_text(s, s->argv[0]);

	if (!text)
		halt("no-reply", "%s", s->why);
	put_text(text);
}
