# leave a submission that is a fifo, and beside it a socket, a device, a folder, hard links, a hole of 1 TB
# most: ok INFO
# stopped by: takeout: plain files of one name and bounded size only; rlimit (file size)
import socket
os.mkfifo("final/submission.csv"); socket.socket(socket.AF_UNIX).bind("final/sock"); os.mkdir("final/folder")
open("x", "w").write("x"); os.link("x", "final/hard"); os.symlink("x", "final/soft")
out = {"device": tried(lambda: os.mknod("final/null", 0o20666, os.makedev(1, 3))), "link to the data": tried(lambda: os.link("input/canary.csv", "final/data")),
    "a hole": tried(lambda: os.truncate(os.open("final/hole", os.O_CREAT | os.O_RDWR), 1 << 40)), "link to /etc": tried(lambda: os.link("/etc/passwd", "final/passwd"))}
R("LEAK" if "DONE" in out.values() else "INFO", out)
