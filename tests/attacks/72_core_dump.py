# die with a core dump, which the host's handler reads as root, and keeps
# most: killed BLOCKED or killed INFO
# stopped by: rlimit (1 byte, which ends such handlers, too), seccomp (it cannot be 0, which would not)
import resource
now = resource.getrlimit(resource.RLIMIT_CORE)
def lower():
    try: resource.setrlimit(resource.RLIMIT_CORE, (0, now[1]))
    except ValueError as e: raise OSError(1, str(e))
out = {"lower it": tried(lower), "by prlimit": did(C.syscall(302, 0, 4, (ctypes.c_ulong * 2)(0, 1), 0)),
    "by setrlimit": did(C.syscall(160, 4, (ctypes.c_ulong * 2)(0, 1)))}
if now == (0, 0): R("INFO", "the user may have none: that keeps it from files only")
elif now != (1, 1): out["limit"] = "DONE"
if now != (0, 0): said(out, now)
os.abort()
