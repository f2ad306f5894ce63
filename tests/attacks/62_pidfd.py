# signal, read and steal from processes by pidfd: a host's, bwrap's
# most: ok BLOCKED
# stopped by: pid namespace, seccomp
# args: "$PID"
# control: LEAK
out = {"open the host's": tried(lambda: os.pidfd_open(int(sys.argv[1])))}
p = os.pidfd_open(1) if _in() else 0
out["steal a descriptor"] = did(C.syscall(438, p, 4, 0)); out["kcmp"] = did(C.syscall(312, 1, os.getpid(), 0, 0, 0))
b = ctypes.create_string_buffer(64); v = (ctypes.c_void_p * 2)(ctypes.addressof(b), 64)
out["write its memory"] = did(C.process_vm_writev(1, v, 1, v, 1, 0)) if _in() else ""
try: m = os.open("/proc/1/mem", os.O_RDWR); out["/proc/1/mem"] = "DONE"
except OSError as e: out["/proc/1/mem"] = e.strerror
for f in os.listdir("/proc/1/fd") if _in() else ():
    if f not in "012": out["/proc/1/fd/" + f] = tried(lambda: os.open("/proc/1/fd/" + f, os.O_RDWR))
said(out)
