/* part: a part of the data that a script is shown, or measured by.
 *	part [-n ROWS] [-s SEED] train|test|sample|truth
 *	     ROWS.json TASK.json DATA.json DATADIR
 * Made of rows of the training table, which ROWS.json parts: train, at most ROWS
 * of those that are not held out; test and sample, in the shape of these files;
 * and truth.  Empty if the files themselves will do.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/lib.h"

static const cJSON *rows, *task, *data;
static const char *folder;
static const char *held;                /* null: the score is printed */
static uint64_t most, seed = 1;
static size_t row;                      /* how many were looked at */
static gzFile out;
static const char *eol = "\n";

static void
print(const char *s, size_t n)
{
	if (n && gzwrite(out, s, n) != (int)n)
		die(SICK, "write stdout:");
}

static void
put(struct text *line)
{
	print(line->s, line->n);
	print(eol, strlen(eol));
	line->n = 0;
}

/* A table of the task, its header read. */
static struct table *
table(const char *key)
{
	const char *name = jstr(task, key);
	int lines = !strcmp(jstr(table_in(data, name), "/format"), "jsonl");
	struct table *t = topen(format("%s/%s", folder, name), lines);

	if (!lines && !trow(t))
		die(BAD, "read %s: it is empty", t->name);
	return t;
}

/* From here on what is printed is compressed as t is; its head and its line ends
 * are t's. */
static void
shape(const struct table *t)
{
	size_t n = t->rawn;

	out = need(gzdopen(STDOUT_FILENO, t->packed ? "wb" : "wbT"));
	print("\xef\xbb\xbf", 3 * t->bom);
	print(t->raw, t->n ? n : 0);
	if (n && t->raw[n - 1] == '\r')
		eol = "\r";
	else if (n > 1 && t->raw[n - 2] == '\r' && t->raw[n - 1] == '\n')
		eol = "\r\n";
	else if (n && t->raw[n - 1] != '\n')
		print(eol, 1);
}

/* The next row of the training table that is held out, or is not. */
static int
next(struct table *t, char as)
{
	int more;

	while ((more = trow(t)) && (!held || held[row]))
		if (!held || held[row++] == as)
			return 1;
	if (held && (more || held[row]))
		die(BAD, "read %s: it has not the %zu rows of %s", t->name,
		    strlen(held), rows->string);
	return 0;
}

/* From 0 to below 1: splitmix64. */
static double
uniform(void)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return ((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* Knuth's selection sampling: each row with the chance wanted / left. */
static void
put_train(void)
{
	double left, wanted;
	struct table *t;

	if (!jopt(task, "/train"))
		return;
	left = held ? jnum(rows, "/fit")
	     : jnum(table_in(data, jstr(task, "/train")), "/rows");
	wanted = most && most < left ? most : left;
	if (!held && wanted == left)
		return;
	shape(t = table("/train"));
	for (; wanted > 0 && next(t, '0'); left--)
		if (uniform() * left < wanted) {
			print(t->raw, t->rawn);
			wanted--;
		}
	if (wanted > 0)
		die(BAD, "read %s: it has fewer rows than it had", t->name);
}

static int
is_latin(const char *key)
{
	return !strcmp(jstr(table_in(data, jstr(task, key)), "/encoding"),
	               "latin-1");
}

/* A field of the training table, none if the row is too short. */
static void
add_cell(struct text *line, const struct table *t, size_t i, int delimiter,
         int convert)
{
	char *s = i < t->n ? t->field[i] : (char *)"";
	size_t n = i < t->n ? t->len[i] : 0;

	if (convert)
		n = strlen(s = utf8text(s, n, -1));
	add_field(line, s, n, delimiter);
	if (convert)
		free(s);
}

/* The held out rows as the test file has its own. */
static void
put_test(void)
{
	struct table *t = table("/train"), *test = table("/test");
	size_t *at = positions(t, field_names(test), test->n), i;
	int convert = is_latin("/train") && !is_latin("/test");
	struct text line = {0};

	shape(test);
	while (next(t, '1')) {
		for (i = 0; i < test->n; i++)
			add_cell(&line, t, at[i], test->delimiter, convert);
		put(&line);
	}
}

/* Where the id is in t, or -1; an id that only the sample has counts its rows,
 * from *first on. */
static size_t
find_id(const struct table *t, long long *first)
{
	const char *id = jopt(task, "/id");
	size_t at = id ? position(field_names(t), t->n, id, 0) : (size_t)-1;
	struct table *sample;

	if (!id || at != (size_t)-1)
		return at;
	if (!jopt(task, "/sample"))
		die(BAD, "read %s: it has no column '%s'", t->name, id);
	sample = table("/sample");
	at = *positions(sample, (char **)&id, 1);
	if (!trow(sample) || at >= sample->n)
		die(BAD, "read %s: it has no rows", sample->name);
	*first = atoll(sample->field[at]);
	return -1;
}

static void
add_number(struct text *line, long long n, int delimiter)
{
	char *s = format("%lld", n);

	add_field(line, s, strlen(s), delimiter);
	free(s);
}

/* The sample's first row, with the id of each that is held out. */
static void
put_sample(void)
{
	struct table *t, *sample;
	char *id = (char *)jopt(task, "/id");
	size_t in_train, in_sample = -1, i;
	struct text line = {0};
	long long number = 0;
	int convert;

	if (!jopt(task, "/sample"))
		return;
	t = table("/train");
	sample = table("/sample");
	convert = is_latin("/train") && !is_latin("/sample");
	in_train = find_id(t, &number);
	if (id)
		in_sample = *positions(sample, &id, 1);
	shape(sample);
	if (!trow(sample))
		die(BAD, "read %s: it has no rows", sample->name);
	for (; next(t, '1'); number++) {
		for (i = 0; i < sample->n; i++)
			if (i == in_sample && in_train == (size_t)-1)
				add_number(&line, number, sample->delimiter);
			else if (i == in_sample)
				add_cell(&line, t, in_train, sample->delimiter,
				         convert);
			else
				add_cell(&line, sample, i, sample->delimiter, 0);
		put(&line);
	}
}

/* The id and the targets of what is held out. */
static void
put_truth(void)
{
	struct table *t = table("/train");
	const cJSON *list = jat(task, "/target"), *target;
	char **name = need(calloc(1 + cJSON_GetArraySize(list), sizeof *name));
	size_t *at, n = 0, id, i;
	struct text line = {0};
	long long number = 0;
	int counts;

	if ((id = find_id(t, &number)) != (size_t)-1)
		name[n++] = (char *)jopt(task, "/id");
	cJSON_ArrayForEach(target, list)
		name[n++] = need(cJSON_GetStringValue(target));
	at = positions(t, name, n);
	out = need(gzdopen(STDOUT_FILENO, "wbT"));
	counts = id == (size_t)-1 && jopt(task, "/id");
	if (counts)
		add_field(&line, jstr(task, "/id"), strlen(jstr(task, "/id")),
		          ',');
	for (i = 0; i < n; i++)
		add_field(&line, name[i], strlen(name[i]), ',');
	put(&line);
	for (; next(t, '1'); number++) {
		if (counts)
			add_number(&line, number, ',');
		for (i = 0; i < n; i++)
			add_cell(&line, t, at[i], ',', 1);
		put(&line);
	}
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

static const struct {
	const char *name;
	void (*put)(void);
	int measured;           /* it is empty where scores are printed */
} parts[] = {
	{"train", put_train, 0}, {"test", put_test, 1},
	{"sample", put_sample, 1}, {"truth", put_truth, 1},
};

int
main(int argc, char **argv)
{
	size_t i;
	int c;

	while ((c = getopt(argc, argv, "n:s:")) != -1)
		switch (c) {
		case 'n': most = count(optarg); break;
		case 's': seed = count(optarg); break;
		default: optind = argc;
		}
	argv += optind;
	for (i = 0; i < 4 && *argv && strcmp(*argv, parts[i].name); i++)
		;
	if (argc - optind != 5 || i == 4)
		usage("[-n rows] [-s seed] train|test|sample|truth"
		      " rows.json task.json data.json datadir");
	rows = jload(argv[1]);
	task = jload(argv[2]);
	data = jload(argv[3]);
	folder = argv[4];
	if (!strcmp(jstr(rows, "/score"), "measured"))
		held = jstr(rows, "/held");
	if (held || !parts[i].measured)
		parts[i].put();
	if (out && gzclose(out) != Z_OK)
		die(SICK, "write stdout:");
	return YES;
}
