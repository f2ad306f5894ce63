#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

/* Whether there is an error in this part of a reply.  A server may also say
 * {"error": null}, {"error": ""} or {"error": false}. */
static int
is_error(const char *name, const cJSON *j)
{
	const cJSON *e = cJSON_GetObjectItemCaseSensitive(j, "error");
	const char *type = jopt(j, "/type"), *object = jopt(j, "/object");

	if (strcmp(name, "error") == 0 || (type && strcmp(type, "error") == 0)
	    || (object && strcmp(object, "error") == 0))
		return 1;
	if (cJSON_IsString(e))
		return !blank(e->valuestring);
	if (cJSON_IsObject(e) || cJSON_IsArray(e))
		return e->child != NULL;
	return cJSON_IsTrue(e);
}

static void
take(const struct wire *w, struct reply *r, const char *name, const cJSON *j)
{
	const cJSON *c;

	if (cJSON_IsArray(j)) {
		cJSON_ArrayForEach(c, j)
			if (cJSON_IsObject(c))
				take(w, r, name, c);
	} else if (cJSON_IsObject(j)) {
		if (is_error(name, j))
			server_error(r, j);
		w->event(r, j);
	}
}

static void
no_json(struct reply *r, const char *s)
{
	if (!r->error)
		r->error = format("not JSON: %.150s", error_line(s));
	r->error = clean(r->error, strlen(r->error));
}

/* The value at *s, which moves behind it and the white space that follows; the
 * body ends at end. */
static cJSON *
value(const char **s, const char *end)
{
	const char *stop = *s;
	cJSON *j = cJSON_ParseWithLengthOpts(*s, end - *s, &stop, 0);

	if (j)
		*s = stop + strspn(stop, " \t\r\n");
	return j;
}

static void
documents(const struct wire *w, struct reply *r, const char *s)
{
	const char *end = s + strlen(s);
	cJSON *j = value(&s, end);

	if (j && !*s && cJSON_IsObject(j)) {
		if (is_error("", j))
			server_error(r, j);
		w->whole(r, j);
		return;
	}
	for (; j; j = *s ? value(&s, end) : NULL) {
		take(w, r, "", j);
		cJSON_Delete(j);
	}
	if (*s)
		no_json(r, s);
}

/* An event that is not followed by a blank line is the last; if it is cut it
 * does not count. */
static int
event(const struct wire *w, struct reply *r, const char *name, const char *data,
      int last)
{
	const char *s = data + strspn(data, " \t\r\n"), *end = s + strlen(s);
	const char *stop = s;
	cJSON *j;

	if (starts(s, "[DONE]"))
		return 0;
	if (!*s)
		return 1;
	j = value(&stop, end);
	if (j && !*stop)
		take(w, r, name, j);
	else if (!last)
		no_json(r, data);
	cJSON_Delete(j);
	return 1;
}

/* The field and the value of a line; "error: {..}" and a bare "{..}" are also
 * met with.  Both are null for a comment. */
static void
field(char *line, char **name, char **val)
{
	char *colon = strchr(line, ':');

	*name = *val = NULL;
	if (*line == '{') {
		*name = (char *)"data";
		*val = line;
	} else if (colon != line) {
		*name = line;
		*val = colon ? colon + 1 : line + strlen(line);
		*val += **val == ' ';
		if (colon)
			*colon = 0;
	}
}

static void
add_line(char *line, char **name, struct text *data)
{
	char *f, *v;

	field(line, &f, &v);
	if (!f)
		return;
	if (strcmp(f, "event") == 0)
		*name = v;
	else if (strcmp(f, "error") == 0)
		*name = f;
	if (strcmp(f, "data") != 0 && strcmp(f, "error") != 0)
		return;
	if (data->n)
		add(data, "\n");
	add(data, v);
}

/* Returns whether [DONE] ended it. */
static int
events(const struct wire *w, struct reply *r, char *s)
{
	struct text data = {0};
	char *name = NULL, *next, end;

	for (add(&data, ""); *s; s = next) {
		for (next = s; *next && *next != '\r' && *next != '\n'; next++)
			;
		end = *next;
		*next = 0;
		next += end == '\r' && next[1] == '\n' ? 2 : !!end;
		if (*s) {
			add_line(s, &name, &data);
			continue;
		}
		if (!event(w, r, name ? name : "", data.s, 0))
			return 1;
		name = NULL;
		data.s[data.n = 0] = 0;
	}
	return !event(w, r, name ? name : "", data.s, 1);
}

static int
is_events(const char *s)
{
	static const char *const field_of[] = {"data", "event", "id", "retry"};
	size_t i, n;

	if (*s == ':')
		return 1;
	for (i = 0; i < sizeof field_of / sizeof *field_of; i++) {
		n = strlen(field_of[i]);
		if (strncmp(s, field_of[i], n) == 0
		    && (s[n] == ':' || s[n] == '\r' || s[n] == '\n'))
			return 1;
	}
	return 0;
}

void
read_reply(const struct wire *w, const char *body, size_t n, struct reply *r)
{
	char *s = clean_json(body ? body : "", body ? n : 0);
	int done = 0;

	*r = (struct reply){.in = NAN, .cached = NAN, .out = NAN,
	    .reasoning = NAN, .cost = NAN};
	r->sources = need(cJSON_CreateArray());
	add(&r->said, "");
	s += starts(s, "\xef\xbb\xbf") ? 3 : 0;
	s += strspn(s, " \t\r\n");
	if (!*s)
		r->error = need(strdup("an empty reply"));
	else if (is_events(s))
		done = events(w, r, s);
	else if (*s == '{' || *s == '[')
		documents(w, r, s);
	else
		no_json(r, s);
	if (done && !r->finish && (r->why || !blank(r->said.s)))
		r->finish = "other";
	if (r->finish && r->why)
		r->finish = "refused";
	if (!r->finish || strcmp(r->finish, "pause") != 0)
		r->turn = NULL;
	r->text = r->said.s;
}
