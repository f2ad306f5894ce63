# What every attack begins with: R() says what it got.
import ctypes, os, sys
def _in():
    try: return open("/proc/1/comm").read().strip() == "bwrap"
    except OSError: return True
if not _in() and not os.environ.get("ATTACK_CONTROL"): sys.exit("REFUSED: not in a sandbox")
def R(v, *a): print("RESULT:", v, *a, flush=True)
C = ctypes.CDLL(None, use_errno=True)
C.mmap.restype = ctypes.c_void_p
C.mmap.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long
def did(r): return "DONE" if r >= 0 else os.strerror(ctypes.get_errno())
def tried(f):
    try: f()
    except OSError as e: return e.strerror
    return "DONE"
def said(out, *more): R("LEAK" if "DONE" in out.values() else "BLOCKED", out, *more)
def fill(step, most=400):
    """Takes step() MiB after MiB; what should stop it has 3 s after the last."""
    import time
    n = 0
    while n < most: n += step()
    time.sleep(3)
    R("LEAK", n, "MiB under a limit of", sys.argv[1])
