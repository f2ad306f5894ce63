#include <glob.h>
#include <string.h>

#include "net.h"

enum {
	WHOLE = 24000,                  /* bytes of all texts, about */
	SHORT = 1000, LONG = 3500       /* of a page at least, at most */
};
#define MARK "%%%%%"

cJSON *
card_pages(const char *dir)
{
	cJSON *list = cJSON_CreateArray(), *j;
	char *s, *name;
	glob_t g;
	size_t i;

	if (glob(format("%s/cards/*.md", dir), 0, NULL, &g))
		die(BAD, "search with cards: there are none in %s/cards", dir);
	for (i = 0; i < g.gl_pathc; i++) {
		s = slurp(g.gl_pathv[i], NULL);
		name = s + strspn(s, "# \t\r\n");
		j = cJSON_CreateObject();
		cJSON_AddStringToObject(j, "title", single_line(
		    format("%.*s", (int)strcspn(name, "\r\n"), name), 200));
		cJSON_AddStringToObject(j, "url", format("cards/%s",
		                        strrchr(g.gl_pathv[i], '/') + 1));
		cJSON_AddStringToObject(j, "text", cut_middle(visible(s), PAGE));
		cJSON_AddItemToArray(list, j);
	}
	return list;
}

/* s without anything that looks like a mark. */
static char *
defused(const char *s)
{
	struct text t = {0};
	size_t n;

	for (add(&t, ""); *s; s += n)
		if ((n = strspn(s, "%")))
			addn(&t, s, n > 3 ? 3 : n);
		else
			addn(&t, s, n = strcspn(s, "%"));
	return t.s;
}

static void
add_page(struct text *t, int n, const cJSON *page, size_t most)
{
	addf(t, "%s text %d begins %s\n", MARK, n, MARK);
	add(t, defused(format("%s\n%s\n\n%s", jstr(page, "/title"),
	    jstr(page, "/url"), cut_middle(jstr(page, "/text"), most))));
	addf(t, "\n%s text %d ends %s\n\n", MARK, n, MARK);
}

char *
found_text(const cJSON *cards, const cJSON *pages)
{
	struct text t = {0};
	const cJSON *j;
	size_t most;
	int n = 0;

	add(&t, "");
	cJSON_ArrayForEach(j, cards) {
		if (t.n + strlen(jstr(j, "/text")) > WHOLE) {
			warn("search with cards: %s and later ones are left out:"
			     " they are more than %d bytes", jstr(j, "/url"),
			     WHOLE);
			break;
		}
		add_page(&t, ++n, j, PAGE);
	}
	most = (t.n < WHOLE ? WHOLE - t.n : 0)
	     / (cJSON_GetArraySize(pages) + 1);
	most = most < SHORT ? SHORT : most > LONG ? LONG : most;
	cJSON_ArrayForEach(j, pages)
		add_page(&t, ++n, j, most);
	while (t.n && t.s[t.n - 1] == '\n')
		t.s[--t.n] = 0;
	return t.s;
}
