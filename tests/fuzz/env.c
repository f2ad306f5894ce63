/* .env, and what is hidden: a value is read as it was written, in quotes; a
 * message never shows a key; what hides it leaves it nowhere.  Parts: the file,
 * a text.
 */
#include <errno.h>

#include "fuzz.h"

#include "../../tools/net/secret.c"

void forget_hidden(void);

static const char *value;

void
forget_keys(void)
{
	held = NULL;
	forget_hidden();
}

static void
look(void *name)
{
	value = secret(name);
}

void
fuzz_env(const char *data, size_t n)
{
	char *rest = need(strndup(data, n)), *s = next_part(&rest), *file, *t;
	size_t len;

	file = given(".env", s, strlen(s));
	*strrchr(file, '/') = 0;
	if (chdir(file) < 0)
		abort();
	held = NULL;
	unsetenv("A_KEY");
	if (attempt(look, (void *)"A_KEY") >= 0 || !value)
		return;
	must(*value && is_line(value) && !strpbrk(value, "\n"));
	t = need(strdup(value));
	s = rest ? rest : (char *)"";
	if (strlen(t) >= 8)
		must(!strstr(hide(s), t) && !strstr(hide(format("%s%s", s, t)), t));
	hide_bytes(s, strlen(s), &len);
	if (strpbrk(t, "\\'\""))
		return;
	given(".env", format("A_KEY='%s'\n", t), strlen(t) + 9);
	held = NULL;
	must(attempt(look, (void *)"A_KEY") < 0 && !strcmp(value, t));
}
