# see what other sandboxes do at the same time: files, processes, sockets, names
# most: ok BLOCKED
# stopped by: every namespace is its own
# args: "$TOGETHER"
import socket, time
me = os.urandom(8).hex(); mark = "mlestar-mark-" + me; seen = []
for d in "/tmp", "/dev/shm", "/work", "final": open(f"{d}/{mark}", "w").write(mark)
a = socket.socket(socket.AF_UNIX); a.bind("\0" + "mlestar-mark"); a.listen()
t = socket.socket(); t.bind(("127.0.0.1", 4711)); t.listen()
C.prctl(15, mark.encode()[-15:], 0, 0, 0)
C.sem_open.restype = ctypes.c_void_p; C.sem_open(b"/mlestar-mark", 0o100 | 0o200, 0o600, 1) or seen.append("semaphore")
open("ready", "w")
for i in range(100):
    if os.path.exists("input/go") or not sys.argv[1]: break
    time.sleep(0.1)
for d in "/tmp", "/dev/shm", "/work", "final": seen += [d + "/" + f for f in os.listdir(d) if f.startswith("mlestar-mark") and f != mark]
pids = [p for p in os.listdir("/proc") if p.isdigit()]
if len(pids) > 3: seen.append(pids)
seen += [l for l in open("/proc/net/unix") if "mlestar-mark" in l and "mlestar-mark" + "\n" not in l]
R("LEAK" if seen else "BLOCKED", seen, "beside others" if sys.argv[1] else "alone")
time.sleep(0.3)
