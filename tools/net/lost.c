#include <curl/curl.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "net.h"

/* most: tries that it is worth; 1: trying again is no use; 0: no limit */
static void FMT(4)
fail(struct http *h, const char *class, int most, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vformat(fmt, ap);
	va_end(ap);
	h->trouble.class = class;
	h->trouble.again = most != 1;
	h->trouble.message = hide(s);
	h->most = most;
}

/* libcurl's message names the host that it tried. */
static void
unconnected(struct http *h, const struct lost *l, const char *at)
{
	const char *name = need(strndup(at, strcspn(at, ":")));

	fail(h, "net", 3, "connect to %s%s: %s%s",
	    *at == '[' || strstr(l->why, name) ? "" : "the proxy for ", at,
	    l->os == ECONNREFUSED ? "refused"
	    : l->os ? strerror(l->os) : "it failed",
	    h->local ? ": is the server running?" : "");
}

static void
late(struct http *h, const struct lost *l, const char *at)
{
	if (!l->connected && !l->silent)
		fail(h, "net", 0, "connect to %s: no answer in %.3g s", at,
		    h->seconds < CONNECTS ? h->seconds : CONNECTS);
	else if (!h->begun)
		fail(h, "net", 0, "wait for %s: no reply in %.6g s", at,
		    l->silent ? h->idle : h->seconds);
	else if (l->silent)
		fail(h, "net", 0, "read from %s: silent for %.6g s", at,
		    h->idle);
	else {
		h->unended = 1;
		fail(h, "net", 0, "read from %s: not at its end after %.6g s",
		    at, h->seconds);
	}
}

static void
untrusted(struct http *h, const char *why, const char *at)
{
	static const char problem[] = "SSL certificate problem: ";

	if (starts(why, problem))
		fail(h, "tls", 1, "trust %s: %s: if it is yours, or your "
		    "proxy's, set SSL_CERT_FILE to the certificate of its CA",
		    at, why + strlen(problem));
	else
		fail(h, "tls", 1, "trust %s: %s", at,
		    starts(why, "SSL: ") ? why + 5 : why);
}

/* What happened before anything was sent; 0: nothing. */
static int
outset(struct http *h, const struct lost *l, const char *at)
{
	if (l->proxy >= 300)
		fail(h, "net", l->proxy < 500, "connect to %s: the proxy "
		    "answered %ld", at, l->proxy);
	else if (l->code == CURLE_COULDNT_RESOLVE_PROXY)
		fail(h, "net", 3, "look up the proxy for %s: no such name", at);
	else if (l->code == CURLE_COULDNT_RESOLVE_HOST)
		fail(h, "net", 3, "look up %s: no such name, or no network", at);
	else if (l->code == CURLE_COULDNT_CONNECT)
		unconnected(h, l, at);
	else if (l->code == CURLE_PEER_FAILED_VERIFICATION
	    || l->code == CURLE_SSL_ISSUER_ERROR
	    || l->code == CURLE_SSL_INVALIDCERTSTATUS)
		untrusted(h, l->why, at);
	else if (l->code == CURLE_SSL_CACERT_BADFILE)
		fail(h, "tls", 1, "trust %s: SSL_CERT_FILE holds no "
		    "certificates: %s", at, l->why);
	else if (l->code == CURLE_SSL_CONNECT_ERROR)
		fail(h, "net", 2, "connect to %s: no TLS: %s", at, l->why);
	else
		return 0;
	return 1;
}

void
lost(struct http *h, const struct lost *l)
{
	const char *at = host_of(h->url);

	if (outset(h, l, at))
		return;
	switch (l->code) {
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_ABORTED_BY_CALLBACK:
		late(h, l, at);
		break;
	case CURLE_WRITE_ERROR:
		fail(h, "broken", 1, "read from %s: more than 64 MB", at);
		break;
	case CURLE_PARTIAL_FILE:
		fail(h, "net", 0, "read from %s: it was cut off", at);
		break;
	case CURLE_GOT_NOTHING:
		fail(h, "net", 0, "read from %s: it closed without a reply", at);
		break;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_URL_MALFORMAT:
		fail(h, "net", 1, "read from %s: no HTTP: %s", at, l->why);
		break;
	default:
		fail(h, "net", 0, "speak with %s: %s", at, l->why);
	}
}
