/* explain FILE: tells of a file in a run what made it, from what, when and by
 * which model calls, what it says, what depends on it, and why it is or is not
 * up to date.
 *
 * Exits 1 if FILE is none of a run's.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"
#include "see/see.h"

static struct graph g;
static struct node *made;
static size_t nmade;
static const char *path, *name; /* from the top folder; in the run */

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

/* What a tool does, as its manual page has it in a line. */
static char *
does(const char *tool)
{
	char *page = format("%s/%s.1", tool_folder(), tool), *s;

	if (strchr(tool, '/') || access(page, R_OK) < 0
	    || !(s = strstr(slurp_clean(page), "\n.Nd ")))
		return format("%s", tool);
	return format("%s: %.*s", tool, (int)strcspn(s + 5, "\n"), s + 5);
}

static void
tell_tries(const char *file)
{
	char *tries = format("%s.try/", stem(file)), *try;
	struct gist r;
	int i;

	for (i = 1; ends(file, ".json"); i++) {
		try = format("%s%d.json", tries, i);
		if (access(in_run(g.run, try), R_OK) < 0)
			break;
		r = gist_of(in_run(g.run, try));
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
		say_content(g.run, name);
	say_edit(g.run, name);
	say_making(find_node(made, nmade, name));
	say("by", "%s", does(s->tool));
	say("command", "%s", s->command);
	say_inputs(&g, s);
	tell_tries(name);
	say_calls(g.run, name);
	say_followers(&g, name);
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
	say_making(find_node(made, nmade, name));
	say_edit(g.run, name);
	say_followers(&g, name);
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
	if (n && access(in_run(g.run, name), R_OK) == 0)
		say_content(g.run, name);
	say_edit(g.run, name);
	say_making(find_node(made, nmade, name));
	if (n) {
		say("by", "%s", does(n->tool));
		say("command", "%s", n->command);
	}
	say_calls(g.run, name);
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
		{".still", "what to say while nothing changed, and a stamp of all"},
		{".still.files", "of which files that stamp is"},
		{".said", "what the last making complained of"},
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
	say_calls(g.run, target);
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
		say_content(g.run, name);
		say_edit(g.run, name);
		say_making(find_node(made, nmade, name));
		say("command", "%s", find_node(made, nmade, name)->command);
		say_calls(g.run, name);
	} else if (there)
		say_first("made by a person: no step makes it or reads it");
	else if (!strcmp(name, "report.html") || !strcmp(name, "graph.svg"))
		say_first("not made yet: %s", kept());
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
	made = nodes(g.run, &nmade);
	tell();
	finish();
	return YES;
}
