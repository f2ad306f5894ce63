/* search [-l LANE] [-n MODELS] [-s SEED] [-w SOURCES] PROMPT BRIEF [CARD...]:
 * asks for models that suit the task, of what SOURCES say; prints a list of
 * {"model_name", "example_code", "sources", "licence"}, a person's CARDs last.
 *
 * A model that searches itself is asked with search-web.md.  For a service the
 * model first writes queries (search-queries.md); what web finds is given to it
 * with search-found.md, and so are the cards.  All lie beside PROMPT.
 */
#include <string.h>

#include "net/net.h"

#define USAGE "[-l lane] [-n models] [-s seed] [-w sources]" \
              " prompt brief [card...]"

enum { QUERIES = 3 };

/* The option -w, which stage() does not know, is taken out. */
static const char *
words(int *argc, char **argv)
{
	const char *said = NULL;
	int i, n;

	for (i = 1; i < *argc && *argv[i] == '-' && strcmp(argv[i], "--");) {
		if (strncmp(argv[i], "-w", 2)) {
			i += 1 + (strlen(argv[i]) == 2);
			continue;
		}
		n = argv[i][2] ? 1 : 2;
		if (!(said = n == 1 ? argv[i] + 2 : argv[i + 1]))
			usage(USAGE);
		memmove(argv + i, argv + i + n,
		        (*argc - i - n + 1) * sizeof *argv);
		*argc -= n;
	}
	return said;
}

static const char *
complaint(cJSON *list, void *arg)
{
	cJSON *m;
	const char *name, *code;

	(void)arg;
	if (!cJSON_IsArray(list) || !cJSON_GetArraySize(list))
		return "a JSON list with at least one model is wanted";
	cJSON_ArrayForEach(m, list) {
		name = jopt(m, "/model_name");
		code = jopt(m, "/example_code");
		if (!name || !code || blank(name) || blank(code))
			return "each item needs a model_name and an example_code,"
			       " both strings that are not blank";
	}
	return NULL;
}

static const char *
no_queries(cJSON *list, void *arg)
{
	cJSON *q;

	(void)arg;
	if (!cJSON_IsArray(list) || !cJSON_GetArraySize(list))
		return "a JSON list with at least one query is wanted";
	cJSON_ArrayForEach(q, list)
		if (!cJSON_IsString(q) || blank(q->valuestring))
			return "each item has to be a query, a string";
	return NULL;
}

/* A card is a text; its first line that is not blank names the model. */
static cJSON *
card(const char *file)
{
	char *s = slurp(file, NULL), *name;
	cJSON *m = cJSON_CreateObject();

	if (blank(s))
		die(BAD, "read %s: the model card is empty", file);
	s = clean(s, strlen(s));
	name = s + strspn(s, "# \t\r\n");
	name = format("%.*s", (int)strcspn(name, "\r\n"), name);
	cJSON_AddStringToObject(m, "model_name", name);
	cJSON_AddStringToObject(m, "example_code", s);
	cJSON_AddStringToObject(m, "source", run_name(file));
	return m;
}

/* What lies beside the prompt. */
static char *
near(const char *prompt, const char *name)
{
	const char *slash = strrchr(prompt, '/');

	return slash ? format("%.*s/%s", (int)(slash - prompt), prompt, name)
	             : format("%s", name);
}

/* The queries that the model writes, as they are sent; null if it writes none. */
static cJSON *
queries(struct stage s, const char *names)
{
	cJSON *list, *sent = cJSON_CreateArray(), *q;

	s.name = "search-queries";
	s.inputs = cJSON_Duplicate(s.inputs, 1);
	slot(&s, "sources", names);
	list = answer_json(&s, near(s.argv[0], "search-queries.md"), no_queries,
	                   NULL);
	if (!list)
		warn("ask for queries: %s", s.why);
	cJSON_ArrayForEach(q, list)
		if (cJSON_GetArraySize(sent) < QUERIES)
			cJSON_AddItemToArray(sent, cJSON_CreateString(
			    single_line(q->valuestring, 400)));
	return list ? sent : NULL;
}

/* The models, as the prompt that suits the sources asks for them. */
static cJSON *
models(struct stage s, const char *said)
{
	struct sources w = sources(said);
	cJSON *cards = NULL, *pages = NULL, *asked = NULL, *list, *m;
	const char *name = "search", *prompt;

	if (w.cards)
		cards = card_pages(near(s.argv[0], "."));
	if (w.n && (asked = queries(s, w.names)))
		pages = found_pages(&w, asked);
	if (asked && !cJSON_GetArraySize(pages))
		warn("search the web: nothing is found");
	if (*w.names)
		slot(&s, "sources", w.names);
	if (cards || cJSON_GetArraySize(pages)) {
		slot(&s, "found", found_text(cards, pages));
		name = "search-found";
	} else if (w.model) {
		name = "search-web";
	}
	prompt = strcmp(name, "search") ? near(s.argv[0], format("%s.md", name))
	                                : s.argv[0];
	s.web = w.model;
	list = answer_json(&s, prompt, complaint, NULL);
	if (!list)
		warn("ask for models: %s", s.why);
	if (!cJSON_GetArraySize(pages))
		pages = jat(s.reply, "/sources");
	cJSON_ArrayForEach(m, list)
		if (*w.names || jat(m, "/sources") || jat(m, "/licence"))
			add_origin(m, cards, pages);
	return list;
}

int
main(int argc, char **argv)
{
	const char *said = words(&argc, argv);
	struct stage s = stage("search", argc, argv, 2, USAGE);
	cJSON *list = NULL;
	int i;

	slot(&s, "task", slurp(s.argv[1], NULL));
	slot(&s, "n", format("%d", s.n));
	if (s.n > 0)
		list = models(s, said);
	if (!list)
		list = cJSON_CreateArray();
	while (cJSON_GetArraySize(list) > s.n)
		cJSON_DeleteItemFromArray(list, s.n);
	/* Places the model left empty stay so: cards keep their numbers. */
	while (cJSON_GetArraySize(list) < s.n)
		cJSON_AddItemToArray(list, cJSON_CreateNull());
	for (i = 2; i < s.argc; i++)
		cJSON_AddItemToArray(list, card(s.argv[i]));
	jput(list);
	return YES;
}
