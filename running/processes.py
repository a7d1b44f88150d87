"""Child processes that do not outlive us, however we end."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Account:
    """Whom a program runs as: an account of this machine, or a guest in a namespace of its own."""

    uid: int
    gid: int
    guest: bool = False


class Child:
    """A running program, the leader of its own process group."""

    def __init__(self, process: subprocess.Popen[bytes], lifeline: int | None) -> None:
        self.process = process
        self._lifeline = lifeline

    @property
    def pid(self) -> int:
        return self.process.pid

    def exit_code(self) -> int | None:
        """Its exit code once it has ended, else None."""
        return self.process.poll()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def wait(self, seconds: float) -> bool:
        """Whether it ended within so many seconds."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def clear_away(self) -> None:
        """End what is left of it, children included, and forget it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None


def launch(
    argv: Sequence[str],
    *,
    log: BinaryIO,
    cwd: Path | None = None,
    environ: Mapping[str, str] | None = None,
    when_we_end: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    keep: Sequence[int] = (),
    watched: bool | None = None,
) -> Child:
    """Start a program that is sent `when_we_end` as soon as this process is gone.

    On Linux the kernel sees to it. Elsewhere, or where the starting thread may end before the
    process does (the kernel counts threads), a watcher does. `keep` stays open in the program.
    """
    if watched is None:
        main = threading.current_thread() is threading.main_thread()
        watched = not (sys.platform == "linux" and main)
    held, lifeline = os.pipe() if watched else (None, None)
    order = {
        "argv": list(argv),
        "signal": int(when_we_end),
        "parent": os.getpid(),
        "lifeline": held,
        "guest": account.uid if account and account.guest else None,
        "owner": [account.uid, account.gid] if account and not account.guest else None,
    }
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-I", "-S", str(CHILD), json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=dict(environ) if environ is not None else None,
        pass_fds=[*keep, *([held] if held is not None else [])],
        start_new_session=True,
    )
    if held is not None:
        os.close(held)
    return Child(process, lifeline)
