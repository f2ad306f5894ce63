# read the environment block of every process, pid 1 (bwrap) first
# most: ok BLOCKED
# stopped by: environment: bwrap starts with none; pid namespace
# control: LEAK
got = []
for p in sorted(p for p in os.listdir("/proc") if p.isdigit()):
    for f in "environ", "cmdline":
        try: b = open(f"/proc/{p}/{f}", "rb").read()
        except OSError: continue
        if b"hunter2" in b or b"CANARY" in b: got.append((p, f))
R("LEAK" if got else "BLOCKED", got)
