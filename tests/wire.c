/* The wires at work, for tests/21-wire.t.
 *   wire parse WIRE BODY           what read_reply() makes of a body
 *   wire text WIRE BODY            its text alone
 *   wire body WIRE QUESTION        the URL and the body of a request
 *   wire trouble STATUS HEAD BODY  what trouble() makes of a reply
 *   wire refused FIELDS BODY       which of the fields a,b,.. an error is about
 *   wire hurt WIRE STEP BODY...    bodies cut at every STEP-th byte (0: at 50
 *                                  places), then with bytes replaced, left out
 *                                  and doubled: names those that are reported
 *                                  whole and are not, or kill it
 * Names of files; documents on one line.  Nothing is freed: hurt has children.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "net/net.h"

enum { NOISE = 20 };

static const char *const names[] = {"stream", "usage", "temperature", "effort",
    "schema", "max", "web", "cache", "store", "old_max"};

static void
put_string(cJSON *j, const char *name, const char *s)
{
	if (s)
		attach(j, name, cJSON_CreateString(s));
}

static void
put_number(cJSON *j, const char *name, double x)
{
	if (!isnan(x))
		attach(j, name, cJSON_CreateNumber(x));
}

static char *
report(const struct reply *r)
{
	cJSON *j = need(cJSON_CreateObject());

	put_string(j, "text", r->text);
	put_string(j, "finish", r->finish);
	put_string(j, "why", r->why);
	put_string(j, "error", r->error);
	put_string(j, "model", r->model);
	put_number(j, "in", r->in);
	put_number(j, "cached", r->cached);
	put_number(j, "out", r->out);
	put_number(j, "reasoning", r->reasoning);
	put_number(j, "cost", r->cost);
	if (r->sources->child)
		attach(j, "sources", r->sources);
	if (r->turn)
		attach(j, "turn", r->turn);
	return need(cJSON_PrintUnformatted(j));
}

static void
must(int truth, const char *what)
{
	if (!truth)
		die(NO, "%s", what);
}

/* What holds of every reply. */
static void
check(const struct reply *r)
{
	static const char known[] = " stop length refused pause other ";
	const cJSON *s;
	char *text = report(r);

	must(strcmp(clean(text, strlen(text)), text) == 0, "no UTF-8");
	must(!r->finish || strstr(known, r->finish), "an unknown finish");
	must(!r->why || !r->finish || !strcmp(r->finish, "refused"), "why");
	must(!r->fault == !r->error || !r->fault, "a fault without error");
	must(!r->error || (*r->error && !strpbrk(r->error, "\r\n\t\033")), "error");
	cJSON_ArrayForEach(s, r->sources)
		must(starts(jstr(s, "/url"), "http"), "a source");
	if (r->fault)
		trouble(200, "", r->fault);
}

static void
cuts(const struct wire *w, const char *body, size_t n, size_t step, size_t from,
     size_t to)
{
	struct reply all, r;
	char *part;

	read_reply(w, body, n, &all);
	check(&all);
	for (; from < to && from < n; from += step) {
		part = need(malloc(from + !from));      /* so that ASan sees its end */
		memcpy(part, body, from);
		read_reply(w, part, from, &r);
		free(part);
		check(&r);
		if (r.finish && !r.error && (!all.finish
		    || strcmp(r.finish, all.finish) || strcmp(r.text, all.text)))
			die(NO, "cut at %zu taken for whole: %s", from, report(&r));
	}
}

static void
noise(const struct wire *w, const char *body, size_t n, size_t times)
{
	static const char odd[] = "\"\\{}[]:,0n\xff\x80\xed\r\n\x1b u";
	char *s = need(malloc(2 * n + 64));
	struct reply r;
	size_t i, m, at, len;

	for (; times--; ) {
		memcpy(s, body, m = n);
		for (i = random() % 8 + 1; i && m > 1; i--) {
			at = random() % m;
			len = random() % 32 + 1;
			len = len > m - at ? m - at : len;
			switch (random() % 4) {
			case 0:
				s[at] = odd[random() % sizeof odd];
				break;
			case 1:
				s[at] = random();
				break;
			case 2:
				memmove(s + at, s + at + len, m - at - len);
				m -= len;
				break;
			default:
				if (m + len > 2 * n + 64)
					break;
				memmove(s + at + len, s + at, m - at);
				m += len;
			}
		}
		read_reply(w, s, m, &r);
		check(&r);
	}
}

/* The exit status of a child; -1 in the child. */
static int
child(void)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		return -1;
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		die(SICK, "fork:");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* One file, in children that take 16 MB each or so. */
static void
hurt(const struct wire *w, size_t step, const char *file)
{
	size_t n, from, batch;
	char *s = slurp(file, &n);
	int status;

	step = step ? step : n / 50 + 1;
	batch = ((64 << 20) / (n + 1000) + 1) * step;
	for (from = 0; from < n + !n; from += batch) {
		status = child();
		if (status > 0)
			printf("%s\n", file);
		if (status >= 0)
			continue;
		srandom(from + n);
		cuts(w, s, n, step, from, from + batch);
		if (!from)
			noise(w, s, n, NOISE);
		_exit(0);
	}
}

static unsigned
fields(const char *list)
{
	unsigned f = 0;
	size_t i, n;

	for (; list && *list; list += n + !!list[n]) {
		n = strcspn(list, ",");
		for (i = 0; i < sizeof names / sizeof *names; i++)
			if (strlen(names[i]) == n && !strncmp(names[i], list, n))
				f |= 1u << i;
	}
	return f;
}

static double
number(const cJSON *j, const char *path, double otherwise)
{
	return jat(j, path) ? jnum(j, path) : otherwise;
}

static const char *
string(const cJSON *j, const char *path, const char *otherwise)
{
	const char *s = jopt(j, path);

	return s ? s : otherwise;
}

static void
request(const struct wire *w, const char *file)
{
	cJSON *j = jload(file);
	struct endpoint e = {
		.provider = string(j, "/provider", "server"),
		.model = string(j, "/model", "m"),
		.base = string(j, "/base", "http://h"), .wire = w
	};
	struct question q = {
		.system = jopt(j, "/system"), .prompt = jstr(j, "/prompt"),
		.fixed = number(j, "/fixed", 0), .schema = jat(j, "/schema"),
		.web = cJSON_IsTrue(jat(j, "/web")), .effort = jopt(j, "/effort"),
		.temperature = number(j, "/temperature", NAN),
		.most = number(j, "/most", 0), .turn = jat(j, "/turn"),
		.without = fields(jopt(j, "/without"))
	};

	printf("%s\n%s\n", w->url(&e, &q), cJSON_PrintUnformatted(w->body(&e, &q)));
}

static void
put_trouble(const char *status, const char *head, const char *body)
{
	size_t n;
	char *h = slurp(head, &n), *b = slurp(body, &n);
	struct trouble t = trouble(atol(status), h, b);
	cJSON *j = need(cJSON_CreateObject());

	put_string(j, "class", t.class);
	attach(j, "again", cJSON_CreateBool(t.again));
	put_number(j, "wait", round(t.wait * 1000) / 1000);
	put_string(j, "message", t.message);
	puts(cJSON_PrintUnformatted(j));
}

static void
put_refused(const char *sent, const char *body)
{
	size_t n, i;
	unsigned f = refused_field(slurp(body, &n), fields(sent));

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (f & 1u << i)
			puts(names[i]);
	if (!f)
		puts("none");
}

int
main(int argc, char **argv)
{
	const struct wire *w = argc > 2 ? wire(argv[2]) : NULL;
	const char *what = argc > 1 ? argv[1] : "";
	struct reply r;
	size_t n;
	char *s;

	if (argc == 5 && !strcmp(what, "trouble"))
		put_trouble(argv[2], argv[3], argv[4]);
	else if (argc == 4 && !strcmp(what, "refused"))
		put_refused(argv[2], argv[3]);
	else if (argc == 4 && w && !strcmp(what, "body"))
		request(w, argv[3]);
	else if (argc == 4 && w
	    && (!strcmp(what, "parse") || !strcmp(what, "text"))) {
		s = slurp(argv[3], &n);
		read_reply(w, s, n, &r);
		check(&r);
		printf(*what == 't' ? "%s" : "%s\n",
		    *what == 't' ? r.text : report(&r));
	} else if (argc > 4 && w && !strcmp(what, "hurt"))
		for (; argc > 4; argc--)
			hurt(w, atol(argv[3]), argv[argc - 1]);
	else
		usage("parse|text|body|trouble|refused|hurt ...");
	finish();
	return YES;
}
