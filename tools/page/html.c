#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/lib.h"
#include "page.h"

enum { BUFFERS = 16 };

void
put(const char *s)
{
	fputs(s, page.to);
}

void
putf(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(page.to, fmt, ap);
	va_end(ap);
}

void
esc(const char *s)
{
	char *t = safe(s), *p;

	for (p = t; p && *p; p++)
		switch (*p) {
		case '&':  put("&amp;"); break;
		case '<':  put("&lt;"); break;
		case '>':  put("&gt;"); break;
		case '"':  put("&quot;"); break;
		case '\'': put("&#39;"); break;
		default:   putc(*p, page.to);
		}
	free(t);
}

void
escn(const char *s, size_t most)
{
	char *t;

	if (!s || strlen(s) <= most) {
		esc(s);
		return;
	}
	t = format("%.*s…", (int)uncut(s, most), s);
	esc(t);
	free(t);
}

static char *
buffer(void)
{
	static char b[BUFFERS][64];
	static int i;

	return b[i++ % BUFFERS];
}

const char *
short_number(double v)
{
	char *b = buffer();

	if (!isfinite(v))
		return "–";
	snprintf(b, 64, "%#.5g", v);
	if (ends(b, "."))
		b[strlen(b) - 1] = 0;
	return b;
}

const char *
error_number(double v)
{
	char *b = buffer();

	if (!isfinite(v))
		return "–";
	snprintf(b, 64, v >= 10 ? "± %.3g" : "± %#.2g", v);
	return b;
}

const char *
signed_number(double v)
{
	char *b = buffer();

	if (v == 0)
		return "0";
	snprintf(b, 64, "%s%.3g", v < 0 ? "−" : "+", fabs(v));
	return b;
}

const char *
span_of(double s)
{
	char *b = buffer();

	if (!isfinite(s))
		return "–";
	if (s < 9.95)
		snprintf(b, 64, "%.1f s", s);
	else if (s < 120)
		snprintf(b, 64, "%.0f s", s);
	else if (s < 7200)
		snprintf(b, 64, "%.0f min %02d s", floor(s / 60), (int)fmod(s, 60));
	else
		snprintf(b, 64, "%.0f h %02d min", floor(s / 3600),
		         (int)(fmod(s, 3600) / 60));
	return b;
}

const char *
amount_of(double n)
{
	char *b = buffer();

	if (!isfinite(n))
		return "–";
	if (n < 10000)
		snprintf(b, 64, "%.0f", n);
	else if (n < 999500)
		snprintf(b, 64, "%.3g k", n / 1e3);
	else
		snprintf(b, 64, "%.3g M", n / 1e6);
	return b;
}

const char *
money(double usd)
{
	char *b = buffer();

	if (!isfinite(usd))
		return "unknown";
	snprintf(b, 64, usd == 0 ? "0 USD" : usd < 0.995 ? "%.4f USD"
	         : "%.2f USD", usd);
	return b;
}

const char *
title_of(const struct cand *c)
{
	char *b = buffer();

	switch (c->kind) {
	case TASK:     return "The task";
	case SEARCH:   snprintf(b, 64, "Models of lane %d", c->lane); break;
	case DRAFT:    snprintf(b, 64, "Draft %d, lane %d", c->n, c->lane); break;
	case MERGE:    snprintf(b, 64, "Merge %d, lane %d", c->n, c->lane); break;
	case USAGE:    snprintf(b, 64, "Use of the data, lane %d", c->lane); break;
	case ABLATE:   snprintf(b, 64, "Ablation of step %d, lane %d", c->step,
	                        c->lane); break;
	case PLAN:     snprintf(b, 64, "Plan %d of step %d, lane %d", c->n,
	                        c->step, c->lane); break;
	case ENSEMBLE: snprintf(b, 64, "Ensemble %d", c->n); break;
	case SUBMIT:   return "The final script";
	}
	return b;
}
