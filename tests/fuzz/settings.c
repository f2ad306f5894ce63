/* What a person sets: no value runs a command, and one that is taken is
 * remembered as it is.  Slow, for make runs each time, and libFuzzer sees nothing
 * of it.  The first byte chooses the setting, and whether it is in the
 * environment.
 */
#include <fcntl.h>

#include "net/net.h"
#include "fuzz.h"

/* Whoever is run by a value leaves a file "pwned". */
static const char commands[] =
	"cd \"$DIR\" && unset MAKEFLAGS MFLAGS MAKELEVEL && rm -rf work/t/b got &&\n"
	"{ [ -d work ] || { mkdir -p work/t/a work/t/data &&\n"
	"	echo Predict y. >work/t/task.md && : >work/t/a/log; }; } || exit 9\n"
	"if [ -n \"$OUT\" ]; then export \"$KEY=$VALUE\"; set --; else set -- \"$KEY=$VALUE\"; fi\n"
	"if \"$TOOLS/mlestar\" fork TASK=t FROM=a RUN=b \"$@\"; then\n"
	"	make -s -f work/t/b/settings.mk --eval 'all:;@:$(file >got,$($(KEY)))' \\\n"
	"		KEY=\"$KEY\" all || exit 8\n"
	"	\"$TOOLS/mlestar\" -n TASK=t RUN=b >plan && { sh -n plan || exit 7; }\n"
	"else\n"
	"	said=1\n"
	"fi\n"
	"[ ! -e pwned ] || exit 6\n"
	"exit $said\n";

static const struct {
	const char *name, *before;
} key[] = {
	{"METRIC", ""}, {"TARGET", ""}, {"ID", ""}, {"SLURM_ARGS", ""},
	{"GPUS", ""}, {"GROUP_COLUMN", ""}, {"PYTHON", "/"}, {"MODEL", "exec:"},
	{"EXECUTOR", "exec:"}, {"SEARCH", ""}, {"DIRECTION", ""}, {"SEED", ""},
};
enum { KEYS = sizeof key / sizeof *key };

void
fuzz_settings(const char *data, size_t n)
{
	char *value, *got, *s, *p;
	unsigned char c;
	int status, null;

	if (n < 2)
		return;
	c = *data - 'A';
	value = format("%s%.*s", key[c % KEYS].before, (int)n - 1, data + 1);
	got = given("got", "", 0);
	*strrchr(got, '/') = 0;
	setenv("DIR", got, 1);
	setenv("TOOLS", tool_folder(), 1);
	setenv("KEY", key[c % KEYS].name, 1);
	setenv("VALUE", value, 1);
	setenv("OUT", c / KEYS % 2 ? "1" : "", 1);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	status = finished(start((char *[]){(char *)"sh", (char *)"-c",
	    (char *)commands, NULL}, null, null, null));
	must(status == YES || status == NO);
	if (status)
		return;
	s = slurp(format("%s/got", got), NULL);
	if (c / KEYS % 2 == 0)          /* there make reads $$ as a $ */
		for (p = value; (p = strstr(p, "$$")); p++)
			memmove(p, p + 1, strlen(p));
	value += strspn(value, " \t\r\f\v\n");
	must(!strcmp(s, format("%s\n", value)));
}
