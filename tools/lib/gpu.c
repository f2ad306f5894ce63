#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib.h"

enum { MOST = 1000 };

static int
there(const char *root, const char *path)
{
	return access(format("%s%s", root, path), F_OK) == 0;
}

static int
all(const char *root, int *gpu)
{
	glob_t g = {0};
	size_t i, n;
	char *s;

	glob(format("%s/dev/nvidia[0-9]*", root), 0, NULL, &g);
	for (i = n = 0; i < g.gl_pathc && n < MOST; i++) {
		s = strrchr(g.gl_pathv[i], '/') + strlen("/nvidia");
		if (strlen(s) < 4 && !s[strspn(s, "0123456789")])
			gpu[n++] = atoi(s);
	}
	globfree(&g);
	return n;
}

int
find_gpus(const char *root, int **gpu)
{
	const char *list = getenv("GPUS");
	char *s;
	int n = 0;

	*gpu = need(calloc(MOST, sizeof **gpu));
	if (!list || blank(list))
		return all(root, *gpu);
	if (!strcmp(list, "none"))
		return 0;
	for (s = strtok(need(strdup(list)), ", "); s; s = strtok(NULL, ", ")) {
		if (s[strspn(s, "0123456789")] || strlen(s) > 3 || n == MOST)
			die(BAD, "read GPUS: '%s' is no list of numbers such as"
			    " 0,1, nor none", list);
		if (!there(root, format("/dev/nvidia%d", atoi(s))))
			die(BAD, "read GPUS: there is no /dev/nvidia%d", atoi(s));
		(*gpu)[n++] = atoi(s);
	}
	return n;
}

/* Of the nodes of GPUs it sees one, so that it is CUDA's first, whatever its
 * number.  A plain bind would make the nodes useless. */
const char **
gpu_options(const char *root, const char *node)
{
	static const char *fixed[] = {"--ro-bind", "/sys", "/sys",
	    "--perms", "1777", "--size", "1073741824", "--tmpfs", "/dev/shm",
	    "--setenv", "CUDA_VISIBLE_DEVICES", "0"};
	const char *nodes[] = {"/dev/nvidiactl", "/dev/nvidia-uvm",
	    "/dev/nvidia-uvm-tools", "/dev/nvidia-modeset", node};
	const char *libs[] = {"/usr/local/cuda", "/usr/local/nvidia"};
	const char **list = need(calloc(64, sizeof *list)), **p = list;
	char *real;
	size_t i;

	for (i = 0; i < sizeof nodes / sizeof *nodes; i++)
		if (there(root, nodes[i])) {
			*p++ = "--dev-bind";
			*p++ = format("%s%s", root, nodes[i]);
			*p++ = nodes[i];
		}
	for (i = 0; i < sizeof libs / sizeof *libs; i++) {
		real = realpath(format("%s%s", root, libs[i]), NULL);
		if (real && !starts(real, format("%s/usr/", root))) {
			*p++ = "--ro-bind"; /* a link leads out of /usr */
			*p++ = real;
			*p++ = real + strlen(root);
		}
	}
	for (i = 0; i < sizeof fixed / sizeof *fixed; i++)
		*p++ = fixed[i];
	return list;
}
