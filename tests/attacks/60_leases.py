# hold back those who write the data: leases, directory signals; take the machine's asynchronous I/O
# most: ok BLOCKED
# stopped by: seccomp
import fcntl
f = os.open("input/canary.csv", os.O_RDONLY); d = os.open("input", os.O_RDONLY)
lease = tried(lambda: fcntl.fcntl(f, 1024, fcntl.F_RDLCK))
ctx = ctypes.c_ulong(0); aio = did(C.syscall(206 if X86 else 0, 60000, ctypes.byref(ctx)))
said({"lease": lease, "dnotify": tried(lambda: fcntl.fcntl(d, 1026, 0x80000002)), "io_setup": aio})
