/* The models that were found, and where. */
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

static void
source(const cJSON *s)
{
	const char *url = cJSON_IsString(s) ? s->valuestring : jopt(s, "/url");

	if (!url)
		return;
	put("<br>");
	if (starts(url, "https://") || starts(url, "http://")) {
		put("<a rel=\"noreferrer noopener\" href=\"");
		esc(url);
		put("\">");
		escn(url, 80);
		put("</a>");
	} else
		escn(url, 80);
}

static void
card(const struct cand *c, const cJSON *m, int n)
{
	const cJSON *s;
	int i = find(format("%d/draft/%d", c->lane, n));

	putf("<tr><td>%d.%d<th scope=row>", c->lane, n);
	escn(jopt(m, "/model_name") ? jopt(m, "/model_name") : "no card", 100);
	cJSON_ArrayForEach(s, jat(m, "/sources"))
		source(s);
	if (jopt(m, "/licence")) {
		put("<br><small>licence: ");
		escn(jopt(m, "/licence"), 60);
		put("</small>");
	}
	if (i >= 0)
		putf("<td class=n><a href=\"#%s\">%s</a>\n", page.c[i].name,
		     counts(page.c + i) ? short_number(page.c[i].r.score)
		     : "no score");
	else
		put("<td class=n>–\n");
}

void
put_models(void)
{
	const struct cand *c;
	const cJSON *m;
	cJSON *j;
	int n, all = 0;

	for (c = page.c; c < page.c + page.n; c++) {
		if (c->kind != SEARCH)
			continue;
		j = load_json(format("%s.json", c->name));
		n = 0;
		cJSON_ArrayForEach(m, j) {
			if (!all++)
				put("<section id=models><h2>Models that were found</h2>\n"
				    "<div class=wide><table><thead><tr><th>lane<th>model "
				    "and where it was found<th class=n>draft"
				    "<tbody>\n");
			card(c, m, ++n);
		}
		cJSON_Delete(j);
	}
	put(all ? "</table></div></section>\n" : "");
}
