# eat memory in a thread of a process whose first thread has ended: its resident size reads 0
# most: memory
# stopped by: memory limit: read from threads that live
# args: 300
# with: MEMORY=300
import threading
a = []
def step(): a.append(b"x" * (20 << 20)); return 20
threading.Thread(target=fill, args=(step,)).start()
C.syscall(60, 0)
