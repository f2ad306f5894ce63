/* What a server sends, thrown at all that reads it.
 *   clang -std=c11 -D_GNU_SOURCE -Itools -g -fsanitize=fuzzer,address,undefined
 *     tests/fuzz/wire.c tools/lib/{die,text,file,json}.c
 *     tools/net/{error,refused,trouble,wait,rebuild,sse,wire,wire_*}.c -lcjson
 *   ./a.out -fork=1 -rss_limit_mb=4096 -max_total_time=120 [CORPUS tests/wires]
 * The first byte chooses the wire; what follows is a body, of a status other
 * than 200 with head lines before a blank line.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

/* The house frees nothing. */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

static void
must(int truth)
{
	if (!truth)
		abort();
}

static int
is_clean(const char *s)
{
	return !s || strcmp(clean(s, strlen(s)), s) == 0;
}

static int
is_line(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return 0;
	return 1;
}

static void
check_trouble(const struct trouble *t)
{
	must(is_clean(t->message) && is_line(t->message));
	must(strlen(t->message) <= 500);
	must(t->wait >= 0 && isfinite(t->wait));
	must(t->class || !t->again);
}

static void
check_reply(const struct reply *r)
{
	static const char known[] = " stop length refused pause other ";
	const double n[] = {r->in, r->cached, r->out, r->reasoning, r->cost};
	struct trouble t;
	const cJSON *s;
	size_t i;

	must(is_clean(r->text) && is_clean(r->why) && is_clean(r->model));
	must(!r->error || (is_clean(r->error) && is_line(r->error)));
	must(!r->finish || strstr(known, r->finish));
	must(!r->why || !r->finish || !strcmp(r->finish, "refused"));
	for (i = 0; i < sizeof n / sizeof *n; i++)
		must(isnan(n[i]) || (n[i] >= 0 && isfinite(n[i])));
	cJSON_ArrayForEach(s, r->sources)
		must(starts(jstr(s, "/url"), "http"));
	must(!r->turn || (r->finish && !strcmp(r->finish, "pause")));
	if (r->fault) {
		must(r->error != NULL);
		t = trouble(200, "", r->fault);
		check_trouble(&t);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const wires[] = {"chat", "responses", "anthropic",
	    "gemini"};
	static const long status[] = {200, 400, 403, 422, 429, 500, 503, 529};
	struct reply r;
	struct trouble t;
	char *s, *body;

	if (size < 1)
		return -1;
	read_reply(wire(wires[*data & 3]), (const char *)data + 1, size - 1, &r);
	check_reply(&r);
	s = need(strndup((const char *)data + 1, size - 1));
	body = strstr(s, "\n\n");
	if (body) {
		*body = 0;
		body += 2;
	} else
		body = s;
	t = trouble(status[*data >> 2 & 7], body == s ? "" : s, body);
	check_trouble(&t);
	refused_field(body, *data << 2 | 3);
	return 0;
}
