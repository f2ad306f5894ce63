#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "net.h"

#define AGENT "mlestar"
enum { MOST_BODY = 64 << 20, MOST_HEAD = 1 << 20 };

struct transfer {
	struct text head, body;
	double idle, last;      /* last: when a byte came or went */
	curl_off_t moved;
	int begun, headed, silent, big;
	char error[CURL_ERROR_SIZE];
};

static size_t
take_head(char *s, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	n *= size;
	t->begun = 1;
	t->last = now();
	t->headed |= *s == '\r' || *s == '\n';
	if (n > 5 && !strncmp(s, "HTTP/", 5))
		t->head.n = t->headed = 0;      /* no reply came before */
	if (t->head.n + n < MOST_HEAD)
		addn(&t->head, s, n);
	return n;
}

static size_t
take_body(char *s, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	n *= size;
	t->last = now();
	t->big = t->body.n + n > MOST_BODY;
	if (!t->big)
		addn(&t->body, s, n);
	return t->big ? 0 : n;
}

/* Called once a second at least: curl's own watch on slow transfers takes some
 * seconds more than it is told. */
static int
watch(void *arg, curl_off_t all_in, curl_off_t in, curl_off_t all_out,
      curl_off_t out)
{
	struct transfer *t = arg;

	(void)all_in, (void)all_out;
	if (in + out != t->moved)
		t->last = now();
	t->moved = in + out;
	t->silent = t->idle > 0 && now() - t->last > t->idle;
	return t->silent;
}

static const char *
first(const char *const *name)
{
	const char *s;

	for (; *name; name++)
		if ((s = getenv(*name)) && *s && access(s, R_OK) == 0)
			return s;
	return NULL;
}

/* libcurl itself knows none of these variables. */
static void
trust(CURL *c)
{
	static const char *const files[] = {"SSL_CERT_FILE", "CURL_CA_BUNDLE",
	                                    "REQUESTS_CA_BUNDLE", NULL};
	static const char *const folder[] = {"SSL_CERT_DIR", NULL};
	const char *s = first(files);

	if (s)
		curl_easy_setopt(c, access(format("%s/.", s), F_OK)
		    ? CURLOPT_CAINFO : CURLOPT_CAPATH, s);
	if ((s = first(folder)))
		curl_easy_setopt(c, CURLOPT_CAPATH, s);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
}

static struct curl_slist *
header_lines(const struct http *h)
{
	struct curl_slist *l = need(curl_slist_append(NULL, "Expect:"));
	const char **s;
	int typed = !h->body;

	for (s = h->headers; s && *s; s++) {
		typed |= !strncasecmp(*s, "Content-Type:", 13);
		l = need(curl_slist_append(l, *s));
	}
	if (!typed)
		l = need(curl_slist_append(l, "Content-Type: application/json"));
	return l;
}

static void
settings(CURL *c, const struct http *h, struct transfer *t)
{
	curl_easy_reset(c);             /* connections stay */
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CONNECTS * 1000L);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(c, CURLOPT_FAILONERROR, 0L);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPIDLE, 60L);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPINTVL, 30L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(c, CURLOPT_USERAGENT, AGENT);
	trust(c);
	if (h->local)
		curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(c, CURLOPT_URL, h->url);
	if (h->body) {
		curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)strlen(h->body));
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, h->body);
	}
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->error);
}

static CURLcode
perform(CURL *c, struct transfer *t, double until)
{
	void (*old)(int) = signal(SIGPIPE, SIG_IGN);
	double left = (until - now()) * 1000;
	CURLcode rc;

	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
	    left < 1 ? 1L : left > 1e9 ? 1000000000L : (long)left);
	t->last = now();
	rc = curl_easy_perform(c);
	signal(SIGPIPE, old);
	return rc;
}

/* A connection that was kept was found closed: nobody's fault. */
static int
stale(CURL *c, const struct transfer *t, CURLcode rc)
{
	long made = 1;

	curl_easy_getinfo(c, CURLINFO_NUM_CONNECTS, &made);
	return !made && !t->begun && (rc == CURLE_GOT_NOTHING
	    || rc == CURLE_SEND_ERROR || rc == CURLE_RECV_ERROR
	    || rc == CURLE_HTTP2 || rc == CURLE_HTTP2_STREAM);
}

static void
explain(struct http *h, const struct transfer *t, CURL *c, CURLcode rc)
{
	struct lost l = {.code = rc, .silent = t->silent};
	curl_off_t before = 0;

	curl_easy_getinfo(c, CURLINFO_PRETRANSFER_TIME_T, &before);
	curl_easy_getinfo(c, CURLINFO_HTTP_CONNECTCODE, &l.proxy);
	curl_easy_getinfo(c, CURLINFO_OS_ERRNO, &l.os);
	l.connected = before > 0;
	l.why = *t->error ? t->error : curl_easy_strerror(rc);
	lost(h, &l);
}

void
http(struct http *h)
{
	static CURL *c;
	struct transfer t = {.idle = h->idle};
	double until = now() + h->seconds;
	CURLcode rc;

	if (!c && curl_global_init(CURL_GLOBAL_DEFAULT))
		die(SICK, "start libcurl: it failed");
	if (!c)
		c = need(curl_easy_init());
	add(&t.head, "");
	add(&t.body, "");
	settings(c, h, &t);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, header_lines(h));
	rc = perform(c, &t, until);
	if (rc && stale(c, &t, rc)) {
		curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
		rc = perform(c, &t, until);
	}
	if (!rc && !t.headed && !t.body.n)
		rc = CURLE_PARTIAL_FILE;
	h->status = 0;
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &h->status);
	if (!t.begun || h->status < 200)
		h->status = 0;
	h->begun = t.begun;
	h->trouble = (struct trouble){.message = need(strdup(""))};
	h->most = h->unended = 0;
	if (rc)
		explain(h, &t, c, rc);
	h->head = hide(t.head.s);
	h->reply = hide_bytes(t.body.s, t.body.n, &h->n);
	free(t.body.s);
}
