/* What a service that searches the web sends: pages have an address of the web
 * and text of visible characters, no more than were asked for.  The first byte
 * chooses the service, and whether it says so with an error.
 */
#include "net/net.h"
#include "fuzz.h"

static const char *body;
static size_t length;
static char choice;

/* In place of those of http.c and gate.c. */
void
http(struct http *h)
{
	h->status = choice & 8 ? 200 : 400 + (choice & 0x70);
	h->head = (char *)"retry-after: 1\n";
	h->reply = need(malloc(length + 1));
	memcpy(h->reply, body, length);
	h->reply[h->n = length] = 0;
}

void
rest(double seconds)
{
	must(seconds >= 0 && seconds < 60);
}

double
chance(void)
{
	return 0.5;
}

static void
search(void *found)
{
	static const char *const name[] = {"tavily", "brave", "exa", "serper",
	    "searxng", "huggingface", "arxiv", "kaggle"};

	*(cJSON **)found = web(name[choice & 7], "tabular-regression x", 3);
}

static void
check_text(const char *s)
{
	char *v = from_xml(s), *u;

	must(is_clean(v) && strlen(v) <= strlen(s) * 2);
	u = visible(v);
	must(is_tame(u) && is_tame(single_line(s, 100)));
	must(is_line(single_line(s, 100)) && strlen(single_line(s, 100)) <= 100);
	must(!strcmp(visible(u), u));
	u = url_escaped(s);
	must(!u[strspn(u, "%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	               "0123456789-._~")]);
}

void
fuzz_web(const char *s, size_t n)
{
	cJSON *list = NULL, *j;

	if (!n)
		return;
	choice = *s;
	body = s + 1;
	length = n - 1;
	check_text(clean(s + 1, n - 1));
	if (attempt(search, &list) >= 0)
		return;
	must(cJSON_GetArraySize(list) <= 3);
	cJSON_ArrayForEach(j, list) {
		must(is_web(jstr(j, "/url")) && is_line(jstr(j, "/title")));
		must(is_tame(jstr(j, "/title")) && is_tame(jstr(j, "/text")));
		must(strlen(jstr(j, "/text")) <= PAGE + 100);
	}
}
