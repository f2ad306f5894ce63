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

/* Cuts the longest of what only informs, never a script, in its middle. */
static int
shorten(cJSON *inputs)
{
	static const char *cuttable[] = {"task", "data", "error", "earlier",
	                                 "output", "history", "summaries",
	                                 "found"};
	cJSON *longest = NULL, *j;
	size_t i;

	for (i = 0; i < sizeof cuttable / sizeof *cuttable; i++) {
		j = cJSON_GetObjectItemCaseSensitive(inputs, cuttable[i]);
		if (j && (!longest || strlen(j->valuestring)
		          > strlen(longest->valuestring)))
			longest = j;
	}
	if (!longest || strlen(longest->valuestring) < 1000)
		return 0;
	cJSON_SetValuestring(longest, cut_middle(longest->valuestring,
	                     strlen(longest->valuestring) / 2));
	return 1;
}

static cJSON *
request(struct stage *s, const char *file)
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
	if (s->web)
		cJSON_AddTrueToObject(r, "web");
	cJSON_AddItemReferenceToObject(r, "inputs", s->inputs);
	return r;
}

char *
ask(struct stage *s, const char *file)
{
	const char *class;

	do {
		s->reply = model(request(s, file));
		class = jopt(s->reply, "/trouble/class");
		if (class && !strcmp(class, "postponed"))
			postpone(jstr(s->reply, "/trouble/message"));
	} while (class && !strcmp(class, "too_long") && s->shorter++ < 2
	         && shorten(s->inputs));
	s->hopeless = class != NULL;
	s->cut = !class && jopt(s->reply, "/finish")
	      && !strcmp(jopt(s->reply, "/finish"), "length");
	s->why = class ? jstr(s->reply, "/trouble/message")
	       : jopt(s->reply, "/finish")
	         && !strcmp(jopt(s->reply, "/finish"), "refused")
	       ? format("the model refused: %s", jopt(s->reply, "/why")
	                ? jopt(s->reply, "/why") : "it did not say why") : NULL;
	return s->why ? NULL : (char *)jstr(s->reply, "/reply");
}

char *
answer_code(struct stage *s, const char *prompt, const char *marker,
            const char *(*check)(const char *, void *), void *arg)
{
	char *code, *why, *said;
	int i;

	for (i = 0; i < ASKS && !s->hopeless; i++) {
		if (!(said = ask(s, prompt)))
			continue;
		why = NULL;
		code = reply_code(said, s->cut, marker, &why);
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
	char *why, *said;
	cJSON *j;
	int i;

	for (i = 0; i < ASKS && !s->hopeless; i++) {
		if (!(said = ask(s, prompt)))
			continue;
		why = NULL;
		j = reply_json(said, s->cut, check, arg, &why);
		s->why = why;
		if (j)
			return j;
	}
	return NULL;
}

char *
answer_text(struct stage *s, const char *prompt)
{
	char *text, *why, *said;
	int i;

	for (i = 0; i < ASKS && !s->hopeless; i++) {
		if (!(said = ask(s, prompt)))
			continue;
		why = NULL;
		text = reply_text(said, &why);
		s->why = text && s->cut ? "it was cut off at the token limit:"
		         " be shorter" : why;
		if (text && !s->cut)
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
