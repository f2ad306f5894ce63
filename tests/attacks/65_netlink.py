# ask the kernel by netlink: devices, routes, audit, events; have it load modules for rare protocols
# most: ok BLOCKED
# stopped by: network namespace, seccomp
import socket, struct
def ask(proto, kind, body):
    s = socket.socket(16, 3, proto); s.settimeout(1)
    s.send(struct.pack("IHHII", 16 + len(body), kind, 0x301, 1, 0) + body)
    return s.recv(1 << 16)
links = ask(0, 18, struct.pack("BxHiII", 0, 0, 0, 0, 0)); out = {"devices": [n for n in (b"eth", b"ens", b"enp", b"wl", b"docker") if n in links] and "DONE" or "only lo"}
try: routes = ask(0, 26, struct.pack("8xI", 0)); out["routes"] = "DONE" if len(routes) > 2000 else f"{len(routes)} bytes of this namespace"
except OSError as e: out["routes"] = e.strerror
def rare(family, kind, proto): socket.socket(family, kind, proto).close()
for n, a in {"audit": (16, 3, 9), "events": (16, 3, 15), "netfilter": (16, 3, 12), "generic": (16, 3, 16), "crypto": (16, 3, 21), "sctp": (2, 1, 132), "dccp": (2, 6, 33), "mptcp": (2, 1, 262), "mptcp6": (10, 1, 262), "udplite": (2, 2, 136), "smc": (2, 1, 256)}.items(): out[n] = tried(lambda: rare(*a))
out["high bits"] = did(C.syscall(41, ctypes.c_ulong(0x100000010), 3, ctypes.c_ulong(0x100000009)))
said(out)
