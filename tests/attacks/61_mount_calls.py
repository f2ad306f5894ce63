# the new mount calls, and namespaces of others by pidfd
# most: ok BLOCKED
# stopped by: seccomp
p = os.pidfd_open(1)
b = ctypes.create_string_buffer(64)
said({n: did(C.syscall(*a)) for n, a in {"fsopen": (430, b"tmpfs", 0), "fspick": (433, -100, b"/", 0), "open_tree": (428, -100, b"/", 1), "move_mount": (429, -100, b"/usr", -100, b"/tmp", 0), "mount_setattr": (442, -100, b"/usr", 0, b, 32),
    "setns by pidfd": (308, p, 0x20000), "fsmount": (432, 0, 0, 0), "name_to_handle_at": (303, -100, b"/", b, b, 0)}.items()})
