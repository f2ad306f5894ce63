#include <math.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
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

	return access(ledger, F_OK) == 0 && strstr(slurp_clean(ledger),
	       format("\"chat\":\"%s\"", chat));
}

static void
enter_model(struct account *a, const char *name)
{
	cJSON *m;

	if (!a->models)
		a->models = cJSON_CreateArray();
	cJSON_ArrayForEach(m, a->models)
		if (!strcmp(m->valuestring, name))
			return;
	cJSON_AddItemToArray(a->models, cJSON_CreateString(name));
}

/* Adds a line; of numbers that are not there nothing. */
static void
enter(struct account *a, const cJSON *call)
{
	double in = jval(call, "/tokens/in");
	double cached = jval(call, "/tokens/cached");
	double out = jval(call, "/tokens/out");
	double usd = jval(call, "/cost");

	if (jopt(call, "/stage") && !strcmp(jopt(call, "/stage"), "web"))
		return;
	a->calls++;
	a->in += isnan(in) ? 0 : in;
	a->cached += isnan(cached) ? 0 : cached;
	a->out += isnan(out) ? 0 : out;
	a->cost += isnan(usd) ? 0 : usd;
	a->unknown += isnan(usd);
	a->failed += jopt(call, "/trouble") != NULL;
	a->counted += cJSON_IsObject(jat(call, "/tokens"));
	if (jopt(call, "/model"))
		enter_model(a, jopt(call, "/model"));
}

void
account_more(const char *run, struct account *a, long *at)
{
	char *file = format("%s/ledger.jsonl", run), *line = NULL;
	struct stat st;
	FILE *f = stat(file, &st) < 0 || st.st_size <= *at ? NULL
	        : fopen(file, "re");
	size_t cap = 0;
	ssize_t n;
	cJSON *call;

	free(file);
	if (!f)
		return;
	if (fseek(f, *at, SEEK_SET) == 0)
		while ((n = getline(&line, &cap, f)) > 0
		    && line[n - 1] == '\n') {
			*at += n;
			if ((call = cJSON_Parse(line)))
				enter(a, call);
			cJSON_Delete(call);
		}
	free(line);
	fclose(f);
}

struct account
account(const char *run)
{
	struct account a = {0};
	long at = 0;

	account_more(run, &a, &at);
	return a;
}

double
duration(const char *s)
{
	static const char units[] = "smhd";
	static const double seconds[] = {1, 60, 3600, 86400};
	const char *unit;
	char *end;
	double v = strtod(s, &end);

	if (end == s || !isfinite(v) || v < 0)
		return NAN;
	if (!*end)
		return v;
	unit = strchr(units, *end);
	return unit && !end[1] ? v * seconds[unit - units] : NAN;
}

/* A budget of 0 is one, too: nothing is to be spent. */
static int
budget(const char *name, double *most)
{
	const char *s = getenv(name);
	char *end;

	if (!s || blank(s))
		return 0;
	*most = strtod(s, &end);
	if (end == s || !blank(end) || !isfinite(*most) || *most < 0)
		die(BAD, "read %s: '%s' is no amount", name, s);
	return 1;
}

static int
has_price(const char *model)
{
	cJSON *token = cJSON_Parse("{\"in\": 1, \"cached\": 0, \"out\": 1}");

	return starts(model, "openrouter/") || starts(model, "replay:")
	    || !isnan(price(model, token));
}

const char *
limit_reached(const char *run)
{
	const char *ends = getenv("RUN_ENDS"), *deadline = getenv("DEADLINE");
	struct account a;
	double most;

	if (ends && !strcmp(ends, "now"))
		return "make best ended the run";
	if (ends && *ends && time(NULL) >= atof(ends))
		return format("DEADLINE=%s is reached",
		              deadline ? deadline : "?");
	if (budget("BUDGET_TOKENS", &most)) {
		a = account(run);
		if (a.in + a.out >= most)
			return format("BUDGET_TOKENS=%.0f is reached: %.0f are"
			              " spent", most, a.in + a.out);
	}
	if (budget("BUDGET_USD", &most)) {
		if (!has_price(model_name()))
			die(BAD, "keep to BUDGET_USD: the price of %s is unknown:"
			    " write it into mk/prices.json, or set BUDGET_TOKENS",
			    model_name());
		a = account(run);
		if (a.cost >= most)
			return format("BUDGET_USD=%g is reached: %.4f are spent",
			              most, a.cost);
	}
	return NULL;
}
