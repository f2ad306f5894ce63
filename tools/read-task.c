/* read-task [-s SEED] PROMPT TASK DATA [KEY=VALUE...]: asks what TASK, a
 * description, wants to be predicted; prints the facts: metric, direction,
 * problem, target, id, train, test, sample, labels, and group or time where
 * rows are to be held out by them.
 *
 * DATA is what describe printed.  A KEY given goes before what the model says.
 */
#include <string.h>

#include "lib/lib.h"

enum { KEYS = 11, NEEDED = 9 };  /* the others are told where they are */
static const char *keys[KEYS] = {"metric", "direction", "problem", "target",
                                 "id", "train", "test", "sample", "labels",
                                 "group", "time"};

/* The metric in our words and its direction, as far as they are known. */
static void
settle_metric(cJSON *facts)
{
	const char *said = jopt(facts, "/metric");
	struct metric m;

	if (!said || !find_metric(said, &m))
		return;
	cJSON_DeleteItemFromObjectCaseSensitive(facts, "metric");
	cJSON_AddStringToObject(facts, "metric", m.name);
	cJSON_DeleteItemFromObjectCaseSensitive(facts, "direction");
	cJSON_AddStringToObject(facts, "direction", m.direction);
}

static const cJSON *
file_named(const cJSON *data, const char *path)
{
	const cJSON *f;

	cJSON_ArrayForEach(f, jat(data, "/files"))
		if (!strcmp(jstr(f, "/path"), path))
			return f;
	return NULL;
}

static int
has_column(const cJSON *table, const char *name)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, jat(table, "/columns")) {
		if (!strcmp(jstr(c, "/name"), name))
			return 1;
		if (jat(c, "/columns"))         /* a run of columns, summed up */
			return 1;
	}
	return 0;
}

static const cJSON *
column(const cJSON *table, const char *name)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, jat(table, "/columns"))
		if (!strcmp(jstr(c, "/name"), name) && !jat(c, "/columns"))
			return c;
	return NULL;
}

static const cJSON *
table_of(const cJSON *facts, const cJSON *data, const char *key)
{
	const char *name = jopt(facts, key);

	return name ? file_named(data, name) : NULL;
}

static int
is_target(const cJSON *facts, const char *name)
{
	const cJSON *t;

	cJSON_ArrayForEach(t, jat(facts, "/target"))
		if (cJSON_IsString(t) && !strcmp(t->valuestring, name))
			return 1;
	return 0;
}

/* Where only the sample has names for its rows, its first column is the id:
 * no column that is to be predicted tells all rows apart. */
static void
settle_id(cJSON *facts, const cJSON *data)
{
	const cJSON *sample = table_of(facts, data, "/sample");
	const cJSON *test = table_of(facts, data, "/test");
	const cJSON *c = jat(sample, "/columns/0"), *n = jat(c, "/distinct");
	double rows = sample ? jnum(sample, "/rows") : 0;
	const char *name;

	if (jopt(facts, "/id") || !test || rows < 2 || !jat(sample, "/columns/1")
	    || !(cJSON_IsString(n) || (n && n->valuedouble == rows)))
		return;
	name = jstr(c, "/name");
	if (is_target(facts, name) || has_column(test, name)
	    || column(table_of(facts, data, "/train"), name))
		return;
	cJSON_DeleteItemFromObjectCaseSensitive(facts, "id");
	cJSON_AddStringToObject(facts, "id", name);
}

/* What the sample submission asks for that the facts leave out, or null. */
static const char *
sample_wrong(const cJSON *facts, const cJSON *data)
{
	const cJSON *train = table_of(facts, data, "/train");
	const cJSON *test = table_of(facts, data, "/test");
	const cJSON *sample = table_of(facts, data, "/sample"), *c;
	const char *id = jopt(facts, "/id"), *name;

	if (id && test && !has_column(test, id)
	    && !(sample && has_column(sample, id))
	    && !(train && has_column(train, id)))
		return format("the id, %s, is no column of %s", id,
		              jstr(test, "/path"));
	if (!train || !test)
		return NULL;
	cJSON_ArrayForEach(c, jat(sample, "/columns")) {
		name = jstr(c, "/name");
		if ((!id || strcmp(name, id)) && column(train, name)
		    && !has_column(test, name) && !is_target(facts, name))
			return format("the sample, %s, asks for %s, too, which"
			              " is no target; say TARGET=column,column",
			              jstr(sample, "/path"), name);
	}
	return NULL;
}

/* Names as the table has them, which may have blanks round them. */
static void
settle_names(cJSON *facts, const cJSON *table)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(facts, "target");
	cJSON *id = cJSON_GetObjectItemCaseSensitive(facts, "id"), *name;
	const cJSON *c;

	cJSON_ArrayForEach(c, jat(table, "/columns")) {
		cJSON_ArrayForEach(name, list)
			if (cJSON_IsString(name)
			    && same_name(name->valuestring, jstr(c, "/name")))
				cJSON_SetValuestring(name, jstr(c, "/name"));
		if (cJSON_IsString(id)
		    && same_name(id->valuestring, jstr(c, "/name")))
			cJSON_SetValuestring(id, jstr(c, "/name"));
	}
}

static int
direction_ok(const cJSON *facts)
{
	const char *d = jopt(facts, "/direction");

	return d && (!strcmp(d, "lower") || !strcmp(d, "higher"));
}

/* What is wrong with the facts, or null.  The model is told so and asked
 * again; what is still wrong then is what the person is told. */
static const char *
wrong(cJSON *facts, const cJSON *data)
{
	static const char *tables[] = {"train", "test", "sample"};
	const char *name;
	const cJSON *target, *table;
	int i;

	if (!jopt(facts, "/metric"))
		return "it names no metric; say METRIC=name";
	if (!direction_ok(facts))
		return format("metric %s is not known here; say DIRECTION=lower"
		              " or DIRECTION=higher",
		              jopt(facts, "/metric"));
	for (i = 0; i < 3; i++)
		if ((name = jopt(facts, format("/%s", tables[i])))
		    && !file_named(data, name))
			return format("the %s table, %s, is not in the data",
			              tables[i], name);
	if (!(name = jopt(facts, "/train")))
		return sample_wrong(facts, data);
	table = file_named(data, name);
	if (cJSON_GetArraySize(jat(facts, "/target")) == 0)
		return format("no column of %s is known to be the target; say"
		              " TARGET=column", name);
	cJSON_ArrayForEach(target, jat(facts, "/target"))
		if (!cJSON_IsString(target)
		    || !has_column(table, target->valuestring))
			return format("the target, %s, is no column of"
			              " %s", target->valuestring
			              ? target->valuestring : "?", name);
	for (i = NEEDED; i < KEYS; i++)
		if (jopt(facts, format("/%s", keys[i]))
		    && !has_column(table, jopt(facts, format("/%s", keys[i]))))
			return format("the %s, %s, is no column of %s", keys[i],
			              jopt(facts, format("/%s", keys[i])), name);
	if (jopt(facts, "/group") && jopt(facts, "/time"))
		return "it names both a group and a time; one of them is null";
	return sample_wrong(facts, data);
}

struct known {
	cJSON *given;
	const cJSON *data;
	int told;               /* a reply held facts */
};

/* The facts with those the person gave over those the model found. */
static const char *
complaint(cJSON *facts, void *arg)
{
	struct known *k = arg;
	cJSON *fact;

	if (!cJSON_IsObject(facts))
		return "a JSON object is wanted";
	k->told = 1;
	if (cJSON_IsString(jat(facts, "/target")))
		cJSON_ReplaceItemInObjectCaseSensitive(facts, "target",
			cJSON_CreateStringArray((const char *[]){
			jstr(facts, "/target")}, 1));
	if (jat(k->given, "/group"))
		cJSON_DeleteItemFromObjectCaseSensitive(facts, "time");
	if (jat(k->given, "/time"))
		cJSON_DeleteItemFromObjectCaseSensitive(facts, "group");
	cJSON_ArrayForEach(fact, k->given) {
		cJSON_DeleteItemFromObjectCaseSensitive(facts, fact->string);
		cJSON_AddItemToObject(facts, fact->string,
		                      cJSON_Duplicate(fact, 1));
	}
	settle_metric(facts);
	settle_names(facts, table_of(facts, k->data, "/train"));
	settle_id(facts, k->data);
	return wrong(facts, k->data);
}

static cJSON *
given(char **argv)
{
	cJSON *facts = cJSON_CreateObject(), *list;
	char *value, *key;
	size_t i;

	for (; *argv; argv++) {
		if (!(value = strchr(*argv, '=')))
			die(BAD, "read %s: it is not KEY=VALUE", *argv);
		key = format("%.*s", (int)(value++ - *argv), *argv);
		for (i = 0; i < KEYS && strcmp(key, keys[i]); i++)
			;
		if (i == KEYS)
			die(BAD, "read %s: there is no such fact", *argv);
		if (strcmp(key, "target")) {
			cJSON_AddStringToObject(facts, key, value);
			continue;
		}
		list = cJSON_AddArrayToObject(facts, key);
		for (value = strtok(value, ","); value; value = strtok(NULL, ","))
			cJSON_AddItemToArray(list, cJSON_CreateString(value));
	}
	settle_metric(facts);
	return facts;
}

/* In a fixed order, null for what is not known. */
static void
print(cJSON *facts)
{
	cJSON *out = cJSON_CreateObject(), *fact;
	size_t i;

	for (i = 0; i < KEYS; i++) {
		fact = cJSON_DetachItemFromObjectCaseSensitive(facts, keys[i]);
		if (i < NEEDED || cJSON_IsString(fact))
			cJSON_AddItemToObject(out, keys[i],
			                      fact ? fact : cJSON_CreateNull());
	}
	jput(out);
}

int
main(int argc, char **argv)
{
	struct stage s = stage("read-task", argc, argv, 3,
	                       "[-s seed] prompt task data [key=value...]");
	char *task = slurp(s.argv[1], NULL);
	struct known k = {given(s.argv + 3), jload(s.argv[2]), 0};
	cJSON *facts;

	if (blank(task))
		die(BAD, "read %s: the task description is empty", s.argv[1]);
	if (strstr(task, "<!-- unfinished"))
		die(BAD, "read %s: it is unfinished: answer its questions, then"
		    " take out the line that says so", s.argv[1]);
	slot(&s, "task", task);
	slot(&s, "data", cJSON_Print(k.data));
	slot(&s, "known", cJSON_Print(k.given));
	facts = answer_json(&s, s.argv[0], complaint, &k);
	if (!facts && k.told)
		die(BAD, "read %s: %s", s.argv[1], s.why);
	if (!facts)
		die(BAD, "ask %s: no usable reply in %d: %s: make retry asks again",
		    model_name(), ASKS, s.why);
	print(facts);
	return YES;
}
