/* endpoint: the functions of secret.c hide.c url.c endpoint.c http.c by hand.
 *   endpoint env|secret|local|check|endpoint ARG...   one line each
 *   endpoint hide                                     a filter
 *   endpoint http [-lr] [-t SECONDS] [-i IDLE] [-b BODY] [-H LINE] URL...
 *     all by one process; -l: past proxies, -r: the reply, too
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/net.h"

static void
one_endpoint(const char *name)
{
	struct endpoint *e = endpoint(name);

	if (!e)
		puts("null");
	else
		printf("%s %s %s %s %s %s%s%s\n", e->provider,
		    *e->model ? e->model : "-", e->wire->name, e->base,
		    e->key_name ? e->key_name : "-",
		    e->key ? e->key_header : "", e->local ? " local" : "",
		    e->web ? " web" : "");
}

static void
fetch(struct http h, int show)
{
	double t0 = now();

	http(&h);
	printf("%ld %s again=%d most=%d begun=%d n=%zu %s\n", h.status,
	    h.trouble.class ? h.trouble.class : "-", h.trouble.again, h.most,
	    h.begun, h.n, h.trouble.message);
	if (show) {
		fputs(h.head, stdout);
		fwrite(h.reply, 1, h.n, stdout);
		putchar('\n');
	}
	if (getenv("TIMES"))
		fprintf(stderr, "%.3f\n", now() - t0);
}

static void
exchanges(int argc, char **argv)
{
	const char *headers[20] = {NULL};
	struct http h = {.seconds = 10, .headers = headers};
	int c, n = 0, show = 0;

	while ((c = getopt(argc, argv, "lrt:i:b:H:")) != -1)
		switch (c) {
		case 'l': h.local = 1; break;
		case 'r': show = 1; break;
		case 't': h.seconds = atof(optarg); break;
		case 'i': h.idle = atof(optarg); break;
		case 'b': h.body = *optarg == '@' ? slurp(optarg + 1, NULL)
		                                  : optarg; break;
		case 'H': headers[n++] = optarg; break;
		default:  usage("http [-lr] [-t s] [-i s] [-b body] [-H line] url...");
		}
	if (secret("KEY"))
		headers[n++] = format("Authorization: Bearer %s", secret("KEY"));
	for (; argv[optind]; optind++) {
		h.url = argv[optind];
		if (*h.url == '+')      /* +SECONDS: a pause */
			usleep(atof(h.url) * 1e6);
		else
			fetch(h, show);
	}
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "", *s;

	if (!strcmp(what, "http")) {
		exchanges(argc - 1, argv + 1);
		finish();
		return YES;
	}
	if (!strcmp(what, "hide")) {
		for (argv += 2; *argv; argv++)
			secret(*argv);
		fputs(hide(slurp("-", NULL)), stdout);
		finish();
		return YES;
	}
	for (argv += 2; *argv; argv++)
		if (!strcmp(what, "env"))
			printf("%s\n", (s = env(*argv)) ? s : "null");
		else if (!strcmp(what, "secret"))
			printf("%s\n", (s = secret(*argv)) ? s : "null");
		else if (!strcmp(what, "local"))
			printf("%d\n", is_local(*argv));
		else if (!strcmp(what, "check"))
			check_url(*argv, "X_BASE_URL");
		else
			one_endpoint(*argv);
	finish();
	return YES;
}
