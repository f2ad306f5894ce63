# hard-link data or system files into the working folder, then write through the link
# most: ok BLOCKED
# stopped by: mount: each bind is a mount of its own
# args: input/canary.csv
out = {}
for i, f in enumerate([sys.argv[1], "/usr/bin/python3", "/etc/passwd", "/proc/self/exe"]):
    out[f] = tried(lambda: os.link(f, f"hard{i}", follow_symlinks=True))
said(out)
