/* ask -- a question to a model, the client as a filter: the prompt on stdin,
 * the text of the reply on stdout, all else on stderr.
 *   ask [-vw] [-j SCHEMA] [-s SYSTEM]      SYSTEM: text, or @FILE
 *   ask -r [-v]     a request of model.c on stdin, the document on stdout */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/net.h"

static int verbose;

static const char *
named(void)
{
	const char *own = getenv("MODEL_ask"), *all = getenv("MODEL");

	if ((!own || !*own) && (!all || !*all))
		die(BAD, "read MODEL: say which model: MODEL=ollama/qwen3 ask");
	return model_name();
}

static void NORET
unknown(const char *name)
{
	int n = strcspn(name, "/");
	const char *whose = starts(name, "claude") ? "anthropic"
	    : starts(name, "gemini") ? "gemini"
	    : starts(name, "gpt") ? "openai" : "ollama";

	if (!strcmp(name, "playbook"))
		die(BAD, "ask playbook: it is no language model: name another"
		    " with MODEL=");
	if (name[n])
		die(BAD, "ask %s: there is no provider %.*s: %s, or exec:PROGRAM, "
		    "replay:DIR, http://HOST/v1#NAME", name, n, name,
		    provider_names());
	die(BAD, "ask %s: say whose model it is: %s/%s", name, whose, name);
}

static cJSON *
answer(const cJSON *request)
{
	const char *name = named();
	struct endpoint *e = endpoint(name);

	if (e)
		return call(e, request, verbose);
	if (!starts(name, "exec:") && !starts(name, "replay:"))
		unknown(name);
	return model(request);
}

static int
status(const char *class)
{
	static const char soon[] = " net rate timeout conflict server overloaded"
	                           " broken ";

	if (!strcmp(class, "refused"))
		return NO;
	if (!strcmp(class, "postponed"))
		return LATE;
	return strstr(soon, format(" %s ", class)) ? SICK : BAD;
}

static cJSON *
request_for(const char *prompt, const char *sys, cJSON *schema, int web)
{
	cJSON *j = cJSON_CreateObject();

	cJSON_AddStringToObject(j, "stage", "ask");
	cJSON_AddStringToObject(j, "target", "ask");
	cJSON_AddNumberToObject(j, "lane", 1);
	cJSON_AddNumberToObject(j, "n", 1);
	cJSON_AddNumberToObject(j, "seed", 1);
	cJSON_AddStringToObject(j, "prompt", prompt);
	cJSON_AddObjectToObject(j, "inputs");
	if (sys)
		cJSON_AddStringToObject(j, "system", sys);
	if (schema)
		cJSON_AddItemToObject(j, "schema", cJSON_Duplicate(schema, 1));
	if (web)
		cJSON_AddTrueToObject(j, "web");
	return j;
}

static void
tell_sources(const cJSON *reply)
{
	const cJSON *s, *all = jat(reply, "/sources");

	cJSON_ArrayForEach(s, all)
		fprintf(stderr, "%s  %s\n", jopt(s, "/url") ? jopt(s, "/url") : "",
		        jopt(s, "/title") ? jopt(s, "/title") : "");
}

/* The text; whole is unset if it is cut. */
static const char *
text(const cJSON *reply, int *whole)
{
	const char *class = jopt(reply, "/trouble/class");
	const char *finish = jopt(reply, "/finish"), *why = jopt(reply, "/why");

	if (class)
		die(status(class), "ask %s: %s", model_name(),
		    jstr(reply, "/trouble/message"));
	tell_sources(reply);
	*whole = !finish || strcmp(finish, "length");
	if (finish && !strcmp(finish, "refused"))
		die(NO, "ask %s: it refused to answer: %s", model_name(),
		    why ? why : "it did not say why");
	return jstr(reply, "/reply");
}

/* Only that it is JSON, of the type that the schema says. */
static const char *
fits(cJSON *j, void *schema)
{
	const char *type = jopt(schema, "/type");
	const cJSON *name, *needed = jat(schema, "/required");

	if (type && !strcmp(type, "object") && !cJSON_IsObject(j))
		return "it is no JSON object";
	if (type && !strcmp(type, "array") && !cJSON_IsArray(j))
		return "it is no JSON list";
	cJSON_ArrayForEach(name, needed)
		if (cJSON_IsString(name) && cJSON_IsObject(j)
		    && !cJSON_HasObjectItem(j, name->valuestring))
			return format("it has no \"%s\"", name->valuestring);
	return NULL;
}

/* The reply as it is, or the JSON that is in it. */
static const char *
json(const char *s, int whole, cJSON *schema, char **why)
{
	cJSON *j = cJSON_ParseWithOpts(s, NULL, 1);

	*why = j ? (char *)fits(j, schema) : NULL;
	if (j && !*why)
		return s;
	if (*why)
		return NULL;
	j = reply_json(s, !whole, fits, schema, why);
	return j ? need(cJSON_Print(j)) : NULL;
}

static void
filter(const char *sys, cJSON *schema, int web)
{
	size_t n;
	char *prompt = slurp("-", &n), *why = NULL;
	const char *s, *found = NULL;
	int i, whole;

	prompt = clean(prompt, n);
	if (blank(prompt))
		die(BAD, "read -: the prompt is empty");
	s = text(answer(request_for(prompt, sys, schema, web)), &whole);
	for (i = 1; schema && whole && !(found = json(s, whole, schema, &why))
	     && i < ASKS; i++)
		s = text(answer(request_for(format("%s\n\nYour last reply could "
		    "not be used: %s. Reply with JSON alone, by this schema:\n"
		    "%s\n", prompt, why, cJSON_Print(schema)), sys, schema, web)),
		    &whole);
	if (schema && whole && !found)
		die(NO, "ask %s: no reply by the schema: %s", model_name(), why);
	s = found ? found : s;
	if (whole && blank(s))
		die(NO, "ask %s: it replied nothing", model_name());
	printf("%s%s", s, *s && ends(s, "\n") ? "" : "\n");
	finish();
	if (!whole)
		die(NO, "ask %s: the reply is cut off at the token limit: "
		    "MAX_TOKENS sets it", model_name());
}

int
main(int argc, char **argv)
{
	const char *sys = NULL;
	cJSON *schema = NULL;
	int c, web = 0, request = 0;

	while ((c = getopt(argc, argv, "j:rs:vw")) != -1)
		switch (c) {
		case 'j': schema = jload(optarg); break;
		case 'r': request = 1; break;
		case 's': sys = *optarg == '@' ? slurp(optarg + 1, NULL)
		                               : optarg; break;
		case 'v': verbose = 1; break;
		case 'w': web = 1; break;
		default:
			usage("[-rvw] [-j schema] [-s system]");
		}
	if (argc > optind || (request && (schema || sys || web)))
		usage("[-rvw] [-j schema] [-s system]");
	if (request)
		jput(answer(jload("-")));
	else
		filter(sys, schema, web);
	return YES;
}
