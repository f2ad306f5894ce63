/* check-submission: does a submission look as the task wants it?
 *	check-submission [-n] TASK.json DATADIR SUBMISSION.csv
 * Compares it row by row with the sample submission, else with the test file,
 * and prints {"valid", "finding", "rows"}.  Exits 1 if it is not valid, unless
 * -n says that no is an answer too.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/lib.h"

static const size_t NONE = -1;
static int no_is_answer;

struct check {
	const cJSON *task;
	struct table *sub, *ref;        /* ref: sample or test, or null */
	const char *what;               /* ref is */
	int sample, numbers;            /* ref is a sample; numbers are wanted */
	size_t rows;
	char **name;                    /* of the columns of sub */
	size_t columns, id, ref_id;     /* where the id is in sub and in ref */
};

static void
verdict(struct check *c, const char *finding)
{
	cJSON *j = cJSON_CreateObject();

	while (c->sub && trow(c->sub))
		c->rows++;
	cJSON_AddBoolToObject(j, "valid", !finding);
	cJSON_AddItemToObject(j, "finding", finding
		? cJSON_CreateString(finding) : cJSON_CreateNull());
	cJSON_AddNumberToObject(j, "rows", c->rows);
	jput(j);
	exit(finding && !no_is_answer ? NO : YES);
}

static const char *
quote(const char *s)
{
	return format("'%s'", utf8text(s, strlen(s), 40));
}

static size_t
position(char **list, size_t n, const char *name)
{
	size_t i;

	for (i = 0; name && i < n; i++)
		if (!strcmp(list[i], name))
			return i;
	return NONE;
}

static void
check_header(struct check *c, char **want, size_t n, int more)
{
	size_t i;

	for (i = 0; i < n && i < c->columns; i++)
		if (strcmp(c->name[i], want[i]))
			verdict(c, format("column %zu is %s, not %s", i + 1,
			                  quote(c->name[i]), quote(want[i])));
	if (c->columns < n)
		verdict(c, format("column %s is missing", quote(want[i])));
	if (c->columns > n && !more)
		verdict(c, format("column %s is too much", quote(c->name[i])));
}

/* Without a sample: the id if the test file has one, and the targets; but the
 * columns of several classes' probabilities may have any names. */
static void
header_by_task(struct check *c)
{
	const cJSON *target, *list = jat(c->task, "/target");
	const char *labels = jopt(c->task, "/labels");
	char **want = need(calloc(1 + cJSON_GetArraySize(list), sizeof *want));
	size_t n = 0, id = c->ref_id != NONE;

	if (id)
		want[n++] = (char *)jstr(c->task, "/id");
	cJSON_ArrayForEach(target, list)
		want[n++] = need(cJSON_GetStringValue(target));
	if (labels && !strcmp(labels, "probability") && c->columns > n)
		check_header(c, want, id, 1);
	else
		check_header(c, want, n, 0);
}

static void
headers(struct check *c)
{
	const char *id = jopt(c->task, "/id");
	size_t i;

	if (!trow(c->sub))
		verdict(c, c->sub->problem ? c->sub->problem : "it is empty");
	c->columns = c->sub->n;
	c->name = need(calloc(c->columns, sizeof *c->name));
	for (i = 0; i < c->columns; i++)
		c->name[i] = need(strdup(c->sub->field[i]));
	c->ref_id = NONE;
	if (c->ref && trow(c->ref))
		c->ref_id = position(c->ref->field, c->ref->n, id);
	if (c->sample && c->columns > 1 && c->sub->delimiter != c->ref->delimiter)
		verdict(c, format("its columns are parted by '%c', the sample's"
		        " by '%c'", c->sub->delimiter, c->ref->delimiter));
	if (c->sample)
		check_header(c, c->ref->field, c->ref->n, 0);
	else if (c->ref)
		header_by_task(c);
	c->id = position(c->name, c->columns, id);
}

/* Long integers differ where doubles cannot tell. */
static int
same(const char *a, const char *b)
{
	double x, y;

	return !strcmp(a, b) || ((strlen(a) < 16 || strlen(b) < 16)
	       && numeric(a, &x) && numeric(b, &y) && x == y);
}

static void
value(struct check *c, size_t i)
{
	const char *s = c->sub->field[i];
	int number = c->numbers, k;
	double v;

	if (c->sample && i < c->ref->n)
		number = numeric(c->ref->field[i], &v) > 0;
	k = number ? numeric(s, &v) : 1;
	if (blank(s) || !strcasecmp(s, "nan"))
		verdict(c, format("row %zu: %s is %s", c->rows,
		        quote(c->name[i]), blank(s) ? "empty" : "NaN"));
	if (k != 1 && k != 2)
		verdict(c, format("row %zu: %s is %s, not a %s", c->rows,
		        quote(c->name[i]), quote(s),
		        k ? "finite number" : "number"));
}

static void
rows(struct check *c)
{
	const char *s, *t;
	size_t i;

	while (trow(c->sub)) {
		c->rows++;
		if (c->sub->problem)
			break;
		if (c->ref && !trow(c->ref))
			verdict(c, format("it has more rows than the %zu of %s",
			                  c->rows - 1, c->what));
		if (c->sub->n != c->columns)
			verdict(c, format("row %zu has %zu fields, the header %zu",
			                  c->rows, c->sub->n, c->columns));
		if (c->id != NONE && c->ref_id < (c->ref ? c->ref->n : 0)) {
			s = c->sub->field[c->id];
			t = c->ref->field[c->ref_id];
			if (!same(s, t))
				verdict(c, format("row %zu: %s is %s, %s has %s",
				        c->rows, quote(c->name[c->id]),
				        quote(s), c->what, quote(t)));
		}
		for (i = 0; i < c->columns; i++)
			if (i != c->id)
				value(c, i);
	}
	if (c->sub->problem)
		verdict(c, c->sub->problem);
	for (i = c->rows; c->ref && trow(c->ref); i++)
		;
	if (i > c->rows)
		verdict(c, format("it has %zu rows, %s %zu", c->rows, c->what, i));
	if (!c->rows)
		verdict(c, "it has no rows");
}

int
main(int argc, char **argv)
{
	struct check c = { .what = "the sample" };
	const char *ref, *labels;
	int o;

	while ((o = getopt(argc, argv, "n")) != -1)
		switch (o) {
		case 'n': no_is_answer = 1; break;
		default:  usage("[-n] TASK.json DATADIR SUBMISSION.csv");
		}
	if (argc - optind != 3)
		usage("[-n] TASK.json DATADIR SUBMISSION.csv");
	argv += optind;
	c.task = jload(argv[0]);
	if (access(argv[2], F_OK) < 0)
		verdict(&c, "there is none: the script did not write it");
	c.sample = (ref = jopt(c.task, "/sample")) != NULL;
	if (!ref && (ref = jopt(c.task, "/test")))
		c.what = "the test file";
	if (ref)
		c.ref = topen(format("%s/%s", argv[1], ref), 0);
	c.sub = topen(argv[2], 0);
	labels = jopt(c.task, "/labels");
	c.numbers = !labels || strcmp(labels, "label");
	headers(&c);
	rows(&c);
	verdict(&c, NULL);
}
