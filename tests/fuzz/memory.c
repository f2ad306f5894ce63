/* The house frees nothing, so what a target takes is freed after each throw: else
 * most of the time would go into starting again.  Memory that libraries take by
 * themselves is not known here.
 */
#include "net/net.h"
#include "fuzz.h"

void *__real_malloc(size_t n);
void *__real_realloc(void *p, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t m);
void *__wrap_realloc(void *p, size_t n);
void *__wrap_reallocarray(void *p, size_t n, size_t m);
void __wrap_free(void *p);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t n);
int __wrap_vasprintf(char **s, const char *fmt, va_list ap);

static void **taken;            /* a table by address; null: a free place */
static size_t places, used;     /* places: a power of 2 */
static int working;

/* Where to look first: mixed, for addresses come in rows. */
static size_t
place(void *p)
{
	return (uint64_t)(uintptr_t)p * 0x9e3779b97f4a7c15 >> 24;
}

static void
enter(void *p)
{
	void **old = taken;
	size_t i, n = places;

	if (used * 2 >= places) {
		places = places ? places * 2 : 1 << 12;
		taken = __real_malloc(places * sizeof *taken);
		memset(taken, 0, places * sizeof *taken);
		for (i = used = 0; i < n; i++)
			if (old[i] && old[i] != &taken)
				enter(old[i]);
		__real_free(old);
	}
	for (i = place(p); taken[i & (places - 1)]; i++)
		;
	taken[i & (places - 1)] = p;
	used++;
}

/* Leaves a mark that is no address: other entries may lie behind it. */
static void
leave(void *p)
{
	size_t i;

	for (i = place(p); places && taken[i & (places - 1)]; i++)
		if (taken[i & (places - 1)] == p) {
			taken[i & (places - 1)] = &taken;
			return;
		}
}

void
memory_begin(void)
{
	static cJSON_Hooks hooks = {__wrap_malloc, __wrap_free};

	cJSON_InitHooks(&hooks);
	working = 1;
}

void
memory_end(void)
{
	size_t i;

	working = 0;
	for (i = 0; i < places; i++)
		if (taken[i] && taken[i] != (void *)&taken)
			__real_free(taken[i]);
	__real_free(taken);
	taken = NULL;
	places = used = 0;
}

void *
__wrap_malloc(size_t n)
{
	void *p = __real_malloc(n);

	if (p && working)
		enter(p);
	return p;
}

void *
__wrap_calloc(size_t n, size_t m)
{
	void *p = m && n > (size_t)1 << 40 ? NULL : __wrap_malloc(n * m);

	return p ? memset(p, 0, n * m) : NULL;
}

void *
__wrap_realloc(void *p, size_t n)
{
	leave(p);
	p = __real_realloc(p, n);
	if (p && working)
		enter(p);
	return p;
}

void *
__wrap_reallocarray(void *p, size_t n, size_t m)
{
	return __wrap_realloc(p, n * m);
}

void
__wrap_free(void *p)
{
	leave(p);
	__real_free(p);
}

char *
__wrap_strndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *p = __wrap_malloc(len + 1);

	memcpy(p, s, len);
	p[len] = 0;
	return p;
}

char *
__wrap_strdup(const char *s)
{
	return __wrap_strndup(s, strlen(s));
}

int
__wrap_vasprintf(char **s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	*s = __wrap_malloc(n + 1);
	return vsnprintf(*s, n + 1, fmt, ap);
}
