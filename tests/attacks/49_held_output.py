# leave children that hold stdout open, one stopped, one that ignores all signals
# most: ok INFO
# stopped by: pid namespace: all die with its first process
import signal, time
for i in range(3):
    if os.fork() == 0:
        os.setsid()
        if i == 0: os.kill(os.getpid(), signal.SIGSTOP)
        for s in set(signal.valid_signals()) - {9, 19}: signal.signal(s, signal.SIG_IGN)
        while True: time.sleep(9)
R("INFO", "three hold it")
