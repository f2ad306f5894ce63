# read the caller's session keyring
# most: ok BLOCKED
# stopped by: seccomp
# control: LEAK, if the kernel allows
key, ctl = 249, 250
r = C.syscall(key, b"user", b"mlestar-canary", None, 0)
e = did(r); b = ctypes.create_string_buffer(64)
if r >= 0: C.syscall(ctl, 11, r, b, 64)
s = did(C.syscall(ctl, 0, -3, 0)); u = did(C.syscall(ctl, 0, -4, 0))
R("LEAK" if b"hunter2" in b.raw or "DONE" in (s, u) else "BLOCKED", e, b.value, "session", s, "user", u)
