#include <stdlib.h>
#include <string.h>

#include "lib.h"

static const char *const tag[] = {
	"think>", "thinking>", "thought>", "reasoning>", "seed:think>"
};
static const char *const last_word[] = {
	"<|return|>", "<|end|>", "<|im_end|>", "<|eot_id|>", "<|endoftext|>"
};

#define LEN(a) (sizeof (a) / sizeof *(a))

/* Without BOM, CR and the marks that OpenAI's search leaves in the text
 * (from U+E200 to U+E201). */
static char *
tidy(const char *s)
{
	struct text t = {0};
	const char *e;
	size_t n;

	if (starts(s, "\xef\xbb\xbf"))
		s += 3;
	for (addn(&t, "", 0); *s; s += n) {
		n = strcspn(s, "\r\xee");
		if (n) {
			addn(&t, s, n);
		} else if (*s == '\r') {
			n = 1 + (s[1] == '\n');
			add(&t, "\n");
		} else if (starts(s, "\xee\x88\x80")
		    && (e = memmem(s, strnlen(s, 800),
		        "\xee\x88\x81", 3))) {
			n = e - s + 3;
		} else {
			addn(&t, s, n = 1);
		}
	}
	return t.s;
}

static int
in_fence(const char *s, const char *at)
{
	struct fence f;
	size_t i, n;
	char **line = split_lines(need(strndup(s, at - s)), &n);
	int in = 0;

	for (i = 0; i < n; i++)
		in = in ? !fence_closes(line[i], &f) : fence_opens(line[i], &f);
	return in;
}

/* What follows the reasoning; null if the reply never left it.  A closing
 * tag alone counts too: some servers swallow the opening one. */
static const char *
past_reasoning(const char *s)
{
	const char *p = s + strspn(s, " \t\n"), *open, *close;
	size_t i, n;

	for (i = 0; i < LEN(tag); i++) {
		n = strlen(tag[i]);
		close = strcasestr(s, format("</%s", tag[i]));
		open = strcasestr(s, format("<%s", tag[i]));
		if (open == p)
			return close ? past_reasoning(close + n + 2) : NULL;
		if (close && !(open && open < close) && !in_fence(s, close))
			return past_reasoning(close + n + 2);
	}
	return s;
}

/* The same for the format of gpt-oss, where it leaks out. */
static const char *
past_channels(const char *s)
{
	static const char mark[] = "<|channel|>final<|message|>";
	const char *p, *final = NULL;

	for (p = s; (p = strstr(p, mark)); final = p)
		p += strlen(mark);
	if (!final && starts(s + strspn(s, " \t\n"), "<|channel|>analysis"))
		return NULL;
	return final ? final : s;
}

static size_t
length(const char *s)
{
	size_t i, k, n = strlen(s);

	for (i = 0; i < LEN(last_word); i++) {
		while (n && strchr(" \t\n", s[n - 1]))
			n--;
		k = strlen(last_word[i]);
		if (n >= k && strncmp(s + n - k, last_word[i], k) == 0) {
			n -= k;
			i = -1;
		}
	}
	return n;
}

char *
reply_text(const char *text, char **why)
{
	const char *s = tidy(text ? text : "");
	char *t = NULL;

	*why = (char *)"the reply is empty";
	if (blank(s))
		return NULL;
	*why = (char *)"the reply holds nothing but reasoning";
	if ((s = past_reasoning(s)) && (s = past_channels(s)))
		t = trimmed(need(strndup(s, length(s))));
	if (!t || !*t)
		return NULL;
	*why = NULL;
	return t;
}
