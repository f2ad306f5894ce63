/* Throws bytes at a target, for libFuzzer: FUZZ=TARGET fuzz [OPTION...] DIR...
 * Or by itself, with -DALONE, without help of a compiler:
 *	fuzz TARGET N DIR
 * tries the files of DIR, then N changes of them, the same ones each time.
 * Status 1 after a finding: what was thrown is in the file finding then.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "net/net.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
const char *__asan_default_options(void);
void __real_exit(int status) NORET;
void __wrap_exit(int status) NORET;
const char *__wrap_tool_folder(void);

/* Breaks its promise: so is tried that a finding is found. */
static void
broken(const char *s, size_t n)
{
	must(!n || *s != 'F');
}

static const struct {
	const char *name;
	target *f;
} targets[] = {
	{"reply", fuzz_reply}, {"wire", fuzz_wire}, {"web", fuzz_web},
	{"splice", fuzz_splice}, {"models", fuzz_models}, {"task", fuzz_task},
	{"document", fuzz_document}, {"ledger", fuzz_ledger},
	{"log", fuzz_log}, {"graph", fuzz_graph}, {"score", fuzz_score},
	{"csv", fuzz_csv}, {"part", fuzz_part},
	{"submission", fuzz_submission}, {"endpoint", fuzz_endpoint},
	{"env", fuzz_env}, {"settings", fuzz_settings}, {"broken", broken},
};
enum { TARGETS = sizeof targets / sizeof *targets };

static target *chosen;
static jmp_buf *way_out;
static char *folder, *said, *printed_text;
static const char *tools;
static size_t nsaid, nprinted;
static FILE *err, *out;

/* The house frees nothing. */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0:quarantine_size_mb=8";
}

const char *
__wrap_tool_folder(void)
{
	return tools;
}

/* exit() of all that is tried. */
void
__wrap_exit(int status)
{
	if (way_out)
		longjmp(*way_out, status + 1);
	__real_exit(status);
}

int
attempt(void (*f)(void *), void *arg)
{
	jmp_buf here, *before = way_out;
	int status = setjmp(here);

	if (!status) {
		way_out = &here;
		f(arg);
	}
	way_out = before;
	return status - 1;
}

char *
output(void)
{
	char *s;

	fflush(out);
	s = format("%.*s", (int)ftell(out), printed_text);
	rewind(out);
	return s;
}

char *
given(const char *name, const char *s, size_t n)
{
	char *path = format("%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, s, n) != (ssize_t)n)
		abort();
	close(fd);
	return path;
}

char *
next_part(char **rest)
{
	char *s = *rest, *p;

	for (p = s; p && (p = strstr(p, "@@\n")) && p > s && p[-1] != '\n'; p++)
		;
	*rest = p ? p + 3 : NULL;
	if (p)
		*p = 0;
	return s ? s : (char *)"";
}

int
is_clean(const char *s)
{
	return !s || strcmp(clean(s, strlen(s)), s) == 0;
}

int
is_tame(const char *s)
{
	return !s || strcmp(shown(s), s) == 0;
}

int
is_line(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return 0;
	return 1;
}

/* A message is told to a person: nothing in it may steer the terminal. */
static void
check_messages(void)
{
	char *s;

	fflush(err);
	s = format("%.*s", (int)ftell(err), said);
	rewind(err);
	must(!strcmp(tame(need(strdup(s))), s));
}

static void
throw(void *arg)
{
	const struct text *t = arg;

	chosen(t->s, t->n);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("FUZZ");
	size_t i;

	(void)argc, (void)argv;
	for (i = 0; i < TARGETS && (!name || strcmp(name, targets[i].name)); i++)
		;
	if (i == TARGETS)
		die(BAD, "read FUZZ: there is no target %s", name ? name : "");
	chosen = targets[i].f;
	if (!getenv("TOOLS"))           /* libFuzzer starts us again, elsewhere */
		setenv("TOOLS", need(realpath("tools", NULL)), 1);
	tools = getenv("TOOLS");
	folder = format("%s/fuzz.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR")
	                : "/tmp");
	if (chdir(need(mkdtemp(folder))) < 0)
		die(SICK, "go to %s:", folder);
	need(err = open_memstream(&said, &nsaid));
	need(out = open_memstream(&printed_text, &nprinted));
	stderr = err;
	stdout = out;
	return 0;
}

/* Files that were open when an attempt died are closed. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int first = -1;
	struct text t = {0};

	if (first < 0)
		close(first = open("/dev/null", O_RDONLY));
	memory_begin();
	addn(&t, (const char *)data, size);
	attempt(throw, &t);
	check_messages();
	output();
	forget_keys();
	memory_end();
	close_range(first, -1, 0);
	return 0;
}

#ifdef ALONE
enum { MOST = 1 << 16, BATCH = 250, PATIENCE = 20 };

static struct text *seed;
static size_t seeds;
static uint64_t dice;
static struct thrown {
	size_t n;
	char s[MOST + 1];
} *thrown;                      /* shared with the children */

static size_t
roll(size_t n)
{
	dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
	return n ? dice % n : 0;
}

/* n bytes at s take the place of cut bytes at at. */
static void
put(size_t at, size_t cut, const char *s, size_t n)
{
	struct thrown *t = thrown;

	if (t->n - cut + n > MOST)
		return;
	memmove(t->s + at + n, t->s + at + cut, t->n - at - cut);
	memcpy(t->s + at, s, n);
	t->n += n - cut;
}

/* A byte that means something, a piece of another seed, or nothing, instead of
 * a few. */
static void
change(void)
{
	static const char odd[] = "\0\t\n\r \"\"''\\\\{}[](),,::;;#%$$`<>&=-+./|@09eE"
	    "u\x1b\x7f\x80\xc2\x9b\xe2\xff", *big[] = {"9223372036854775807",
	    "-1e999", "\\ud800", "\r\n", "\"\"", "```", "@@\n", "data: ", "null"};
	const struct text *other = seed + roll(seeds);
	size_t at = roll(thrown->n + 1), left = thrown->n - at;
	size_t cut = roll(3) ? 0 : roll((left < 40 ? left : 40) + 1), from, n;
	const char *s;

	switch (roll(5)) {
	case 0:
		from = roll(other->n + 1);
		n = roll(other->n - from + 1);
		return put(at, cut, other->s + from, roll(2) && n > 30 ? 30 : n);
	case 1:
		s = big[roll(sizeof big / sizeof *big)];
		return put(at, cut, s, strlen(s));
	case 2:
		return put(at, left > 20 ? roll(20) : left, "", 0);
	case 3:
		return put(at, left > 0, &(char){roll(256)}, 1);
	default:
		return put(at, cut, odd + roll(sizeof odd - 1), 1);
	}
}

static void
load(const char *dir)
{
	struct dirent **d;
	int n = scandir(dir, &d, NULL, alphasort), i;

	seed = need(calloc(n < 0 ? 1 : n + 1, sizeof *seed));
	for (i = 0; i < n; i++)
		if (*d[i]->d_name != '.') {
			seed[seeds].s = slurp(format("%s/%s", dir, d[i]->d_name),
			                      &seed[seeds].n);
			if (seed[seeds].n <= MOST)
				seeds++;
		}
	addn(seed + seeds++, "", 0);
}

/* The i-th of them: the seeds come first. */
static void
make(size_t i)
{
	size_t n;

	dice = (i + 1) * 0x9e3779b97f4a7c15;
	roll(0), roll(0);
	thrown->n = 0;
	n = i < seeds ? i : roll(seeds);
	put(0, 0, seed[n].s, seed[n].n);
	for (n = i < seeds ? 0 : 1 + roll(6); n; n--)
		change();
}

int
main(int argc, char **argv)
{
	size_t i, end, all;
	int st;

	if (argc != 4)
		usage("target n dir");
	setenv("FUZZ", argv[1], 1);
	load(argv[3]);
	thrown = mmap(NULL, sizeof *thrown, PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	all = seeds + atoi(argv[2]);
	for (i = 0; i < all; i = end) {
		end = i + BATCH < all ? i + BATCH : all;
		if (!fork()) {
			LLVMFuzzerInitialize(&argc, &argv);
			for (; i < end; i++) {
				make(i);
				alarm(PATIENCE);
				LLVMFuzzerTestOneInput((uint8_t *)thrown->s,
				                       thrown->n);
			}
			_exit(0);
		}
		wait(&st);
		if (st) {
			append("finding", format("%.*s", (int)thrown->n,
			                         thrown->s));
			return NO;
		}
	}
	printf("%s\t%zu\n", argv[1], all);
	return YES;
}
#endif
