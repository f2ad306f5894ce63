# get at a terminal: make one its own, the console's ioctls, others' pseudo terminals
# most: ok BLOCKED
# stopped by: no terminal (new session, own devpts), seccomp
import fcntl
out = {"/dev/tty": tried(lambda: os.open("/dev/tty", 2)), "TIOCSCTTY": tried(lambda: fcntl.ioctl(0, 0x540E, 0)), "console": tried(lambda: os.open("/dev/console", 1 | os.O_NOCTTY))}
m, s = os.openpty()
out["TIOCSTI on its own"] = tried(lambda: fcntl.ioctl(s, 0x5412, b"x")); out["with high bits"] = did(C.syscall(16, s, ctypes.c_ulong(0xdead00005412), b"x"))
out["TIOCLINUX"] = tried(lambda: fcntl.ioctl(s, 0x541C, b"\2"))
said(out, "ptys seen:", [p for p in os.listdir("/dev/pts") if p != "ptmx"])
