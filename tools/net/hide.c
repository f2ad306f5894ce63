#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

enum { SHORTEST = 8, LONGEST = 1000 };  /* a shorter one may be a word like any other */

static struct known {
	struct known *next;
	const char *name, *value;
	size_t n;
} *known;

/* How keys of services begin; not those that are easily part of a name. */
static const char *const prefix[] = {
	"sk-", "AIza", "tvly-", "hf_", "xai-", "gsk_",
};

void
hide_also(const char *name, const char *value)
{
	struct known *k, **p = &known;

	for (k = known; k; k = k->next)
		if (!strcmp(k->value, value))
			return;
	if (strlen(value) < SHORTEST)
		return;
	k = need(malloc(sizeof *k));
	*k = (struct known){NULL, name, value, strlen(value)};
	while (*p && (*p)->n >= k->n)   /* the longest first */
		p = &(*p)->next;
	k->next = *p;
	*p = k;
}

/* How long the key is that begins at s, after its prefix; 0: it is none.  A key
 * is 16 letters and digits or more, 12 in a row with a digit among them, which
 * words of prose and code are not; or it is masked, "****abcd". */
static size_t
key(const char *s)
{
	size_t n, row = 0, digits = 0, stars = 0, random = 0;

	for (n = 0; n < LONGEST && (isalnum((unsigned char)s[n])
	    || (s[n] && strchr("_-*", s[n]))); n++) {
		stars = s[n] == '*' ? stars + 1 : stars < 3 ? 0 : stars;
		if (!isalnum((unsigned char)s[n])) {
			row = digits = 0;
			continue;
		}
		row++;
		digits += isdigit((unsigned char)s[n]) != 0;
		random |= row >= 12 && digits;
	}
	return stars >= 3 || (n >= 16 && random) ? n : 0;
}

/* How long value is at s, where it may be escaped as strings of JSON are; 0: it
 * is not there. */
static size_t
same(const char *s, const char *value)
{
	const char *from = s;
	char hex[3] = "";

	for (; *value; value++) {
		if (starts(s, "\\u00") && (hex[0] = s[4]))
			hex[1] = s[5];
		if (*s == *value)
			s++;
		else if (*s == '\\' && s[1] == *value)
			s += 2;
		else if (starts(s, "\\u00") && strtol(hex, NULL, 16) == *value)
			s += 6;
		else
			return 0;
	}
	return s - from;
}

/* What is hidden at s, which a letter stands before if inside: its length. */
static size_t
hidden(const char *s, int inside, const char **name)
{
	struct known *k;
	size_t i, n;

	for (k = known; k; k = k->next)
		if ((*s == *k->value || *s == '\\')
		    && (n = same(s, k->value))) {
			*name = k->name;
			return n;
		}
	for (i = 0; !inside && i < sizeof prefix / sizeof *prefix; i++)
		if (*s == *prefix[i] && starts(s, prefix[i])
		    && (n = key(s + strlen(prefix[i])))) {
			*name = "key";
			return strlen(prefix[i]) + n;
		}
	return 0;
}

char *
hide_bytes(const char *s, size_t n, size_t *len)
{
	struct text t = {0};
	const char *from = s, *end = s + n, *name;
	int inside = 0;

	for (add(&t, ""); s < end; s += n) {
		n = hidden(s, inside, &name);
		if (n) {
			addn(&t, from, s - from);
			addf(&t, "[%s]", name);
			from = s + n;
		} else {
			n = 1;
		}
		inside = (isalnum((unsigned char)s[n - 1]) || s[n - 1] == '_'
		    || s[n - 1] == '-') && !(s > from && s[-1] == '\\');
	}
	addn(&t, from, end - from);
	*len = t.n;
	return t.s;
}

char *
hide(const char *s)
{
	size_t n;

	return hide_bytes(s, strlen(s), &n);
}
