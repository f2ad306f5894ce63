/* report RUN: writes RUN/report.html, what RUN has come to so far, as one page
 * that needs nothing else; prints its name.
 *
 * It is written beside and renamed.  The page's parts are in page/; its style
 * and script, report.css and report.js, lie where this tool does.
 */
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"
#include "page/page.h"

static char *tmp;

/* Only our script may run, and nothing may be fetched. */
static void
put_policy(const char *js)
{
	uint8_t sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX c;

	SHA256Init(&c);
	SHA256Update(&c, (const uint8_t *)js, strlen(js));
	SHA256Final(sum, &c);
	put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	    "'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; "
	    "script-src 'sha256-");
	put_base64(sum, sizeof sum);
	put("'\">\n");
}

static void
put_head(const char *css, const char *js)
{
	put("<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=\"utf-8\">\n");
	put_policy(js);
	put("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=color-scheme content=\"light dark\">\n<title>");
	esc(page.task);
	put(": report</title>\n<style>\n");
	put(css);
	put("</style>\n</head>\n<body>\n<header><h1>");
	esc(page.task);
	put("</h1><p>");
	esc(page.run);
	putf(", %s, as of %s</p></header>\n<main>\n", !page.final ? "not finished"
	     : page.early ? "ended early" : "finished", timestamp());
}

/* The panel, and what fills it. */
static void
put_foot(const char *js)
{
	put("</main>\n<footer><p>Made by <code>make report</code> from the files of "
	    "the run; nothing here is fetched from anywhere.</p></footer>\n"
	    "<noscript><p>The panels of the candidates need JavaScript; what they "
	    "show are the files of the run.</p></noscript>\n"
	    "<dialog id=panel aria-labelledby=panel-title><div class=head><h2 "
	    "id=panel-title></h2><nav><button id=before type=button "
	    "aria-label=\"The one before\">‹</button><button id=after type=button "
	    "aria-label=\"The next\">›</button><button id=close type=button "
	    "aria-label=\"Close\">✕</button></nav></div><div id=body></div>"
	    "</dialog>\n");
	put_panels();
	put("<script>");
	put(js);
	put("</script>\n</body>\n</html>\n");
}

static void
tidy(void)
{
	unlink(tmp);
}

int
main(int argc, char **argv)
{
	char *css, *js, *file;
	struct stat st;

	if (argc != 2 || *argv[1] == '-')
		usage("run");
	page.run = argv[1];
	if (stat(page.run, &st) < 0 || !S_ISDIR(st.st_mode)
	    || access(format("%s/log", page.run), F_OK) < 0)
		die(BAD, "read %s: nothing is made yet", page.run);
	css = slurp(format("%s/report.css", tool_folder()), NULL);
	js = slurp(format("%s/report.js", tool_folder()), NULL);
	file = format("%s/report.html", page.run);
	tmp = format("%s.tmp", file);
	collect();
	if (!(page.to = fopen(tmp, "we")))
		die(SICK, "write %s:", tmp);
	atexit(tidy);
	put_head(css, js);
	put_answer_part();
	put_chart();
	put_scores();
	put_tree();
	put_ablations();
	put_findings();
	put_models();
	put_spent();
	put_settings();
	put_foot(js);
	if (ferror(page.to) || fclose(page.to) || rename(tmp, file) < 0)
		die(SICK, "write %s:", file);
	puts(file);
	finish();
	return YES;
}
