#include <string.h>

#include "net.h"

#define API "/v1/kernels.KernelsApiService/"

static char *
base64(const char *s)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                            "abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct text t = {0};
	size_t n = strlen(s), i, k;
	unsigned long v;

	for (i = 0; i < n; i += 3) {
		for (v = 0, k = 0; k < 3; k++)
			v = v << 8 | (i + k < n ? (unsigned char)s[i + k] : 0);
		for (k = 0; k < 4; k++)
			addn(&t, k > n - i ? "=" : &digit[v >> (18 - 6 * k) & 63], 1);
	}
	return t.s;
}

static char *
authorization(void)
{
	const char *token = secret("KAGGLE_API_TOKEN");
	const char *user = env("KAGGLE_USERNAME");

	if (token && *token == '/')
		die(BAD, "search with kaggle: KAGGLE_API_TOKEN has to be the"
		    " token itself, not the name of a file");
	if (!token && !user)
		die(BAD, "search with kaggle: set KAGGLE_API_TOKEN, or"
		    " KAGGLE_USERNAME and KAGGLE_KEY");
	return token ? format("Authorization: Bearer %s", token)
	     : format("Authorization: Basic %s", base64(format("%s:%s", user,
	              web_key("KAGGLE_KEY", NULL))));
}

/* Null if it fails and need not succeed. */
static cJSON *
method(const char *name, const cJSON *body, int must)
{
	const char *headers[] = {"Content-Type: application/json",
	                         authorization(), NULL};
	struct http h = {.headers = headers};

	h.url = web_url("KAGGLE_BASE_URL", "https://api.kaggle.com",
	                format(API "%s", name));
	h.body = cJSON_PrintUnformatted(body);
	if (!web_get(&h) && !must)
		return NULL;
	if (h.trouble.class)
		web_die(&h.trouble, "see KAGGLE_API_TOKEN");
	return web_parse(&h);
}

static void
add_lines(struct text *t, const cJSON *source)
{
	const cJSON *line;

	if (cJSON_IsString(source))
		add(t, source->valuestring);
	cJSON_ArrayForEach(line, source)
		if (cJSON_IsString(line))
			add(t, line->valuestring);
	add(t, "\n\n");
}

/* A script, or the code cells of a notebook, which is JSON in a string. */
static char *
code(const char *source)
{
	struct text t = {0};
	cJSON *cells = cJSON_Parse(source), *cell;
	const char *type;

	if (!cJSON_IsArray(jat(cells, "/cells")))
		return format("%s", source);
	add(&t, "");
	cJSON_ArrayForEach(cell, jat(cells, "/cells"))
		if ((type = jopt(cell, "/cell_type")) && !strcmp(type, "code"))
			add_lines(&t, jat(cell, "/source"));
	return t.s;
}

static void
kernel(cJSON *list, const cJSON *k)
{
	const char *ref = jopt(k, "/ref"), *slash = ref ? strchr(ref, '/') : NULL;
	const char *source;
	cJSON *q = cJSON_CreateObject();

	if (!slash)
		return;
	cJSON_AddStringToObject(q, "userName",
	                        format("%.*s", (int)(slash - ref), ref));
	cJSON_AddStringToObject(q, "kernelSlug", slash + 1);
	source = jopt(method("GetKernel", q, 0), "/blob/source");
	if (source)
		web_add(list, jopt(k, "/title"),
		        format("https://www.kaggle.com/code/%s", ref),
		        code(source));
}

cJSON *
web_kaggle(const char *query, int n)
{
	cJSON *list = cJSON_CreateArray(), *q = cJSON_CreateObject(), *k;

	cJSON_AddStringToObject(q, "search", query);
	cJSON_AddStringToObject(q, "language", "python");
	cJSON_AddStringToObject(q, "sortBy", "RELEVANCE");
	cJSON_AddStringToObject(q, "group", "EVERYONE");
	cJSON_AddNumberToObject(q, "pageSize", n);
	q = method("ListKernels", q, 1);
	cJSON_ArrayForEach(k, jat(q, "/kernels"))
		if (cJSON_GetArraySize(list) < n)
			kernel(list, k);
	return list;
}
