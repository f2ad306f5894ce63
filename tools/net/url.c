#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net.h"

static const char *
part(CURLU *u, CURLUPart what)
{
	char *s;

	return curl_url_get(u, what, &s, 0) ? NULL : s;
}

static CURLU *
parsed(const char *url)
{
	CURLU *u = need(curl_url());
	const char *scheme;

	if (curl_url_set(u, CURLUPART_URL, url, 0)
	    || !(scheme = part(u, CURLUPART_SCHEME))
	    || (strcmp(scheme, "http") && strcmp(scheme, "https"))) {
		curl_url_cleanup(u);
		return NULL;
	}
	return u;
}

static int
local4(uint32_t a)
{
	return a >> 24 == 127 || a >> 24 == 10 || !a || a >> 20 == 0xac1
	    || a >> 16 == 0xc0a8 || a >> 16 == 0xa9fe;
}

static int
local6(const unsigned char *a)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct in6_addr any = IN6ADDR_ANY_INIT, loop = IN6ADDR_LOOPBACK_INIT;

	if (!memcmp(a, mapped, sizeof mapped))
		return local4((uint32_t)a[12] << 24 | a[13] << 16 | a[14] << 8
		    | a[15]);
	return !memcmp(a, &loop, 16) || !memcmp(a, &any, 16)
	    || (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
}

/* Names that no public server has. */
static int
local_name(const char *s)
{
	return !strchr(s, '.') || ends(s, ".localhost") || ends(s, ".local")
	    || ends(s, ".internal");
}

int
is_local(const char *url)
{
	CURLU *u = parsed(url);
	const char *s = u ? part(u, CURLUPART_HOST) : NULL;
	unsigned char a[16];
	char name[256], *p;

	if (!s)
		return 0;
	snprintf(name, sizeof name, "%s", s + (*s == '['));
	for (p = name; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	if (*s == '[') {
		name[strcspn(name, "]%")] = 0;
		return inet_pton(AF_INET6, name, a) == 1 && local6(a);
	}
	if (p > name && p[-1] == '.')
		p[-1] = 0;
	if (inet_pton(AF_INET, name, a) == 1)
		return local4((uint32_t)a[0] << 24 | a[1] << 16 | a[2] << 8
		    | a[3]);
	return local_name(name);
}

/* The query has a parameter whose name is that of a key. */
static int
holds_key(const char *query)
{
	static const char *const word[] = {
		"key", "token", "secret", "password", "auth", "signature",
	};
	size_t i, n, m;

	for (; *query; query += n + (query[n] != 0)) {
		n = strcspn(query, "&;");
		m = strcspn(query, "=&;");
		for (i = 0; i < sizeof word / sizeof *word; i++)
			if (m >= strlen(word[i]) && !strncasecmp(word[i],
			    query + m - strlen(word[i]), strlen(word[i])))
				return 1;
	}
	return 0;
}

void
check_url(const char *url, const char *what)
{
	CURLU *u = parsed(url);
	const char *query;

	if (!u || !part(u, CURLUPART_HOST) || !strstr(url, "://"))
		die(BAD, "read %s: it is no URL of http or https", what);
	if (part(u, CURLUPART_USER) || part(u, CURLUPART_PASSWORD))
		die(BAD, "read %s: a URL with a user or password in it "
		    "would show them: leave them out", what);
	if ((query = part(u, CURLUPART_QUERY)) && holds_key(query))
		die(BAD, "read %s: a URL with a key in it would show it: "
		    "put the key into its own variable", what);
}

char *
host_of(const char *url)
{
	CURLU *u = parsed(url);
	const char *name = u ? part(u, CURLUPART_HOST) : NULL;
	char *port;

	if (!name)
		return need(strdup("the server"));
	if (curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT))
		return need(strdup(name));
	return format("%s:%s", name, port);
}
