/* stamp LIST [WORD...]: prints a word that is another one once LIST, or a file
 * that is named in it or by a WORD, was changed, replaced, removed or put there,
 * or a WORD is another.
 *
 * It goes by the number, the size and the times of each file: that of its last
 * change, too, which nobody can set.  LIST has a name a line.
 */
#include <sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

static SHA2_CTX sum;

static void
look(const char *name)
{
	struct stat st;
	int64_t v[6] = {0};

	if (stat(name, &st) == 0) {
		v[0] = st.st_ino;
		v[1] = st.st_size;
		v[2] = st.st_mtim.tv_sec;
		v[3] = st.st_mtim.tv_nsec;
		v[4] = st.st_ctim.tv_sec;
		v[5] = st.st_ctim.tv_nsec;
	}
	SHA256Update(&sum, (uint8_t *)v, sizeof v);
}

int
main(int argc, char **argv)
{
	char hex[SHA256_DIGEST_STRING_LENGTH], *s, *name;
	size_t n;

	if (getopt(argc, argv, "") != -1 || optind == argc)
		usage("list [word...]");
	SHA256Init(&sum);
	s = slurp(argv[optind], &n);
	for (argv += optind; *argv; argv++) {
		SHA256Update(&sum, (uint8_t *)*argv, strlen(*argv) + 1);
		look(*argv);
	}
	while ((name = strsep(&s, "\n")))
		look(name);
	puts(SHA256End(&sum, hex));
	finish();
	return YES;
}
