# fill the disk with files that have no name any more: open ones, and mapped ones
# most: disk
# stopped by: watcher (disk): looks at open and mapped files, too
# with: DISK=100
import mmap, time
keep = []
for i in range(80):
    f = open("x", "w+b", 0); os.unlink("x"); f.write(b"\1" * (10 << 20))
    if i & 1: keep.append(f)
    else: keep.append(mmap.mmap(f.fileno(), 0)); f.close()
    time.sleep(0.02)
time.sleep(5)
R("LEAK", "800 MiB under a limit of 100")
