#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "lib.h"

/* Draws a second, at most. */
enum { RATE = 4 };

/* The cursor waits at the foot's first column: when a terminal is made narrower
 * it may break the foot into several lines, but what is below the cursor is the
 * foot and nothing else.  The blank is for tmux, which keeps what is cleared from
 * the screen's first column on. */
#define CLEAR "\r \033[J\r"

static int terminal, drawn;
static struct text lines;
static double last = -1;

static void
resized(int sig)
{
	(void)sig; /* it only has to end the waiting */
}

static void
put(const char *s, size_t n)
{
	ssize_t r;

	for (; n; s += r, n -= r)
		if ((r = write(1, s, n)) < 0) {
			if (errno != EINTR)
				return;
			r = 0;
		}
}

static void
leave(void)
{
	if (terminal && (drawn || lines.n))
		screen_draw(NULL, 0);
}

static void
end(int sig)
{
	if (drawn && write(1, CLEAR, strlen(CLEAR)) < 0)
		_exit(SICK);
	signal(sig, SIG_DFL);
	raise(sig);
}

int
screen_open(void)
{
	struct sigaction a = {.sa_handler = resized}, b = {.sa_handler = end};
	const char *term = getenv("TERM"), *plain = getenv("NO_COLOR");

	setlocale(LC_CTYPE, "C.UTF-8");
	terminal = isatty(1) && !(plain && *plain) && term && *term
	    && strcmp(term, "dumb");
	if (terminal) {
		sigaction(SIGWINCH, &a, NULL);
		sigaction(SIGTERM, &b, NULL);
		sigaction(SIGHUP, &b, NULL);
		atexit(leave);
	}
	return terminal;
}

int
screen_width(void)
{
	struct winsize w;

	if (!terminal)
		return 1000;
	return ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col ? w.ws_col : 80;
}

int
screen_height(void)
{
	struct winsize w;

	if (!terminal)
		return 1000;
	return ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_row ? w.ws_row : 24;
}

char *
screen_cut(const char *s, int columns)
{
	char *t = shown(s);
	wchar_t c;
	int n, w, at = 0;
	char *p;

	if (!terminal)
		return t;
	for (p = t; *p; p += n) {
		n = mbtowc(&c, p, MB_CUR_MAX);
		w = n > 0 ? wcwidth(c) : -1;
		if (n <= 0)
			n = 1;
		if (w < 0) { /* blanks, and what has no width */
			memset(p, strchr("\t\n", *p) ? ' ' : '?', n);
			w = n;
		}
		if (at + w > columns)
			break;
		at += w;
	}
	*p = 0;
	return t;
}

void
screen_line(const char *s)
{
	char *t = shown(s);

	if (terminal)
		addf(&lines, "%s\n", t);
	else
		printf("%s\n", t);
	free(t);
}

int
screen_due(void)
{
	double wait = last + 1.0 / RATE - seconds();

	return last < 0 || wait <= 0 ? 0 : 1 + (int)(wait * 1000);
}

/* In one piece, so that none is seen half-drawn. */
void
screen_draw(char *const *foot, int n)
{
	struct text t = {0};
	int i;

	if (!terminal || (!n && !drawn && !lines.n))
		return;
	last = seconds();
	add(&t, CLEAR);
	if (lines.n)
		addn(&t, lines.s, lines.n);
	lines.n = 0;
	if (n)
		add(&t, "\033[?7l");
	for (i = 0; i < n; i++)
		addf(&t, "%s%s", i ? "\n" : "", foot[i]);
	if (n > 1)
		addf(&t, "\033[%dA", n - 1);
	if (n)
		add(&t, "\r\033[?7h");
	drawn = n;
	put(t.s, t.n);
	free(t.s);
}
