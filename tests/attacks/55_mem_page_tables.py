# read untouched memory all over the address space: page tables are in nobody's resident size
# most: memory
# stopped by: memory limit: counts page tables
# args: 300
# with: MEMORY=300
p = C.mmap(None, 1 << 40, 1, 0x4022, -1, 0)
at = ctypes.c_ubyte.from_address
C.madvise(ctypes.c_void_p(p), ctypes.c_size_t(1 << 40), 15)
def step(n=[0]):
    for i in range(256): at(p + (n[0] << 21)).value; n[0] += 1
    return 1
fill(step)
