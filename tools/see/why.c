#include <string.h>

#include "../lib/lib.h"
#include "see.h"

/* The words of a that are not b's, but for those that both begin and end with;
 * an option's value with its name. */
static char *
between(const char *a, const char *b)
{
	size_t i, head = 0, tail = 0, n = strlen(a), m = strlen(b);

	for (i = 0; i < n && i < m && a[i] == b[i]; i++)
		if (a[i] == ' ')
			head = i + 1;
	for (i = 1; i <= n - head && i <= m - head && a[n - i] == b[m - i]; i++)
		if ((i == n - head || a[n - i - 1] == ' ')
		    && (i == m - head || b[m - i - 1] == ' '))
			tail = i;
	if (head && head + tail < n && head + tail < m) {
		for (i = head - 1; i && a[i - 1] != ' '; i--)
			;
		if (a[i] == '-' && a[head] != '-' && b[head] != '-'
		    && strcspn(a + head, "/ ") == strcspn(a + head, " "))
			head = i;
	}
	n -= head + tail;
	while (n && a[head + n - 1] == ' ')
		n--;
	return n <= 60 ? format("%.*s", (int)n, a + head)
	     : format("%.57s...", a + head);
}

static const char *
others(const struct step *s)
{
	return s->more ? format(" and %zu more", s->more) : "";
}

const char *
why_words(const struct step *s)
{
	char *was, *is;

	switch (s->why) {
	case FRESH:     return s->pinned ? "pinned: it stays as it is"
		               : "up to date";
	case WAITS:     return format("waits for %s%s", s->which, others(s));
	case UNMADE:    return "not made yet";
	case GONE:      return "the file is gone";
	case POSTPONED: return "postponed";
	case LOOSE:     return "its making was cut off, or it was put there by hand";
	case UNTRIED:     return format("%s of its tries is gone", s->which);
	case NEWER:     return format("%s%s changed", s->which, others(s));
	case MISSING:   return format("needs %s%s, not there", s->which, others(s));
	case EDITED:    break;
	}
	if (s->copied)
		return format("%s changed", s->which);
	was = between(s->which, s->command);
	is = between(s->command, s->which);
	if (!*was || !*is)
		return format("its command changed: %s %s", *is ? "now with"
		              : "now without", *is ? is : was);
	return format("its command changed: %s became %s", was, is);
}

const char *
why_word(enum why why)
{
	static const char *const word[] = {"up-to-date", "waits", "not-made",
		"gone", "postponed", "cut-off", "command", "tries", "input",
		"missing"};

	return word[why];
}

const char *
state_of(const struct step *s, const struct gist *r)
{
	switch (s->why) {
	case FRESH:
		if (!r->status || !strcmp(r->status, "ok"))
			return "done";
		return gist_failed(r) ? "failed" : "skipped";
	case WAITS:     return "waiting";
	case UNMADE:    return "not made";
	case POSTPONED: return "postponed";
	default:        return "stale";
	}
}
