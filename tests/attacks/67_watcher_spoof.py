# hide from the watcher: a name like the lines of its files in /proc, no dumps, an orphan, shared half-seen
# most: memory
# stopped by: memory limit
# args: 300
# with: MEMORY=300
a = []
if os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
    C.prctl(15, b"\nVmRSS: 0)\nZ 0", 0, 0, 0); C.prctl(4, 0, 0, 0, 0)
    def step(): a.append(b"x" * (20 << 20)); return 20
    fill(step); os._exit(0)
import time; time.sleep(10)
