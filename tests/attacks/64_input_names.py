# rename, replace or mount over ./input and the script; times, modes and attributes of what is bound
# most: ok BLOCKED
# stopped by: mount: read-only; a mount point cannot be moved
f = "input/canary.csv"
said({"rename input": tried(lambda: os.rename("input", "moved")), "rmdir input": tried(lambda: os.rmdir("input")), "exchange": did(C.renameat2(-100, b"input", -100, b"final", 2)),
    "rename script": tried(lambda: os.rename("/script", "/script2")), "times": tried(lambda: os.utime(f, (1, 1))), "times by descriptor": tried(lambda: os.utime(os.open(f, 0), (1, 1))), "mode": tried(lambda: os.fchmod(os.open(f, 0), 0o777)),
    "xattr": tried(lambda: os.setxattr(f, "user.x", b"1")), "xattr of /usr": tried(lambda: os.setxattr("/usr/bin/python3", "user.x", b"1")), "stdin's mode": tried(lambda: os.fchmod(0, 0o777)), "reopen to write": tried(lambda: os.open(f"/proc/self/fd/{os.open(f, 0)}", os.O_RDWR))})
