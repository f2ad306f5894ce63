/* describe: what is in a data folder, as one JSON document.
 *	describe DATA [LIST]
 * LIST is what list(1) printed of DATA; without it describe looks itself.
 * Every table is read once, in bounded memory.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/lib.h"

static const struct { const char *kind, *extensions; } kinds[] = {
	{ "text", " .txt .md .rst .tex .html .htm .xml .log .json .yaml .yml"
	          " .py .r .ipynb .sql .ini .toml " },
	{ "image", " .png .jpg .jpeg .gif .bmp .tif .tiff .webp .svg .dcm .pgm"
	           " .ppm " },
	{ "audio", " .wav .mp3 .flac .ogg .aif .aiff .m4a .opus " },
	{ "video", " .mp4 .avi .mov .mkv .webm .mpg " },
	{ "archive", " .zip .tar .gz .tgz .bz2 .xz .7z .zst .rar " },
	{ "binary", " .parquet .feather .h5 .hdf5 .npy .npz .pkl .mat .xlsx .xls"
	            " .db .sqlite .bin " },
};

/* The end of the name, in lower case. */
static const char *
extension(const char *path)
{
	static char ext[16];
	const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
	size_t i;

	*ext = 0;
	if (dot && (!slash || dot > slash) && strlen(dot) < sizeof ext)
		for (i = 0; i <= strlen(dot); i++)
			ext[i] = tolower((unsigned char)dot[i]);
	return ext;
}

/* 0: it is no table; 1: its rows are CSV; 2: lines of JSON. */
static int
table(const char *path)
{
	char *name = need(strdup(path)), ext[32];

	if (!strcmp(extension(name), ".gz"))
		name[strlen(name) - 3] = 0;
	snprintf(ext, sizeof ext, " %s ", extension(name));
	free(name);
	return strlen(ext) < 3 ? 0 : strstr(" .csv .tsv .tab ", ext) ? 1
	       : strstr(" .jsonl .ndjson ", ext) ? 2 : 0;
}

static const char *
kind(const char *path, const char *name)
{
	char ext[32], head[512];
	size_t i, n;
	FILE *f;

	snprintf(ext, sizeof ext, " %s ", extension(path));
	for (i = 0; strlen(ext) > 2 && i < sizeof kinds / sizeof *kinds; i++)
		if (strstr(kinds[i].extensions, ext))
			return kinds[i].kind;
	if (!(f = fopen(name, "re")))
		die(BAD, "open %s:", name);
	n = fread(head, 1, sizeof head, f);
	fclose(f);
	return memchr(head, 0, n) ? "binary" : "text";
}

static void
take(const char *path, const struct stat *st, void *top)
{
	fput(top, path, st->st_size, table(path) > 0);
}

static void
take_list(const char *list, struct folder *top)
{
	FILE *f = reading(strcmp(list, "-") ? open_for(list, O_RDONLY) : 0);
	char *line = NULL, *tab;
	size_t cap = 0;

	if (!f)
		die(BAD, "open %s:", list);
	while (getline(&line, &cap, f) > 0) {
		if (!(tab = strchr(line, '\t')))
			die(BAD, "read %s: no list of files", list);
		*tab = 0;
		fput(top, line, atof(tab + 1), table(line) > 0);
	}
	if (ferror(f))
		die(errno == EISDIR ? BAD : SICK, "read %s:", list);
}

/* On one line, but a line for each column. */
static void
print(cJSON *j)
{
	cJSON *columns = cJSON_DetachItemFromObject(j, "columns"), *c;
	char *s = need(cJSON_PrintUnformatted(j));

	if (columns)
		s[strlen(s) - 1] = 0;
	fputs(s, stdout);
	free(s);
	if (!columns)
		return;
	fputs(",\"columns\":[", stdout);
	cJSON_ArrayForEach(c, columns) {
		s = need(cJSON_PrintUnformatted(c));
		printf("%s\n  %s", c == columns->child ? "" : ",", s);
		free(s);
	}
	fputs("]}", stdout);
	cJSON_Delete(columns);
}

static void
describe(const char *data, const struct entry *e)
{
	char *name = format("%s/%s", data, e->path);
	cJSON *j = cJSON_CreateObject();

	cJSON_AddStringToObject(j, "path", clean(e->path, strlen(e->path)));
	cJSON_AddNumberToObject(j, "bytes", e->bytes);
	cJSON_AddStringToObject(j, "kind",
	                        e->table ? "table" : kind(e->path, name));
	if (e->table)
		profile(j, name, table(e->path) == 2);
	print(j);
	cJSON_Delete(j);
	free(name);
}

int
main(int argc, char **argv)
{
	struct folder *top = folders();
	struct entry *list;
	const char *data;
	cJSON *sums, *j;
	size_t n, i;

	if (getopt(argc, argv, "") != -1 || argc - optind < 1
	    || argc - optind > 2)
		usage("DATA [LIST]");
	data = argv[optind];
	if (argv[optind + 1])
		take_list(argv[optind + 1], top);
	else if (!walk(data, take, top))
		die(BAD, "read %s: it holds no files", data);
	n = flist(top, &list);
	fputs("{\"files\":[", stdout);
	for (i = 0; i < n; i++) {
		fputs(i ? ",\n " : "\n ", stdout);
		describe(data, &list[i]);
	}
	fputs("],\n\"folders\":[", stdout);
	sums = fsum(top);
	cJSON_ArrayForEach(j, sums) {
		fputs(j == sums->child ? "\n " : ",\n ", stdout);
		print(j);
	}
	puts("]}");
	finish();
	return YES;
}
