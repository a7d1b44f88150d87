"""What PostgreSQL and Valkey have in common as children of ours."""

import contextlib
import os
import signal
import socket
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import BinaryIO, ClassVar

from running import locks
from running.processes import Account, Child, launch
from running.refusal import CannotStart

LONGEST_LOG = 5_000_000


class Server(ABC):
    """A server with a data folder of its own, answering on a socket in a private folder.

    Its lock file stays locked until the last of its processes is gone: they inherit it. So
    "does anything still write to this folder" needs no guess from process numbers, and holds
    for zombies, for restarts of the machine and across containers.
    """

    name: ClassVar[str]
    stop_signals: ClassVar[tuple[signal.Signals, ...]]

    def __init__(self, instance: Path, sockets: Path, account: Account | None) -> None:
        self.instance = instance
        self.sockets = sockets
        self.account = account
        self.data = instance / self.folder
        self.log = instance / "log" / f"{self.folder}.log"
        self.child: Child | None = None

    @property
    @abstractmethod
    def folder(self) -> str:
        """Where it keeps its data, below the instance."""

    @property
    @abstractmethod
    def socket(self) -> Path:
        """Where it answers."""

    @abstractmethod
    def command(self) -> list[str]:
        """The program and its arguments."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it takes requests now."""

    def last_writer(self) -> int | None:
        """The process number its data folder names, if any."""
        return None

    def start(self) -> None:
        """Start it, as soon as a predecessor that is still shutting down has gone."""
        lock = self._alone()
        try:
            self._prepare()
            self._spawn(lock)
        finally:
            os.close(lock)

    @abstractmethod
    def _prepare(self) -> None:
        """Bring the data folder into a state in which the server starts."""

    def hand_over(self, folder: Path) -> None:
        """Give a folder of ours, and all in it, to the account the server runs as."""
        if self.account is not None and not self.account.guest:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)

    def _spawn(self, lock: int) -> None:
        with open_log(self.log) as log:
            self.child = launch(
                self.command(),
                log=log,
                cwd=self.data,
                environ={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
                when_we_end=self.stop_signals[0],
                account=self.account,
                keep=[lock],
            )

    def _alone(self) -> int:
        path = self.instance / f"{self.folder}.lock"
        lock = locks.take_within(path, 5)
        if lock is None and (pid := self.last_writer()) and works_in(pid, self.data):
            with contextlib.suppress(OSError):
                os.kill(pid, self.stop_signals[0])  # it lost its owner and did not notice
            lock = locks.take_within(path, 10)
        if lock is None:
            raise CannotStart(
                f"Another {self.name} still uses {self.data} and does not answer. End it first "
                f"(`fuser {path}` shows its process number)."
            )
        return lock

    def wait(self, seconds: float = 60) -> None:
        """Return once it answers. Raises CannotStart with its own last words if it ends first."""
        until = time.monotonic() + seconds
        while not self.answers():
            if self.ended():
                raise CannotStart(f"{self.name} does not start: {self.last_words()}")
            if time.monotonic() > until:
                raise CannotStart(
                    f"{self.name} has not answered for {seconds:.0f} seconds; see {self.log}."
                )
            time.sleep(0.002)

    def ended(self) -> bool:
        return self.child is None or self.child.exit_code() is not None

    def ask_to_stop(self) -> None:
        if self.child is not None:
            self.child.signal(self.stop_signals[0])

    def stop(self) -> None:
        """Stop it in order; harder when it does not listen."""
        if self.child is None:
            return
        for number in self.stop_signals:
            if self.child.exit_code() is None:
                self.child.signal(number)
            if self.child.wait(20):
                break
        self.child.clear_away()
        self.child = None

    def last_words(self) -> str:
        """The last lines of its log that say something."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return " ".join(line.strip() for line in lines[-4:]) or f"see {self.log}."


def open_log(path: Path) -> BinaryIO:
    """Append to a log file; one that has grown long starts anew."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    long = path.exists() and path.stat().st_size > LONGEST_LOG
    return path.open("wb" if long else "ab")


def connects(path: Path) -> socket.socket | None:
    """A connection to a Unix socket, if somebody listens there."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(5)
    try:
        client.connect(str(path))
    except OSError:
        client.close()
        return None
    return client


def works_in(pid: int, folder: Path) -> bool:
    """Whether a process is at home in this folder: its number alone may be somebody else's."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False
