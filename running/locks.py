"""Locks on files, held by a process and let go by the kernel when it ends, however it ends."""

import fcntl
import os
import time
from pathlib import Path


def take(path: Path) -> int | None:
    """The open, locked file, or None while somebody else holds it."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd


def take_within(path: Path, seconds: float) -> int | None:
    """The same, waiting so long for whoever holds it to end."""
    until = time.monotonic() + seconds
    while (fd := take(path)) is None:
        if time.monotonic() > until:
            return None
        time.sleep(0.01)
    return fd
