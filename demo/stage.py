"""The stage of a story: a throw-away instance with real services, a mail server and a worker."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from rq import Queue

from jobs.queue import nudge, queue
from running.house import environment, house
from running.mail_catcher import mail_catcher
from running.migrating import migrate
from tenants.db import db

Say = Callable[[str], None]
PATIENCE = 60.0  # seconds to wait for a worker before saying that it does not work


@dataclass(frozen=True)
class Stage:
    """Where a story is played: the application, and where its mails land."""

    app: Flask
    mail: Path

    def mails(self) -> int:
        """How many messages have come out at the other end of the SMTP line."""
        return sum(1 for _ in self.mail.glob("*.eml"))

    def work(self, job: str, **arguments: Any) -> None:
        """Queue a job and wait until the worker has done it and all that followed from it."""
        waiting = queue()
        if not nudge(job, arguments):
            raise RuntimeError("The queue cannot be reached.")
        until = time.monotonic() + PATIENCE
        while waiting.count or on_the_way(waiting) or waiting.started_job_registry.count:
            if time.monotonic() > until:
                raise RuntimeError(f"The worker did not finish {job} in {PATIENCE:.0f} s.")
            time.sleep(0.02)
        if failed := waiting.failed_job_registry.get_job_ids():
            found = waiting.fetch_job(failed[0])
            raise RuntimeError(f"{job} failed: {found.exc_info if found else failed[0]}")


def on_the_way(waiting: Queue) -> int:
    """Jobs that the worker has taken out of the queue and not yet begun: they are not done."""
    return int(waiting.connection.llen(waiting.intermediate_queue_key))


@contextlib.contextmanager
def stage(say: Say) -> Iterator[Stage]:
    """Set it up in a folder of its own, and leave nothing behind."""
    with (
        tempfile.TemporaryDirectory(prefix="yaoyue-demo-") as folder,
        environment(DATABASE_URL="", DATABASE_OWNER_URL="", REDIS_URL="", SECRET_KEY=""),
        house(Path(folder), say=say, durable=False) as running,
        mail_catcher(Path(folder) / "mail") as port,
        environment(
            SMTP_HOST="127.0.0.1", SMTP_PORT=str(port), BASE_URL="http://yaoyue.example",
            DEMO_MODE="true",
        ),
    ):  # fmt: skip
        app = running.app()
        migrate(app, say)
        with app.app_context(), working():
            try:
                yield Stage(app, Path(folder) / "mail")
            finally:
                db.session.remove()
                db.engine.dispose()
                app.extensions["redis"].close()


@contextlib.contextmanager
def working() -> Iterator[None]:
    """A worker in a process of its own, as in real service."""
    command = [sys.executable, "-m", "jobs.worker"]
    here = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=here, env={**os.environ}) as worker:  # noqa: S603
        try:
            yield
        finally:
            worker.terminate()
