#include <string.h>

#include "net.h"

#define HUB "https://huggingface.co"

/* Kinds of task that the hub sorts models by. */
static const char *const kinds[] = {
	"tabular-classification", "tabular-regression",
	"time-series-forecasting", "text-classification",
	"token-classification", "question-answering", "sentence-similarity",
	"feature-extraction", "summarization", "translation",
	"image-classification", "image-segmentation", "object-detection",
	"depth-estimation", "audio-classification",
	"automatic-speech-recognition", "video-classification",
};

/* The kind that a query names, with dashes or with blanks. */
static const char *
kind(const char *query)
{
	size_t i, n;
	const char *s;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (s = query; *s; s++) {
			for (n = 0; kinds[i][n] && ((s[n] | 0x20) == kinds[i][n]
			     || (kinds[i][n] == '-' && s[n]
			         && strchr(" -_", s[n]))); n++)
				;
			if (!kinds[i][n])
				return kinds[i];
		}
	return NULL;
}

/* Answers with a renamed repository's place are followed, within the hub. */
static int
get(struct http *h)
{
	char *base = web_url("HF_ENDPOINT", HUB, ""), *to;
	int i;

	for (i = 0; !web_get(h); i++) {
		if (i == 3 || h->status / 100 != 3
		    || !(to = header(h->head, "location")))
			return 0;
		if (starts(to, format("%s/", base)))
			h->url = to;
		else if (*to == '/' && to[1] != '/')
			h->url = format("%s%s", base, to);
		else
			return 0;
	}
	return 1;
}

/* A name of a repository is two words, which make no other path. */
static int
is_id(const char *id)
{
	return id && *id != '/' && !strstr(id, "..") && !id[strspn(id,
	       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	       "0123456789-._/")];
}

/* What the list tells of a model, and its card, if anyone may read that. */
static char *
model_card(const cJSON *m, const char *id, const char **headers)
{
	struct http h = {.headers = headers};
	const char *s;
	struct text t = {0};
	const cJSON *tag;

	addf(&t, "kind: %s", (s = jopt(m, "/pipeline_tag")) ? s : "?");
	addf(&t, "; library: %s", (s = jopt(m, "/library_name")) ? s : "?");
	if (cJSON_IsNumber(jat(m, "/downloads")))
		addf(&t, "; downloads: %.0f", jnum(m, "/downloads"));
	cJSON_ArrayForEach(tag, jat(m, "/tags"))
		if ((s = cJSON_GetStringValue(tag)) && starts(s, "license:"))
			addf(&t, "; licence: %s", s + strlen("license:"));
	add(&t, "\n\n");
	h.url = web_url("HF_ENDPOINT", HUB, format("/%s/raw/main/README.md", id));
	if (get(&h))
		add(&t, clean(h.reply, h.n));
	return t.s;
}

/* Its search looks at names only; a query that names a kind of task gets the
 * models of that kind that most people load. */
cJSON *
web_huggingface(const char *query, int n)
{
	const char *token = secret("HF_TOKEN"), *tag = kind(query), *id;
	const char *headers[] = {token ? format("Authorization: Bearer %s", token)
	                         : NULL, NULL};
	cJSON *list = cJSON_CreateArray(), *models, *m;
	struct http h = {.headers = headers};

	h.url = web_url("HF_ENDPOINT", HUB, format("/api/models?%s=%s"
	                "&sort=downloads&limit=%d", tag ? "pipeline_tag"
	                : "search", url_escaped(tag ? tag : query), n));
	if (!get(&h))
		web_die(&h.trouble, token ? "see HF_TOKEN" : NULL);
	models = web_parse(&h);
	cJSON_ArrayForEach(m, models)
		if (is_id(id = jopt(m, "/id"))
		    && cJSON_GetArraySize(list) < n)
			web_add(list, id, format(HUB "/%s", id),
			        model_card(m, id, headers));
	return list;
}
