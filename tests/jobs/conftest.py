import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from rq import Queue

from tests.mailroom import Mailroom, mailroom

__all__ = ["mailroom"]
ROOT = Path(__file__).parents[2]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(app: Flask, mailroom: Mailroom) -> Iterator[Start]:
    """Start workers in processes of their own, against the same services and the mailroom."""
    settings = app.extensions["settings"]
    app.extensions["rq"].empty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
        "REDIS_URL": settings.redis_url,
        "SECRET_KEY": settings.secret_key,
        "YAOYUE_INSTANCE": str(settings.instance),
        "SMTP_HOST": mailroom.host,
        "SMTP_PORT": str(mailroom.port),
    }
    running: list[subprocess.Popen[bytes]] = []

    def begin(module: str = "tests.jobs.process") -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, env=environment)
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
    app.extensions["rq"].empty()


@pytest.fixture
def unreachable_queue(app: Flask) -> Callable[[], AbstractContextManager[None]]:
    """Inside the block the service finds no Valkey where it used to be."""

    @contextmanager
    def away() -> Iterator[None]:
        kept = app.extensions["rq"]
        nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2)
        app.extensions["rq"] = Queue("yaoyue", connection=nowhere)
        yield
        app.extensions["rq"] = kept

    return away
