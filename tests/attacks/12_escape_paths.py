# reach an outside file by symlink, .., /proc/PID/root and cwd, descriptors
# most: ok BLOCKED
# stopped by: mount namespace, pivot_root
# args: "$H/secret"
# control: LEAK
s = sys.argv[1]; got = []
ways = [s, "/" + "../" * 40 + s] + [f"/proc/{p}/{d}{s}" for p in os.listdir("/proc") if p.isdigit() for d in ("root", "cwd/../../../..", "cwd")]
os.symlink(s, "link"); ways.append("link")
os.symlink("/" + "../" * 20 + s, "/tmp/link.attack12" if _in() else "link2"); ways.append("/tmp/link.attack12")
ways += [f"/proc/self/fd/{f}/../../../../../..{s}" for f in os.listdir("/proc/self/fd")]
for w in ways:
    try: got.append((w, open(w, "rb").read(40)))
    except OSError: pass
d = os.open("/", os.O_PATH)
for i in range(20):
    try: d = os.open("..", os.O_PATH, dir_fd=d)
    except OSError: break
if tried(lambda: os.close(os.open(s.lstrip("/"), os.O_RDONLY, dir_fd=d))) == "DONE": got.append("openat")
R("LEAK" if got else "BLOCKED", got[:3], "ways tried", len(ways))
