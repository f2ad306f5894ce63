# ask the kernel by netlink: devices, routes, sockets of others, audit, device events
# most: ok BLOCKED
# stopped by: network namespace, lack of capabilities
import socket, struct
def ask(proto, kind, body):
    s = socket.socket(16, 3, proto); s.settimeout(1)
    s.send(struct.pack("IHHII", 16 + len(body), kind, 0x301, 1, 0) + body)
    return s.recv(1 << 16)
links = ask(0, 18, struct.pack("BxHiII", 0, 0, 0, 0, 0)); out = {"devices": [n for n in (b"eth", b"ens", b"enp", b"wl", b"docker") if n in links] and "DONE" or "only lo"}
try: routes = ask(0, 26, struct.pack("8xI", 0)); out["routes"] = "DONE" if len(routes) > 2000 else f"{len(routes)} bytes of this namespace"
except OSError as e: out["routes"] = e.strerror
for n, p in ("audit", 9), ("events", 15), ("netfilter", 12), ("selinux", 7):
    def f(): s = socket.socket(16, 3, p); s.bind((0, 1)); s.settimeout(.2); s.send(struct.pack("IHHII", 16, 1000, 5, 1, 0)); b = s.recv(100); e = struct.unpack("i", b[16:20])[0] if len(b) >= 20 else 0; raise OSError(-e, os.strerror(-e)) if e else OSError(0, "nothing told")
    out[n] = tried(f)
said(out)
