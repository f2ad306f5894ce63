# memory no rlimit counts: memfd written not mapped, SysV detached, all of /dev/shm and /tmp
# most: memory
# stopped by: seccomp (SysV, and memfd without a cgroup); memory limit, which counts /tmp and /dev/shm
# args: 300
# with: MEMORY=300
if C.shmget(0, 1 << 20, 0o1600) >= 0: R("LEAK", "shmget"); sys.exit()
files = [open("/dev/shm/a", "wb", 0), open("/tmp/b", "wb", 0)]
m = C.memfd_create(b"x", 0)
if m >= 0: files = [open(m, "wb", 0)]
print("memfd", m, flush=True)
def step():
    for f in files:
        try: return f.write(bytes(20 << 20)) >> 20
        except OSError: pass
    R("LEAK", "both full"); sys.exit()
fill(step, 700)
