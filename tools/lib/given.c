#include <stdlib.h>
#include <sys/resource.h>

#include "lib.h"

const char **
given_environment(const char *tmp, long cpus)
{
	static const char *fixed[] = {
		"PATH=/usr/local/bin:/usr/bin:/bin", "USER=nobody",
		"LOGNAME=nobody", "LANG=C.UTF-8", "TZ=UTC", "PYTHONHASHSEED=0",
		"PYTHONDONTWRITEBYTECODE=1", "PYTHONUNBUFFERED=1",
		"PYTHONNOUSERSITE=1", "PYTHONFAULTHANDLER=1", "MPLBACKEND=Agg",
		"HF_HUB_OFFLINE=1", "OMP_WAIT_POLICY=PASSIVE",
		"CUBLAS_WORKSPACE_CONFIG=:4096:8", NULL
	}, *below[] = {
		"TMPDIR", "", "JOBLIB_TEMP_FOLDER", "", "HOME", "/home",
		"MPLCONFIGDIR", "/mpl", "NUMBA_CACHE_DIR", "/numba", NULL
	}, *threads[] = {
		"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
		"NUMEXPR_MAX_THREADS", "LOKY_MAX_CPU_COUNT", NULL
	};
	static const char *set[40];
	const char **s;
	int n = 0;

	for (s = fixed; *s; s++)
		set[n++] = *s;
	for (s = threads; *s; s++)
		set[n++] = format("%s=%ld", *s, cpus);
	for (s = below; *s; s += 2)
		set[n++] = format("%s=%s%s", s[0], tmp, s[1]);
	return set;
}

static void
limit(int what, rlim_t n)
{
	struct rlimit r;

	getrlimit(what, &r);
	r.rlim_cur = r.rlim_max = r.rlim_max < n ? r.rlim_max : n;
	if (setrlimit(what, &r) < 0)
		die(SICK, "set a limit:");
}

/* A file that breaks the limit of the disk is to be seen as doing so. */
void
given_limits(const struct job *j)
{
	limit(RLIMIT_CORE, 1); /* 0 would not keep a handler from the core */
	limit(RLIMIT_RTPRIO, 0);
	limit(RLIMIT_NICE, 0);
	limit(RLIMIT_MSGQUEUE, 0);
	limit(RLIMIT_NOFILE, 4096);
	limit(RLIMIT_MEMLOCK, 64 << 20);
	limit(RLIMIT_FSIZE, (rlim_t)(j->disk + 1) << 20);
}
