#include <string.h>

#include "lib.h"

char *
fill(const char *name, const char *template, const cJSON *inputs)
{
	struct text t = {0};
	const char *p, *end, *s;
	char *key;

	add(&t, "");
	for (; (p = strstr(template, "{{")); template = end + 2) {
		if (!(end = strstr(p, "}}")))
			die(BAD, "fill %s: a slot does not end: %.20s", name, p);
		key = format("%.*s", (int)(end - p - 2), p + 2);
		s = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(inputs, key));
		if (!s)
			die(BAD, "fill %s: no such slot: {{%s}}", name, key);
		addn(&t, template, p - template);
		add(&t, s);
	}
	add(&t, template);
	return t.s;
}
