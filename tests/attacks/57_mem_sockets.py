# fill the buffers of sockets that nobody reads
# most: memory
# stopped by: memory limit: counts sockets as if full
# args: 300
# with: MEMORY=300
import socket
keep = []
def step():
    for s in socket.socketpair():
        keep.append(s); s.setblocking(False); s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        try:
            while True: s.send(bytes(1 << 16))
        except OSError: pass
    return .4
fill(step)
