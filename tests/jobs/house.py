"""A house of one's own to break: services, application, mail server and workers, all real."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from embedded import Services, services
from jobs.sweeps import every_tenant, sweep_notices
from running.migrating import migrate
from tenants.clock import now
from tenants.db import db
from tenants.settings import Settings
from tests.mailroom import Mailroom
from tests.notices.world import states
from tests.world import Federation, found
from wsgi import create_app

ROOT = Path(__file__).parents[2]


@dataclass
class House:
    services: Services
    app: Flask
    mailroom: Mailroom
    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    later: datetime = field(default_factory=now)
    _nursery: subprocess.Popen[bytes] | None = None

    def federation(self) -> Federation:
        self.nobody_waits()
        self.mailroom.mails.clear()
        self.app.extensions["redis"].flushall()
        self.later = now()
        return found(self.app, division="421000")

    def nobody_waits(self) -> None:
        """Until the queue has noticed who is gone; it knows of nobody who could take a job."""
        until = time.monotonic() + 20
        while self.app.extensions["redis"].info("clients")["blocked_clients"]:
            assert time.monotonic() < until, "the queue still waits for somebody that was killed"
            time.sleep(0.02)

    def sent(self, count: int) -> None:
        """Wait until so many mails have come in; meanwhile somebody sweeps and restarts workers."""
        for _ in range(12):
            if self.mailroom.reaches(count, 5):
                return
            self.look_after()
            self.sweep()
        raise AssertionError(f"{len(self.mailroom.mails)} of {count} mails came in")

    def sweep(self) -> int:
        """Queue the sweep of every federation as the schedule does; how many could be told."""
        with self.app.app_context():
            return every_tenant(job="jobs.sweeps.sweep_notices")

    def worker(self) -> int:
        """A worker that takes jobs from now on; its process id."""
        if self._nursery is None:
            self._nursery = self.start("-m", "tests.jobs.nursery", pipe=subprocess.PIPE)
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(b"another\n")
        self._nursery.stdin.flush()
        pid = int(self._nursery.stdout.readline())
        self.workers.append(pid)
        return pid

    def kill(self, pid: int) -> None:
        """Dead when this returns: for as long as it dies, the queue hands it what comes next."""
        self.workers.remove(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        while lives(pid):
            time.sleep(0.001)

    def look_after(self) -> int:
        """Start a worker for each that has ended, as whoever runs the service does; how many."""
        ended = [pid for pid in self.workers if not lives(pid)]
        for pid in ended:
            self.workers.remove(pid)
            self.worker()
        return len(ended)

    def start(self, *words: str, pipe: int | None = None, **more: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**self.environment, **more},
            stdin=pipe,
            stdout=pipe,
        )
        self.running.append(process)
        return process

    def sweep_later(self, federation: Federation) -> int:
        """Ten minutes on, what a dead worker held is found; how much that is."""
        self.later += timedelta(minutes=10)
        until = time.monotonic() + 20
        while True:  # the database lets go of a killed worker's locks when it notices
            with self.app.app_context():
                lost = sweep_notices(tenant_id=federation.id, at=self.later.isoformat())
            if lost or time.monotonic() > until:
                return lost
            time.sleep(0.02)

    def settled(self, federation: Federation, seconds: float = 60.0) -> dict[str, int]:
        """Wait until nothing is in anybody's hands or in line."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with federation.scope():
                counts = states()
            if not {"queued", "sending", "uncertain"} & counts.keys():
                return counts
            time.sleep(0.1)
        raise AssertionError(counts)

    def clear(self) -> None:
        for pid in list(self.workers):
            self.kill(pid)
        for process in self.running:
            process.kill()
            process.wait()
            for end in (process.stdin, process.stdout):
                if end is not None:
                    end.close()
        self.running.clear()
        self._nursery = None


def lives(pid: int) -> bool:
    """Whether a worker is there. Nobody waits for its end, so nothing of it stays behind."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def house(folder: Path) -> Iterator[House]:
    room = Mailroom()
    room.open()
    with services(folder, durable=False) as running:
        settings = Settings(
            database_url=running.database_url,
            database_owner_url=running.owner_url,
            redis_url=running.redis_url,
            secret_key="a key for tests, and for nothing else",
            smtp_host=room.host,
            smtp_port=room.port,
            YAOYUE_INSTANCE=folder,
        )
        app = create_app(settings, TESTING=True, THROTTLE=False, TENANT_KEPT_SECONDS=0.0)
        migrate(app)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": settings.database_url,
            "DATABASE_OWNER_URL": settings.database_owner_url,
            "REDIS_URL": settings.redis_url,
            "SECRET_KEY": settings.secret_key,
            "YAOYUE_INSTANCE": str(folder),
            "SMTP_HOST": room.host,
            "SMTP_PORT": str(room.port),
        }
        made = House(running, app, room, environment)
        try:
            yield made
        finally:
            made.clear()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
            app.extensions["redis"].close()
            room.close()
