"""A real PostgreSQL and a real Valkey out of wheels, where no DATABASE_URL or REDIS_URL is given.

    with services(Path("instance")) as s:
        psycopg.connect(s.database_url)

Data stays below the instance; sockets are in a short private folder of their own, no port is
opened. Whoever starts the services stops them, and the kernel does if it cannot. A second
process of the same instance shares what runs.
"""

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from running import locks
from running.furnishing import ADMIN, APP, OWNER
from running.postgres import Postgres, owner_of
from running.refusal import CannotStart
from running.server import Server
from running.valkey import Valkey

__all__ = ["CannotStart", "Services", "services"]

LONGEST_SOCKET = 103  # bytes, on macOS; 107 on Linux
PATIENCE = 60.0


@dataclass(frozen=True)
class Services:
    """Where the services answer: three roles of one database, and the queue."""

    database_url: str = ""
    owner_url: str = ""
    admin_url: str = ""
    redis_url: str = ""
    started: bool = False
    servers: tuple[Server, ...] = field(default=(), repr=False)

    def revive(self) -> list[str]:
        """Start again, in the same place, what has died. Names what it was."""
        dead = [server for server in self.servers if server.ended()]
        for server in dead:
            server.stop()
            server.start()
        for server in dead:
            server.wait()
        return [server.name for server in dead]

    @property
    def postgres(self) -> Server:
        return next(server for server in self.servers if isinstance(server, Postgres))

    @property
    def valkey(self) -> Server:
        return next(server for server in self.servers if isinstance(server, Valkey))


@contextlib.contextmanager
def services(
    instance: Path,
    *,
    postgres: bool = True,
    valkey: bool = True,
    durable: bool = True,
    sharing: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Services]:
    """Run what is asked for, or share what runs. Raises CannotStart.

    Not `sharing`: wait for the present owner to end, and depend on nobody. Not `durable`: a
    crash of the machine may lose the data, for throw-away instances. Call it from the main
    thread where you can: the kernel ties children to threads.
    """
    instance = writable(instance)
    notes = instance / "services.json"
    lock = own_or_share(instance, sharing=sharing, say=say)
    if isinstance(lock, Path):
        yield described(servers_of(instance, lock, postgres=postgres, valkey=valkey))
        return
    me = os.getpid()
    sweep(notes)
    sockets = private_folder()
    running = servers_of(
        instance, sockets, postgres=postgres, valkey=valkey, durable=durable, say=say
    )
    try:
        for server in running:
            server.hand_over(sockets)
            server.start()
        for server in running:
            server.wait()
        note(notes, sockets)
        yield described(running, started=True)
    finally:
        if os.getpid() == me:
            notes.unlink(missing_ok=True)
            for server in running:
                server.ask_to_stop()
            for server in running:
                server.stop()
            shutil.rmtree(sockets, ignore_errors=True)
            give_back(instance)
        os.close(lock)


def own_or_share(
    instance: Path, *, sharing: bool = True, say: Callable[[str], None] = lambda _: None
) -> int | Path:
    """The lock that makes us the owner, or the sockets of an owner whose services answer."""
    began = time.monotonic()
    said = sharing
    while (lock := locks.take(instance / "owner.lock")) is None:
        if not said:
            said = True
            say(f"Waiting for another command to leave {instance} …")
        sockets = noted(instance / "services.json") if sharing else None
        if sockets and all(s.answers() for s in servers_of(instance, sockets)):
            return sockets
        if time.monotonic() > began + PATIENCE:
            raise CannotStart(
                f"Another process holds {instance} and does not leave it. Stop it, or name "
                "another folder in YAOYUE_INSTANCE."
            )
        time.sleep(0.01)
    return lock


def servers_of(
    instance: Path,
    sockets: Path,
    *,
    postgres: bool = True,
    valkey: bool = True,
    durable: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Server, ...]:
    """PostgreSQL first: it takes longer to start."""
    account = owner_of(instance) if os.geteuid() == 0 else None
    servers: list[Server] = []
    if postgres:
        servers.append(Postgres(instance, sockets, account, durable=durable, say=say))
    if valkey:
        servers.append(Valkey(instance, sockets, account))
    return tuple(servers)


def described(servers: tuple[Server, ...], *, started: bool = False) -> Services:
    urls: dict[str, str] = {}
    for server in servers:
        if isinstance(server, Postgres):
            urls["database_url"] = server.url(APP)
            urls["owner_url"] = server.url(OWNER)
            urls["admin_url"] = server.url(ADMIN)
        elif isinstance(server, Valkey):
            urls["redis_url"] = server.url
    return Services(**urls, started=started, servers=servers if started else ())


def writable(instance: Path) -> Path:
    """The instance folder, made if need be and found fit to write to."""
    instance = instance.absolute()
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=instance):
            pass
    except OSError as error:
        raise CannotStart(
            f"Cannot write to {instance}: {error.strerror}. Make that a folder you may write to, "
            "or name another one in YAOYUE_INSTANCE."
        ) from None
    return instance


def give_back(instance: Path) -> None:
    """What root made in somebody's folder is that somebody's to use next time."""
    account = owner_of(instance) if os.geteuid() == 0 else None
    if account:
        for path in (*instance.glob("*.lock"), instance / "log", *instance.glob("log/*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def private_folder() -> Path:
    """A new folder only we can enter, with a path short enough for sockets."""
    longest = len(os.fsencode(tempfile.gettempdir())) + len("/yaoyue-12345678/.s.PGSQL.5432.lock")
    plain = set(tempfile.gettempdir()).isdisjoint(",\"' ")
    place = tempfile.gettempdir() if longest <= LONGEST_SOCKET and plain else "/tmp"  # noqa: S108
    return Path(tempfile.mkdtemp(prefix="yaoyue-", dir=place))


def note(notes: Path, sockets: Path) -> None:
    new = notes.with_suffix(".new")
    new.write_text(json.dumps({"owner": os.getpid(), "sockets": str(sockets)}))
    new.replace(notes)


def noted(notes: Path) -> Path | None:
    try:
        return Path(json.loads(notes.read_text())["sockets"])
    except (OSError, ValueError, KeyError):
        return None


def sweep(notes: Path) -> None:
    """Clear away the sockets of an owner that was killed."""
    sockets = noted(notes)
    if sockets and sockets.name.startswith("yaoyue-"):
        shutil.rmtree(sockets, ignore_errors=True)
    notes.unlink(missing_ok=True)
