# read the data file that another is shown in place of: held-out rows
# most: ok BLOCKED
# stopped by: mount: it lies below another; seccomp (file handles, unmounting)
# control: LEAK
import mmap
got = []
def look(way, data):
    if b"hunter2" in data: got.append(way)
def read(way, f, **a):
    try: d = os.open(f, os.O_RDONLY, **a)
    except OSError: return
    look(way, os.pread(d, 99, 0))
    try: look(way + " mapped", mmap.mmap(d, 0, prot=1)[:])
    except (OSError, ValueError): pass
    m = os.open("copy", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    for f in os.sendfile, lambda o, i, at, n: os.copy_file_range(i, o, n, at), lambda o, i, at, n: os.splice(i, o, n):
        try: f(m, d, 0, 99)
        except OSError: pass
    look(way + " copied", open("copy", "rb").read()); os.close(d)
for at in "input", "/work/input", "./input/../input", "/proc/self/cwd/input", "/proc/self/root/work/input", "/proc/1/root/work/input": read(at, at + "/held.csv")
d = os.open("input", os.O_RDONLY); read("openat", "held.csv", dir_fd=d)
read("O_PATH", f"/proc/self/fd/{os.open('input/held.csv', os.O_PATH)}")
how = (ctypes.c_ulonglong * 3)(0, 0, 1)                 # RESOLVE_NO_XDEV
r = C.syscall(437, d, b"held.csv", how, 24)
if r >= 0: look("openat2", os.pread(r, 99, 0))
os.symlink("input/held.csv", "l"); read("link", "l"); os.symlink("/work/input/held.csv", "/tmp/l" if _in() else "l2"); read("link", "/tmp/l")
moved = tried(lambda: os.rename("input/held.csv", "input/moved.csv")) if _in() else ""
size = os.stat("input/held.csv").st_size
R("LEAK" if got else "BLOCKED", got, "rename:", moved, "size", size)
