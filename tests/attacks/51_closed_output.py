# close stdout and stderr and go on for ever
# most: timeout INFO or timeout
# stopped by: watcher (time)
# with: TIMEOUT=1
import time
R("INFO", "closes")
for f in 0, 1, 2: os.close(f)
while True: time.sleep(1)
