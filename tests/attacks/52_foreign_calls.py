# pass the filter by the x32 and i386 numbers of system calls, and by numbers newer than it
# most: ok BLOCKED
# stopped by: seccomp: foreign architectures and unknown calls are absent
import mmap
out = {}
def absent(r): return "DONE" if r >= 0 or ctypes.get_errno() not in (38, 1) else os.strerror(ctypes.get_errno())
X = 0x40000000
for n, a in ("getpid", (39,)), ("add_key", (248, 0)), ("ptrace", (521, 0)), ("keyctl", (250, 0, -3, 0)), ("socket vsock", (41, 40, 1, 0)): out["x32 " + n] = absent(C.syscall(a[0] | X, *a[1:]))
p = C.mmap(None, 4096, 7, 0x22, -1, 0)                # push rbx; mov eax, edi; mov ebx, esi; int 0x80; pop rbx; ret
ctypes.memmove(p, bytes.fromhex("5389f889f3cd805bc3"), 9)
i386 = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)(p)
pid = os.fork()                                     # a kernel without it kills
if pid == 0: os._exit(0 if i386(20, 0) >= 0 or i386(288, 0) not in (-38, -1) else 38)
st = os.waitpid(pid, 0)[1]; out["i386 getpid, keyctl"] = "DONE" if st == 0 else "stopped"
for n in 463, 467, 470, 500: out[n] = absent(C.syscall(n, 0, 0, 0, 0, 0))
said(out)
