# take what the machine or the user has few of: leases on the data, directory signals, inotify, asynchronous I/O
# most: ok BLOCKED
# stopped by: seccomp
import fcntl
f = os.open("input/canary.csv", os.O_RDONLY); d = os.open("input", os.O_RDONLY)
lease = tried(lambda: fcntl.fcntl(f, 1024, fcntl.F_RDLCK))
ctx = ctypes.c_ulong(0); aio = did(C.syscall(206, 60000, ctypes.byref(ctx)))
said({"lease": lease, "dnotify": tried(lambda: fcntl.fcntl(d, 1026, 0x80000002)), "io_setup": aio,
    "inotify": did(C.syscall(294, 0)), "inotify_init": did(C.inotify_init())})
