/* check-submission: does a submission look as the task wants it?
 *	check-submission [-n] [-x NAME=FILE]... TASK.json DATADIR SUBMISSION.csv
 * Compares it row by row with the sample submission, else with the test file,
 * and prints {"valid", "finding", "rows"}.  Exits 1 if it is not valid, unless
 * -n says that no is an answer too.  -x: FILE is read for NAME in DATADIR.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

#define USAGE "[-n] [-x name=file]... task.json datadir submission.csv"
#define ROUNDING 1e-6   /* of a probability that sums of floats give */

static const size_t NONE = -1;
static int no_is_answer;
static const char *folder, **instead;   /* instead: of -x */

struct check {
	const cJSON *task;
	struct table *sub, *ref;        /* ref: sample or test, or null */
	const char *what;               /* ref is */
	int sample;                     /* ref is a sample */
	enum { NUMBER, LABEL, PROBABILITY, RANK } holds;
	size_t rows;
	char **name;                    /* of the columns of sub */
	struct labels **labels;         /* of each column, or null */
	size_t columns, id, ref_id;     /* where the id is in sub and in ref */
	int mixed;                      /* the ids are in another order */
};

/* A table of DATADIR, or what is read for it. */
static struct table *
table(const char *name)
{
	size_t n = strlen(name), i;

	for (i = 0; instead[i]; i++)
		if (starts(instead[i], name) && instead[i][n] == '=')
			return topen(instead[i] + n + 1, 0);
	return topen(format("%s/%s", folder, name), 0);
}

static void NORET
verdict(struct check *c, const char *finding)
{
	cJSON *j = cJSON_CreateObject();

	while (c->sub && !c->sub->packed && trow(c->sub))
		c->rows++;
	cJSON_AddBoolToObject(j, "valid", !finding);
	cJSON_AddItemToObject(j, "finding", finding
		? cJSON_CreateString(finding) : cJSON_CreateNull());
	cJSON_AddNumberToObject(j, "rows", c->rows);
	jput(j);
	exit(finding && !no_is_answer ? NO : YES);
}

static void
check_header(struct check *c, char **want, size_t n, int more)
{
	size_t i;

	for (i = 0; i < n && i < c->columns; i++)
		if (!same_name(c->name[i], want[i]))
			verdict(c, format("column %zu is %s, not %s", i + 1,
			                  in_quotes(c->name[i]), in_quotes(want[i])));
	if (c->columns < n)
		verdict(c, format("column %s is missing", in_quotes(want[i])));
	if (c->columns > n && !more)
		verdict(c, format("column %s is too much", in_quotes(c->name[i])));
}

/* Without a sample: the id if the test file has one, and the targets; but the
 * columns of several classes' probabilities, or of ranks, may have any names. */
static void
header_by_task(struct check *c)
{
	const cJSON *target, *list = jat(c->task, "/target");
	char **want = need(calloc(1 + cJSON_GetArraySize(list), sizeof *want));
	size_t n = 0, id = c->ref_id != NONE;

	if (id)
		want[n++] = (char *)jstr(c->task, "/id");
	cJSON_ArrayForEach(target, list)
		want[n++] = need(cJSON_GetStringValue(target));
	if (c->holds >= PROBABILITY && c->columns > n)
		check_header(c, want, id, 1);
	else
		check_header(c, want, n, 0);
}

/* The next row of the sample; if that is damaged, no submission is to blame. */
static int
ref_row(struct check *c)
{
	int more = trow(c->ref);

	if (c->ref->problem)
		die(BAD, "read %s: %s; store it again", c->ref->name, c->ref->problem);
	return more;
}

static void
headers(struct check *c)
{
	const char *id = jopt(c->task, "/id");
	char **want;

	if (!trow(c->sub))
		verdict(c, c->sub->problem ? c->sub->problem : "it is empty");
	c->columns = c->sub->n;
	c->name = field_names(c->sub);
	c->id = position(c->name, c->columns, id, 0);
	c->ref_id = NONE;
	if (!c->ref)
		return;
	if (!ref_row(c))
		verdict(c, format("%s is empty", c->what));
	want = field_names(c->ref);
	c->ref_id = position(want, c->ref->n, id, 0);
	if (c->sample && c->columns > 1 && c->sub->delimiter != c->ref->delimiter)
		verdict(c, format("its columns are parted by '%c', the sample's"
		        " by '%c'", c->sub->delimiter, c->ref->delimiter));
	if (c->sample)
		check_header(c, want, c->ref->n, 0);
	else
		header_by_task(c);
}

/* Of classes, those that the training table has are all there are. */
static void
know_labels(struct check *c)
{
	const char *train = jopt(c->task, "/train");
	const char *problem = jopt(c->task, "/problem");
	const char *metric = jopt(c->task, "/metric");
	const cJSON *list = jat(c->task, "/target"), *target;
	struct metric m;
	size_t i;

	c->labels = need(calloc(c->columns + 1, sizeof *c->labels));
	if (c->holds != LABEL || !train || strstr(train, ".json") || !problem
	    || (strcmp(problem, "binary") && strcmp(problem, "multiclass")))
		return;
	if (metric && find_metric(metric, &m) && strcmp(m.holds, "label"))
		return;
	cJSON_ArrayForEach(target, list) {
		i = position(c->name, c->columns,
		             cJSON_GetStringValue(target), 0);
		if (i == NONE && cJSON_GetArraySize(list) == 1
		    && c->columns - (c->id != NONE) == 1)
			i = c->id == 0;
		if (i != NONE)
			c->labels[i] = read_labels(table(train),
			                           target->valuestring);
	}
}

static void
value(struct check *c, size_t i)
{
	const char *s = c->sub->field[i], *known;
	int number = c->holds == NUMBER || c->holds == PROBABILITY, k;
	double v;

	if (c->sample && c->holds != RANK && i < c->ref->n)
		number = numeric(c->ref->field[i], &v) > 0;
	number &= !c->labels[i];
	k = number ? numeric(s, &v) : 1;
	if (blank(s) || !strcasecmp(s, "nan"))
		verdict(c, format("row %zu: %s is %s", c->rows,
		        in_quotes(c->name[i]), blank(s) ? "empty" : "NaN"));
	if (k != 1 && k != 2)
		verdict(c, format("row %zu: %s is %s, not a %s", c->rows,
		        in_quotes(c->name[i]), in_quotes(s),
		        k ? "finite number" : "number"));
	if (number && c->holds == PROBABILITY
	    && (v < -ROUNDING || v > 1 + ROUNDING))
		verdict(c, format("row %zu: %s is %s, not a probability from 0"
		        " to 1", c->rows, in_quotes(c->name[i]), in_quotes(s)));
	if (c->labels[i] && (known = labels_lack(c->labels[i], s)))
		verdict(c, format("row %zu: %s is %s, which is no label of the"
		        " training table; it has %s", c->rows,
		        in_quotes(c->name[i]), in_quotes(s), known));
}

/* How the ids differ, if there are any, in words that end a finding; null: in
 * their order alone. */
static const char *
differ(struct check *c)
{
	if (c->id == NONE || c->ref_id == NONE || !c->rows)
		return "";
	return ids_differ(c->sub->name, c->id, c->ref->name, c->ref_id, c->what);
}

/* Rows belong together by their ids, in whatever order. */
static void
check_id(struct check *c)
{
	const char *s = c->sub->field[c->id];
	const char *t = c->ref_id < c->ref->n ? c->ref->field[c->ref_id] : "";
	const char *why;

	if (c->mixed || same_text(s, t))
		return;
	if ((c->mixed = !(why = differ(c))))
		return;
	verdict(c, format("row %zu: %s is %s, %s has %s%s", c->rows,
	        in_quotes(c->name[c->id]), in_quotes(s), c->what, in_quotes(t),
	        why));
}

static void
rows(struct check *c)
{
	size_t i;

	while (trow(c->sub)) {
		c->rows++;
		if (c->sub->problem)
			break;
		if (c->ref && !ref_row(c))
			verdict(c, format("it has more rows than the %zu of %s%s",
			                  c->rows - 1, c->what, differ(c)));
		if (c->sub->n != c->columns)
			verdict(c, format("row %zu has %zu fields, the header %zu",
			                  c->rows, c->sub->n, c->columns));
		if (c->id != NONE && c->ref && c->ref_id != NONE)
			check_id(c);
		for (i = 0; i < c->columns; i++)
			if (i != c->id)
				value(c, i);
	}
	if (c->sub->problem)
		verdict(c, c->sub->problem);
	for (i = c->rows; c->ref && ref_row(c); i++)
		;
	if (i > c->rows)
		verdict(c, format("it has %zu rows, %s %zu%s", c->rows, c->what,
		                  i, differ(c)));
	if (!c->rows)
		verdict(c, "it has no rows");
}

static int
holds(const cJSON *task)
{
	static const char *const words[] = {"number", "label", "probability",
	                                    "rank"};
	const char *labels = jopt(task, "/labels");
	int i;

	for (i = RANK; i > NUMBER; i--)
		if (labels && !strcmp(labels, words[i]))
			break;
	return i;
}

int
main(int argc, char **argv)
{
	struct check c = { .what = "the sample" };
	const char *ref;
	size_t n = 0;
	int o;

	instead = need(calloc(argc + 1, sizeof *instead));
	while ((o = getopt(argc, argv, "nx:")) != -1)
		switch (o) {
		case 'n': no_is_answer = 1; break;
		case 'x': instead[n++] = optarg; break;
		default:  optind = argc;
		}
	if (argc - optind != 3)
		usage(USAGE);
	argv += optind;
	c.task = jload(argv[0]);
	c.holds = holds(c.task);
	folder = argv[1];
	if (access(argv[2], F_OK) < 0)
		verdict(&c, "there is none: the script did not write it");
	c.sample = (ref = jopt(c.task, "/sample")) != NULL;
	if (!ref && (ref = jopt(c.task, "/test")))
		c.what = "the test file";
	if (ref)
		c.ref = table(ref);
	c.sub = topen(argv[2], 0);
	if (c.sub->packed)
		verdict(&c, "it is compressed: it has to be plain CSV");
	headers(&c);
	know_labels(&c);
	rows(&c);
	verdict(&c, NULL);
}
