# memory in SysV semaphores and message queues, which no limit counts
# most: ok BLOCKED
# stopped by: seccomp
# args: 300
out = {"semget": did(C.semget(0, 32000, 0o1600)), "msgget": did(C.msgget(0, 0o1600))}
said(out)
