# memory that is shared, written and given up, but not freed: in nobody's resident size
# most: ok BLOCKED or memory
# stopped by: cgroup, or seccomp (shared memory without a file, /dev/zero is empty)
# args: 300
# with: MEMORY=300
def step(p=[0]):
    if not p[0]:
        p[0] = C.mmap(None, 1 << 40, 3, 0x4021, -1, 0)
        if p[0] == 2**64 - 1: p[0] = C.mmap(None, 1 << 40, 3, 0x4001, os.open("/dev/zero", os.O_RDWR), 0)
        if p[0] == 2**64 - 1: R("BLOCKED", os.strerror(ctypes.get_errno())); sys.exit()
    ctypes.memset(ctypes.c_void_p(p[0]), 1, 4 << 20); C.madvise(ctypes.c_void_p(p[0]), ctypes.c_size_t(4 << 20), 4); p[0] += 4 << 20
    return 4
try: fill(step)
except OSError as e: R("BLOCKED", e)
