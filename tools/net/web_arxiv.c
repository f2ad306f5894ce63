#include <ctype.h>
#include <string.h>

#include "net.h"

/* What stands between the first <name ..> and </name> in s, before end; null
 * if there is none. */
static char *
element(const char *s, const char *end, const char *name)
{
	char *open = format("<%s", name), *close = format("</%s>", name);
	const char *p = s, *from, *to;

	while ((p = strstr(p, open)) && p < end
	       && !strchr("> \t\r\n", p[strlen(open)]))
		p++;
	if (!p || p >= end || !(from = strchr(p, '>')) || from >= end
	    || !(to = strstr(from, close)) || to > end)
		return NULL;
	return format("%.*s", (int)(to - from - 1), from + 1);
}

/* Or a digit, or of a character that is not ASCII. */
static int
is_letter(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

/* Papers on learning that hold some of the words, those with most first. */
static char *
papers(const char *query)
{
	struct text t = {0};
	const char *s;
	size_t n;

	for (s = query; *s; s += n) {
		while (*s && !is_letter(*s))
			s++;
		for (n = 0; is_letter(s[n]) || (n && s[n] == '-'); n++)
			;
		if (n > 1)
			addf(&t, "%sall:%.*s", t.n ? " OR " : "", (int)n, s);
	}
	if (!t.n)
		die(BAD, "search with arxiv: the query has no words");
	return format("(%s) AND (cat:cs.LG OR cat:stat.ML OR cat:cs.CV"
	              " OR cat:cs.CL OR cat:cs.SD)", t.s);
}

static void
paper(cJSON *list, const char *entry, const char *end)
{
	char *id = element(entry, end, "id");
	char *title = element(entry, end, "title");
	char *summary = element(entry, end, "summary");
	char *day = element(entry, end, "published");

	if (title && !strcmp(title, "Error"))
		die(BAD, "search with arxiv: %s",
		    summary ? single_line(from_xml(summary), 300) : "it failed");
	if (!id || !title || !summary)
		return;
	web_add(list, from_xml(title), single_line(id, 1000), format("%s%.10s%s%s",
	        day ? "Published " : "", day ? day : "", day ? "\n\n" : "",
	        single_line(from_xml(summary), PAGE)));
}

/* An Atom feed, also for most errors. */
cJSON *
web_arxiv(const char *query, int n)
{
	cJSON *list = cJSON_CreateArray();
	const char *p, *end;
	struct http h = {0};
	char *s;

	h.url = format("%s?search_query=%s&max_results=%d&sortBy=relevance",
	               web_url("ARXIV_BASE_URL", "https://export.arxiv.org",
	                       "/api/query"), url_escaped(papers(query)), n);
	if (!web_get(&h) && (h.status != 400 || !strstr(h.reply, "<entry")))
		web_die(&h.trouble, NULL);
	s = clean(h.reply, h.n);
	if (!strstr(s, "<feed") || !strstr(s, "</feed>"))
		die(SICK, "search with arxiv: its reply is no feed: %s",
		    single_line(s, 60));
	for (p = s; (p = strstr(p, "<entry")); p = end) {
		if (!(end = strstr(p, "</entry>")))
			break;
		paper(list, p, end);
	}
	return list;
}
