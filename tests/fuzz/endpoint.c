/* Names of models and addresses: what is taken has a base of http or https
 * without user, query or last slash; a key never goes to a server of another
 * name.  A line of kind: the name, an address in the environment.
 */
#include "net/net.h"
#include "fuzz.h"

#define KEY "sk-0123456789abcdefghij"

static void
find(void *name)
{
	struct endpoint *e = endpoint(name);
	char *host;

	if (!e)
		return;
	must(starts(e->base, "http://") || starts(e->base, "https://")
	     || !strncasecmp(e->base, "http", 4));
	must(!ends(e->base, "/") && !strpbrk(e->base, "?#"));
	must(e->wire && e->model && e->provider);
	check_url(e->base, "the base");
	host = host_of(e->base);
	must(*host && !strchr(host, '/'));
	if (e->key && !strcmp(e->key_name, "OPENAI_API_KEY")
	    && !strcmp(e->provider, "server")
	    && strcmp(host, host_of(getenv("OPENAI_BASE_URL"))))
		must(starts(host, "api.openai.com:") && !e->local);
}

static void
try_url(void *s)
{
	check_url(s, "it");
	must(*host_of(s));
	is_local(s);
}

void
fuzz_endpoint(const char *s, size_t n)
{
	char *rest = clean(s, n), *name = strsep(&rest, "\n");

	if (rest)
		rest[strcspn(rest, "\n")] = 0;
	setenv("OPENAI_API_KEY", KEY, 1);
	setenv("OPENAI_BASE_URL", rest ? rest : "", 1);
	setenv("OLLAMA_HOST", rest ? rest : "", 1);
	setenv("VLLM_BASE_URL", rest ? rest : "", 1);
	attempt(find, name);
	attempt(find, (void *)"openai/m");
	attempt(find, (void *)"ollama/m");
	attempt(find, (void *)"vllm");
	attempt(try_url, name);
	must(!strstr(hide("with " KEY), KEY));
}
