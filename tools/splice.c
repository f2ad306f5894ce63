/* splice SCRIPT BLOCK NEW prints the script with the lines of the block, which
 * must occur once in it, replaced by those of the new one.  Blanks at the ends
 * of lines and a common indentation do not matter.  Status 1, and the reason,
 * if that cannot be done.
 */
#include <unistd.h>

#include "lib/lib.h"

static char *
load(const char *name)
{
	size_t n;
	char *s = slurp(name, &n);

	return clean(s, n);
}

int
main(int argc, char **argv)
{
	char *script, *block, *with, *result, *why;

	if (getopt(argc, argv, "") != -1 || argc - optind != 3)
		usage("SCRIPT BLOCK NEW");
	argv += optind;

	script = load(argv[0]);
	block = load(argv[1]);
	with = load(argv[2]);

	result = splice_code(script, block, with, &why);
	if (!result)
		die(NO, "replace %s in %s: %s", argv[1], argv[0], why);

	fputs(result, stdout);
	finish();
	return YES;
}
