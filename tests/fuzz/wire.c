/* What a server sends: what is taken from it is valid UTF-8, numbers are
 * finite, messages one line.  The first byte chooses the wire; what follows is a
 * body, of a status other than 200 with head lines before a blank line.
 */
#include "net/net.h"
#include "fuzz.h"

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

void
fuzz_wire(const char *data, size_t size)
{
	static const char *const wires[] = {"chat", "responses", "anthropic",
	    "gemini"};
	static const long status[] = {200, 400, 403, 422, 429, 500, 503, 529};
	struct reply r;
	struct trouble t;
	char *s, *body;

	if (!size)
		return;
	read_reply(wire(wires[*data & 3]), data + 1, size - 1, &r);
	check_reply(&r);
	s = need(strndup(data + 1, size - 1));
	body = strstr(s, "\n\n");
	if (body) {
		*body = 0;
		body += 2;
	} else
		body = s;
	t = trouble(status[*data >> 2 & 7], body == s ? "" : s, body);
	check_trouble(&t);
	refused_field(body, (unsigned char)*data << 2 | 3);
}
