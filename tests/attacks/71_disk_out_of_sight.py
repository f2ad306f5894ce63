# fill the disk with files that are nowhere to be seen: sent to a socket and closed, or mapped by their first page only
# most: disk
# stopped by: watcher (disk): signs of such files, and what the disk lacks
# with: DISK=100
import mmap, socket, time
a, b = socket.socketpair(); keep = []
for i in range(120):
    f = open("x", "w+b", 0); os.unlink("x"); f.write(b"\1" * (10 << 20))
    if i & 1: keep.append(mmap.mmap(f.fileno(), 4096))
    else: socket.send_fds(a, [b"."], [f.fileno()])
    f.close(); time.sleep(0.02)
time.sleep(5)
R("LEAK", "1200 MiB under a limit of 100")
