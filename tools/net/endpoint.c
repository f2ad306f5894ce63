#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net.h"

static const struct provider {
	const char *name, *base, *wire;
	int web;                        /* it can search, on this wire */
	const char *key[3];             /* the one to be told of comes first */
	const char *url[3];             /* variables that change base */
} providers[] = {
	{"openai", "https://api.openai.com/v1", "responses", 1,
	 {"OPENAI_API_KEY"}, {"OPENAI_BASE_URL", "OPENAI_API_BASE"}},
	{"anthropic", "https://api.anthropic.com", "anthropic", 1,
	 {"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"}, {"ANTHROPIC_BASE_URL"}},
	{"gemini", "https://generativelanguage.googleapis.com", "gemini", 1,
	 {"GEMINI_API_KEY", "GOOGLE_API_KEY"},
	 {"GEMINI_BASE_URL", "GOOGLE_GEMINI_BASE_URL"}},
	{"openrouter", "https://openrouter.ai/api/v1", "chat", 1,
	 {"OPENROUTER_API_KEY"}, {"OPENROUTER_BASE_URL"}},
	{"groq", "https://api.groq.com/openai/v1", "chat", 0,
	 {"GROQ_API_KEY"}, {"GROQ_BASE_URL"}},
	{"mistral", "https://api.mistral.ai/v1", "chat", 0,
	 {"MISTRAL_API_KEY"}, {"MISTRAL_BASE_URL"}},
	{"deepseek", "https://api.deepseek.com/v1", "chat", 0,
	 {"DEEPSEEK_API_KEY"}, {"DEEPSEEK_BASE_URL"}},
	{"xai", "https://api.x.ai/v1", "chat", 0,
	 {"XAI_API_KEY"}, {"XAI_BASE_URL"}},
	{"together", "https://api.together.xyz/v1", "chat", 0,
	 {"TOGETHER_API_KEY"}, {"TOGETHER_BASE_URL"}},
	{"huggingface", "https://router.huggingface.co/v1", "chat", 0,
	 {"HF_TOKEN"}, {"HUGGINGFACE_BASE_URL"}},
	{"ollama", "http://127.0.0.1:11434/v1", "chat", 0,
	 {"OLLAMA_API_KEY"}, {"OLLAMA_BASE_URL"}},
	{"llamacpp", "http://127.0.0.1:8080/v1", "chat", 0,
	 {"LLAMACPP_API_KEY", "LLAMA_API_KEY"}, {"LLAMACPP_BASE_URL"}},
	{"vllm", "http://127.0.0.1:8000/v1", "chat", 0,
	 {"VLLM_API_KEY"}, {"VLLM_BASE_URL"}},
	{"lmstudio", "http://127.0.0.1:1234/v1", "chat", 0,
	 {"LMSTUDIO_API_KEY"}, {"LMSTUDIO_BASE_URL"}},
	/* a URL: its key is found apart */
	{"server", NULL, "chat", 0, {"LLM_API_KEY"}, {NULL}},
};
enum { PROVIDERS = sizeof providers / sizeof *providers - 1 };

static const struct provider *
provider(const char *name)
{
	size_t i, n = strcspn(name, "/");

	for (i = 0; i < PROVIDERS; i++)
		if (strlen(providers[i].name) == n
		    && !strncmp(providers[i].name, name, n))
			return &providers[i];
	return NULL;
}

static void
strip(char *s, const char *end)
{
	size_t n;

	for (n = strlen(s); n && s[n - 1] == '/'; n--)
		s[n - 1] = 0;
	if (ends(s, end))
		s[n - strlen(end)] = 0;
}

/* base as the wire wants it: that of OpenAI's ends in its version, those of
 * Anthropic and Google do not. */
static char *
fit(const char *base, const char *wire_name, const struct provider *p)
{
	static const char *const end[] = {
		"/chat/completions", "/responses", "/messages",
		"/openai", "/v1beta", "/v1", "",
	};
	int native = !strcmp(wire_name, "anthropic")
	    || !strcmp(wire_name, "gemini");
	char *s = need(strdup(base)), *host = strstr(s, "://") + 3;
	size_t i;

	for (i = 0; i < (native ? 7 : 3); i++)
		strip(host, end[i]);
	strip(host, "");
	if (native || strchr(host, '/'))
		return s;
	return format("%s%s", s, strcmp(p->name, "gemini") ? "/v1"
	                                                   : "/v1beta/openai");
}

/* The URL in $OLLAMA_HOST, which is read as ollama does. */
static char *
ollama(const char *s)
{
	const char *mark = strstr(s, "://"), *path, *port, *colon;
	int https = mark ? starts(s, "https") : starts(s, "ollama.com");
	char *scheme = mark ? need(strndup(s, mark - s))
	                    : need(strdup(https ? "https" : "http"));
	char *host;

	port = https || mark ? "" : ":11434";
	s = mark ? mark + 3 : s;
	path = s + strcspn(s, "/");
	host = need(strndup(s, path - s));
	colon = strrchr(host, ':');
	if (colon && *host != '[' && strchr(host, ':') != colon)
		host = format("[%s]", host), colon = NULL;
	if (colon && colon[1] && colon[1 + strspn(colon + 1, "0123456789")] == 0
	    && strlen(colon + 1) < 6 && atoi(colon + 1) < 65536)
		port = colon;
	if (colon && !strchr(colon, ']') && !strchr(host, '@'))
		host = need(strndup(host, colon - host));
	if (!*host || !strcmp(host, "0.0.0.0"))
		host = need(strdup("127.0.0.1"));
	if (!strcmp(host, "[::]"))
		host = need(strdup("[::1]"));
	host = format("%s://%s%s%s", scheme, host, port, path);
	strip(host, "/v1");
	return format("%s/v1", host);
}

/* Where it is, as a variable or else the table says; null: only a variable
 * can. */
static const char *
base(const struct provider *p)
{
	const char *s, *what = NULL;
	size_t i;

	for (i = 0; p->url[i] && !what; i++)
		if ((s = env(p->url[i])))
			what = p->url[i];
	if (!what && !strcmp(p->name, "ollama")
	    && (s = env(what = "OLLAMA_HOST")))
		s = ollama(s);
	if (!what || !s)
		return p->base;
	check_url(s, what);
	if (s[strcspn(s, "?#")])
		die(BAD, "read %s: a base URL ends before any ? or #", what);
	return s;
}

static const char *
wire_of(const struct provider *p, const char *where)
{
	const char *s = env("WIRE");

	if (s && !wire(s))
		die(BAD, "read WIRE: '%s' is none of chat, responses, "
		    "anthropic, gemini", s);
	if (s)
		return s;
	if (!strcmp(p->name, "openai")
	    && strcmp(fit(where, "chat", p), p->base))
		return "chat";  /* what all servers of that kind speak */
	return p->wire;
}

static void
take_key(struct endpoint *e, const char *const *name)
{
	size_t i;

	for (i = 0; name[i] && !e->key; i++)
		if ((e->key = secret(name[i])))
			e->key_name = name[i];
}

static void
google_key(struct endpoint *e)
{
	const char *const name[] = {"GOOGLE_API_KEY", "GEMINI_API_KEY", NULL};
	const char *other = secret(name[1]);
	static int told;

	take_key(e, name);
	if (e->key && other && strcmp(e->key, other) && !told++)
		warn("ask %s: GOOGLE_API_KEY and GEMINI_API_KEY differ: "
		    "the former is used", e->name);
}

/* Keys go where they belong: OpenAI's to OpenAI's base alone. */
static void
find_key(struct endpoint *e, const struct provider *p)
{
	const struct provider *openai = &providers[0];
	int cloud = !strcmp(p->name, "ollama")
	    && strstr(host_of(e->base), "ollama.com:");

	if (!strcmp(p->name, "gemini"))
		google_key(e);
	else if (!p->base
	    && !strcmp(e->base, fit(base(openai), e->wire->name, openai)))
		take_key(e, openai->key);
	else if (strcmp(p->name, "ollama") || !e->local)
		take_key(e, p->key);
	if (!e->key && !e->local && p->base && (cloud
	    || !strcmp(e->base, fit(p->base, e->wire->name, p))))
		die(BAD, "ask %s: %s", e->name, unset(p->key[0]));
	e->key_header = e->wire->key;
	if (e->key && !strcmp(e->key_name, "ANTHROPIC_AUTH_TOKEN"))
		e->key_header = "Authorization: Bearer ";
}

char *
provider_names(void)
{
	struct text t = {0};
	size_t i;

	for (i = 0; i < PROVIDERS; i++)
		addf(&t, "%s%s", i ? ", " : "", providers[i].name);
	return t.s;
}

struct endpoint *
endpoint(const char *name)
{
	int url = !strncasecmp(name, "http://", 7)
	    || !strncasecmp(name, "https://", 8);
	const struct provider *p = url ? &providers[PROVIDERS] : provider(name);
	struct endpoint *e = need(calloc(1, sizeof *e));
	const char *where, *mark;

	if (!p)
		return NULL;
	mark = strchr(name, url ? '#' : '/');
	where = url ? need(strndup(name, strcspn(name, "#"))) : base(p);
	if (url)
		check_url(where, "MODEL");
	if (url && strchr(where, '?'))
		die(BAD, "read MODEL: a base URL ends before any ?");
	if (mark ? !mark[1] : !url && (starts(p->base, "https:")
	    || !strcmp(p->name, "ollama")))
		die(BAD, "ask %s: say which model: %s%cNAME", name,
		    url ? where : p->name, url ? '#' : '/');
	e->name = name;
	e->provider = p->name;
	e->model = mark ? mark + 1 : "";
	e->wire = wire(wire_of(p, where));
	e->base = fit(where, e->wire->name, p);
	e->local = is_local(e->base);
	e->web = p->web && !strcmp(e->wire->name, p->wire);
	find_key(e, p);
	return e;
}
