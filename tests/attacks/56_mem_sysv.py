# memory in SysV semaphores, message queues, which no limit counts, and in POSIX ones
# most: ok BLOCKED
# stopped by: seccomp; rlimit (POSIX queues)
# args: 300
out = {"semget": did(C.semget(0, 32000, 0o1600)), "msgget": did(C.msgget(0, 0o1600)),
    "mq_open": did(C.syscall(240, b"q", os.O_RDWR | os.O_CREAT, 0o600, None))}
said(out)
