/* sample: some rows of a training table that has too many.
 *	sample -n ROWS [-s SEED] TASK.json DATA.json DATADIR
 * Prints the header and ROWS rows in their order, the bytes as they are in the
 * file and compressed if that is; nothing if there are no more than ROWS.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/lib.h"

static gzFile out;

static void
print(const char *s, size_t n)
{
	if (n && gzwrite(out, s, n) != (int)n)
		die(SICK, "write stdout:");
}

/* From 0 to below 1: splitmix64. */
static double
uniform(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return ((z ^ z >> 31) >> 11) * 0x1p-53;
}

static const cJSON *
table(const cJSON *data, const char *path)
{
	const cJSON *f;

	cJSON_ArrayForEach(f, jat(data, "/files"))
		if (!strcmp(jstr(f, "/path"), path) && jat(f, "/rows"))
			return f;
	die(BAD, "read %s: it has no table %s", data->string, path);
}

/* Knuth's selection sampling: each row with the chance wanted / left. */
static void
select_rows(struct table *t, double wanted, double left, uint64_t seed)
{
	for (; wanted > 0 && trow(t); left--)
		if (uniform(&seed) * left < wanted) {
			print(t->raw, t->rawn);
			wanted--;
		}
	if (wanted > 0)
		die(BAD, "read %s: it has fewer rows than it had", t->name);
}

static uint64_t
count(const char *s)
{
	char *end;
	uint64_t n = strtoull(s, &end, 10);

	if (*end || end == s || *s == '-')
		die(BAD, "read '%s': it is no count", s);
	return n;
}

int
main(int argc, char **argv)
{
	uint64_t rows = 0, seed = 1;
	const char *train;
	const cJSON *file;
	struct table *t;
	int c, lines;

	while ((c = getopt(argc, argv, "n:s:")) != -1)
		switch (c) {
		case 'n': rows = count(optarg); break;
		case 's': seed = count(optarg); break;
		default: optind = argc;
		}
	if (argc - optind != 3)
		usage("-n ROWS [-s SEED] TASK.json DATA.json DATADIR");
	argv += optind;
	train = jopt(jload(argv[0]), "/train");
	if (!train || !rows)
		return YES;
	file = table(jload(argv[1]), train);
	if (jnum(file, "/rows") <= rows)
		return YES;
	lines = !strcmp(jstr(file, "/format"), "jsonl");
	t = topen(format("%s/%s", argv[2], train), lines);
	out = need(gzdopen(STDOUT_FILENO, t->packed ? "wb" : "wbT"));
	print("\xef\xbb\xbf", 3 * t->bom);
	if (!lines && trow(t))
		print(t->raw, t->rawn);
	select_rows(t, rows, jnum(file, "/rows"), seed);
	if (gzclose(out) != Z_OK)
		die(SICK, "write stdout:");
	return YES;
}
