/* extract [-c] [-m MARKER] [REPLY] prints the Python script that a model's
 * reply holds, extract -j [-c] [REPLY] its first JSON list or object.  REPLY
 * is a file, by default stdin; -c says that it was cut at the token limit.
 * Status 1, and the reason, if there is none.
 */
#include <unistd.h>

#include "lib/lib.h"

static const char *
any(cJSON *j, void *arg)
{
	(void)j;
	(void)arg;
	return NULL;
}

int
main(int argc, char **argv)
{
	const char *marker = NULL, *name;
	int c, cut = 0, json = 0;
	char *text, *code = NULL, *why;
	cJSON *j = NULL;
	size_t n;

	while ((c = getopt(argc, argv, "cjm:")) != -1)
		switch (c) {
		case 'c': cut = 1; break;
		case 'j': json = 1; break;
		case 'm': marker = optarg; break;
		default: usage("[-cj] [-m MARKER] [REPLY]");
		}
	if (argc - optind > 1)
		usage("[-cj] [-m MARKER] [REPLY]");
	name = argc > optind ? argv[optind] : "-";
	text = slurp(name, &n);
	text = clean(text, n);

	if (json)
		j = reply_json(text, cut, any, NULL, &why);
	else
		code = reply_code(text, cut, marker, &why);
	if (!j && !code)
		die(NO, "read %s: %s", name, why);

	if (j)
		jput(j);
	else
		fputs(code, stdout);
	finish();
	return YES;
}
