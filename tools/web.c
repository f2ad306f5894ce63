/* web [-n RESULTS] SERVICE QUERY:
 * searches the web; prints a list of {"title", "url", "text"}, best first.
 * SERVICE: tavily brave exa serper searxng huggingface arxiv kaggle.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "net/net.h"

#define USAGE "[-n results] service query"

/* Some want to be asked at intervals: the processes of a run take turns, with
 * its folder as the lock. */
static void
take_turn(const char *service)
{
	double gap = !strcmp(service, "brave") ? 1.1
	           : !strcmp(service, "arxiv") ? 3 : 0;
	const char *run = getenv("KEEP_RUN");
	int fd;

	if (!run || !gap)
		return;
	fd = open(format("%s/in", run), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || flock(fd, LOCK_EX) < 0)
		return;                 /* then they ask again when refused */
	rest(gap);
}

static int
number(const char *s)
{
	char *end;
	long n = strtol(s, &end, 10);

	if (*end || end == s || n < 1 || n > 20)
		die(BAD, "read -n %s: it is no number from 1 to 20", s);
	return n;
}

int
main(int argc, char **argv)
{
	int c, n = 5;
	cJSON *list;

	while ((c = getopt(argc, argv, "n:")) != -1)
		if (c == 'n')
			n = number(optarg);
		else
			usage(USAGE);
	if (argc - optind != 2)
		usage(USAGE);
	take_turn(argv[optind]);
	list = web(argv[optind], argv[optind + 1], n);
	if (!cJSON_GetArraySize(list))
		return NO;
	jput(list);
	return YES;
}
