# stop itself, so that it never ends
# most: timeout INFO or timeout
# stopped by: watcher (time)
# with: TIMEOUT=1
import signal
R("INFO", "stops")
os.kill(os.getpid(), signal.SIGSTOP)
R("LEAK", "woken")
