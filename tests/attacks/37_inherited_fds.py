# use descriptors that the caller forgot to close (make's jobserver, secret files, sockets)
# most: ok BLOCKED
# stopped by: close_range before bwrap
# control: LEAK
own = os.open("/dev/null", 0); got = {}
for f in os.listdir("/proc/self/fd"):
    if 2 < int(f) != own:
        try: got[f] = os.readlink(f"/proc/self/fd/{f}"); got[f] += str(os.pread(int(f), 40, 0))
        except OSError: pass
bad = {f: t for f, t in got.items() if "/proc/" not in t and "s.py" not in t and "script.py" not in t}
R("LEAK" if bad else "BLOCKED", bad)
