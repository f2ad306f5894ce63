/* explain FILE: tells of a file in a run what made it, from what, when and by
 * which model calls, what it says, what depends on it, and why it is or is not
 * up to date.
 *
 * Exits 1 if FILE is none of a run's.
 */
#include <math.h>
#include <sha2.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

enum { MANY = 12, LINE = 200 };

static struct graph g;
static struct node *made;
static size_t nmade;
static const char *path, *name; /* from the top folder; in the run */

static void
say(const char *what, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	s[strcspn(s, "\n")] = 0;
	printf("  %-8s %s\n", what, shown(s));
}

static void
say_first(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	printf("%s: %s\n", shown(path), shown(s));
}

static char *
at(const char *file)
{
	return format("%s/%s", g.run, file);
}

/* What a tool does, as its manual page has it in a line. */
static char *
does(const char *tool)
{
	char *page = format("tools/%s.1", tool), *s;

	if (strchr(tool, '/') || access(page, R_OK) < 0
	    || !(s = strstr(slurp_clean(page), "\n.Nd ")))
		return format("%s", tool);
	return format("%s: %.*s", tool, (int)strcspn(s + 5, "\n"), s + 5);
}

static void
tell_content(const char *file)
{
	struct gist r = gist_of(at(file));
	struct text t = {0};
	char *s;

	if (r.status && isnan(r.score)) {
		say("says", "%s: %s", r.status, r.reason ? r.reason : "");
	} else if (r.status) {
		addf(&t, "%s, %s %.6g", r.status, metric_of(g.run), r.score);
		if (!isnan(r.se))
			addf(&t, " +- %.2g", r.se);
		if (!isnan(r.printed) && r.printed != r.score)
			addf(&t, "; its script printed %.6g", r.printed);
		if (r.attempts > 1)
			addf(&t, "; try %d", r.attempts);
		if (r.name && ends(file, "best.json"))
			addf(&t, "; the script of %s", r.name);
		say("says", "%s", t.s);
	} else if (*(s = gist_line(at(file))))
		say("says", "%s", shortened(s, LINE));
	if (r.suspect)
		say("suspect", "%s", r.suspect);
}

/* The hash of what keep wrote stands at the end of its .cmd. */
static void
tell_edit(const char *file)
{
	char *cmd = beside(at(file), ".", ".cmd"), hex[SHA256_DIGEST_STRING_LENGTH];
	char *s;

	if (access(at(file), R_OK) < 0 || access(cmd, R_OK) < 0
	    || !SHA256File(at(file), hex))
		return;
	s = strrchr(slurp_clean(cmd), '#');
	if (s && strncmp(s + 2, hex, strcspn(s + 2, "\n")))
		say("edited", "by a person, after it was made");
}

static void
tell_making(const char *file)
{
	struct node *n = find_node(made, nmade, file);

	if (!n)
		return;
	say(n->status ? n->status == LATE ? "put off" : "failed" : "made",
	    "%s, in %.3g s%s%s", n->ended, n->seconds, n->times > 1
	    ? format("; it was made %d times", n->times) : "",
	    n->status && n->status != LATE
	    ? format("; the tool's exit status was %d", n->status) : "");
}

static void
tell_call(const cJSON *c, void *arg)
{
	const char **wanted = arg, *target = jopt(c, "/target");
	struct text t = {0};

	if (!target || !jopt(c, "/stage") || !jopt(c, "/model")
	    || (strcmp(target, wanted[0])
	        && !(wanted[1] && starts(target, wanted[1]))))
		return;
	addf(&t, "%s", jopt(c, "/chat") ? at(jopt(c, "/chat")) : "no reply");
	if (jopt(c, "/trouble"))
		addf(&t, " (%s)", jopt(c, "/trouble"));
	addf(&t, ": %s by %s", jopt(c, "/stage"), jopt(c, "/model"));
	if (!isnan(jval(c, "/tokens/in") + jval(c, "/tokens/out")))
		addf(&t, ", %.0f tokens in, %.0f out", jval(c, "/tokens/in"),
		     jval(c, "/tokens/out"));
	if (isnan(jval(c, "/cost")))
		add(&t, ", price unknown");
	else
		addf(&t, ", %.4g USD", jval(c, "/cost"));
	if (jval(c, "/tries") > 1)
		addf(&t, ", %.0f tries", jval(c, "/tries"));
	if (!isnan(jval(c, "/seconds")))
		addf(&t, ", %.3g s", jval(c, "/seconds"));
	say("call", "%s", t.s);
}

/* The calls for FILE, or for those of its tries. */
static void
tell_calls(const char *file)
{
	char *tries = ends(file, ".json") && !strstr(file, ".try/")
	            ? format("%s.try/", stem(file)) : NULL;
	const char *target[] = {file, tries};
	long from = 0;

	each_call(g.run, &from, tell_call, target);
}

/* What is to be said of an input, or null if it is as it was. */
static const char *
news(const struct step *s, const char *input, const struct step *p)
{
	struct stat st;

	if (p && p->why)
		return p->copied && p->which ? format("%s changed", p->which)
		       : why_words(p);
	if (stat(starts(input, "../") ? format("%s/%s", g.run, input)
	         : at(input), &st) < 0)
		return "not there";
	return s->known && later(st.st_mtim, s->began) ? "changed since" : NULL;
}

/* A line for each that is not as it was, and one for all others. */
static void
tell_inputs(const struct step *s)
{
	struct text rest = {0};
	const char *word, *what = "from";
	size_t i, n = 0, more = 0;

	for (i = 0; i < s->n; i++) {
		word = news(s, s->input[i], find_step(&g, s->input[i]));
		if (word && n++ < MANY) {
			say(what, "%s  (%s)", s->input[i], word);
			what = "";
		} else if (rest.n < LINE)
			addf(&rest, "%s%s", rest.n ? ", " : "", s->input[i]);
		else
			more++;
	}
	if (rest.n)
		say(what, "%s%s", rest.s, more ? format(" and %zu more", more)
		    : "");
}

static void
tell_followers(const char *file)
{
	struct step *s;
	size_t i, n = 0;
	struct text t = {0};

	for (s = g.v; s < g.v + g.n; s++)
		for (i = 0; i < s->n; i++)
			if (!strcmp(s->input[i], file) && ++n <= 6)
				addf(&t, "%s%s", n > 1 ? ", " : "", s->name);
	if (n > 6)
		addf(&t, " and %zu more", n - 6);
	if (n)
		say("for", "%s", t.s);
}

static void
tell_tries(const char *file)
{
	char *tries = format("%s.try/", stem(file)), *try;
	struct gist r;
	int i;

	for (i = 1; ends(file, ".json"); i++) {
		try = format("%s%d.json", tries, i);
		if (access(at(try), R_OK) < 0)
			break;
		r = gist_of(at(try));
		say(i > 1 ? "" : "tries", "%s  %s%s%s", try, r.status
		    ? r.status : "?", r.reason ? ": " : "",
		    r.reason ? r.reason : "");
	}
}

static void
tell_step(const struct step *s)
{
	static const char *const then[] = {"", ": it is made again if that"
		" changes"};

	say_first("%s%s%s%s", is_busy(busy(g.run), name) ? "being made now; " : "",
	          s->why >= LOOSE && s->why != MISSING ? "stale: " : "",
	          why_words(s), then[s->why == WAITS]);
	if (s->there)
		tell_content(name);
	tell_edit(name);
	tell_making(name);
	say("by", "%s", does(s->tool));
	say("command", "%s", s->command);
	tell_inputs(s);
	tell_tries(name);
	tell_calls(name);
	tell_followers(name);
}

static void
tell_copy(const struct step *s)
{
	if (starts(s->command, "list "))
		say_first("the list of the files in data/, which make compares;"
		          " %s", why_words(s));
	else
		say_first("a copy of %s, which a person writes; %s",
		       s->n ? s->input[0] : "?", s->why == EDITED
		       ? "that has changed since" : why_words(s));
	tell_making(name);
	tell_edit(name);
	tell_followers(name);
}

/* A file of a try is made by the evaluation whose name its folder has. */
static void
tell_try(char *slash)
{
	char *owner = format("%.*s.json", (int)(slash - name), name);
	struct node *n = find_node(made, nmade, name);
	struct step *s = find_step(&g, owner);

	say_first("%s of %s (%s)", n ? "a try" : "left by a try",
	       owner, s ? why_words(s) : "not asked for now");
	if (n && access(at(name), R_OK) == 0)
		tell_content(name);
	tell_edit(name);
	tell_making(name);
	if (n) {
		say("by", "%s", does(n->tool));
		say("command", "%s", n->command);
	}
	tell_calls(name);
	say("for", "%s", owner);
}

/* What the run's own tools keep there. */
static const char *
kept(void)
{
	static const char *const file[][2] = {
		{"log", "a line for each command that ended"},
		{"ledger.jsonl", "a line for each model call"},
		{"settings.mk", "the settings that the run was given"},
		{".lock", "held while make works"},
		{".gate", "where calls wait for each other"},
		{"graph.svg", "a picture of the run's files, by make graph"},
		{"report.html", "the report, by make report"},
		{"pins", "the files that are not to be made again"}};
	const char *base = strrchr(name, '/');
	size_t i, n;

	for (i = 0; i < sizeof file / sizeof *file; i++)
		if (!strcmp(name, file[i][0]))
			return file[i][1];
	if (starts(name, "scratch/"))
		return "in a script's working folder";
	base = base ? base + 1 : name;
	n = base - name;
	if (*base == '.' && (ends(base, ".cmd") || ends(base, ".used")))
		return format("make's notes about %.*s%.*s: the command that made"
		    " it, or the tries that it took", (int)n, name,
		    (int)(strrchr(base, '.') - base - 1), base + 1);
	if (ends(name, "~"))
		return "what a person had edited, before it was made again";
	return NULL;
}

static void
tell_chat(void)
{
	char *target = format("%s", name + strlen("chat/"));
	char *dot = strstr(target, ".json");

	dot = dot ? target + strlen(target) - strlen(".json") : NULL;
	while (dot && dot > target && *--dot != '.')
		;
	if (dot)
		*dot = 0;
	say_first("request and reply of a model call for %s", target);
	tell_calls(target);
	if (find_step(&g, target))
		say("for", "%s", target);
}

static void
tell(void)
{
	struct step *s = find_step(&g, name);
	char *try = strstr(name, ".try/");
	int there = access(path, F_OK) == 0;

	if (s && s->copied)
		tell_copy(s);
	else if (s)
		tell_step(s);
	else if (there && try)
		tell_try(try);
	else if (there && starts(name, "chat/"))
		tell_chat();
	else if (there && kept())
		say_first("%s", kept());
	else if (there && find_node(made, nmade, name)) {
		say_first("made before, but not asked for by the settings of"
		          " now");
		tell_content(name);
		tell_edit(name);
		tell_making(name);
		say("command", "%s", find_node(made, nmade, name)->command);
		tell_calls(name);
	} else if (there)
		say_first("made by a person: no step makes it or reads it");
	else
		die(NO, "find %s: it is not there, and no step makes it", path);
}

int
main(int argc, char **argv)
{
	char task[256], run[256];
	struct stat st;
	int n = 0;

	if (argc != 2 || *argv[1] == '-')
		usage("file");
	path = from_top(argv[1]);
	sscanf(path, "work/%255[^/]/%255[^/]/%n", task, run, &n);
	if (n && (!strcmp(run, "data") || !strcmp(run, "models")))
		n = 0;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		die(BAD, "explain %s: it is a folder; name a file in it", path);
	if (!n || access(format("work/%s/%s", task, run), F_OK) < 0)
		die(NO, "find %s: it is no file of a run, work/TASK/RUN/FILE%s",
		    path, access(path, F_OK) == 0 ? "; a person wrote it" : "");
	name = path + n;
	g = graph(format("work/%s/%s", task, run));
	find_stale(&g);
	made = nodes(g.run, &nmade);
	tell();
	finish();
	return YES;
}
