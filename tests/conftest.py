"""The world of the tests: real services, and two whole federations for every test that asks.

Nothing is rolled back: each test has federations of its own, as two cities have in life, so
jobs, threads and other processes see what a test wrote.
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_examples
from rq import SimpleWorker

from embedded import services
from running.migrating import migrate
from tenants.db import db
from tenants.models import User
from tenants.settings import Settings
from tests.world import Federation, found, sign_in
from wsgi import create_app


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


# The same examples everywhere and every day, however slow the machine is just then.
settings_of_examples.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings_of_examples.load_profile("house")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A PostgreSQL and a Valkey of this process's own, in a folder that goes away."""
    instance: Path = tmp_path_factory.mktemp("instance")
    with services(instance, durable=False) as running:
        yield Settings(
            database_url=running.database_url,
            database_owner_url=running.owner_url,
            redis_url=running.redis_url,
            secret_key="a key for tests, and for nothing else",
            YAOYUE_INSTANCE=instance,
        )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(
        settings,
        TESTING=True,
        PROPAGATE_EXCEPTIONS=False,
        WTF_CSRF_ENABLED=False,
        TENANT_KEPT_SECONDS=0.0,
        THROTTLE=False,
    )
    migrate(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    app.extensions["redis"].close()


@pytest.fixture
def ours(app: Flask) -> Federation:
    """A city federation in Hubei, with a user of every role."""
    return found(app, division="421000")


@pytest.fixture
def theirs(app: Flask) -> Federation:
    """Another one, in Zhejiang, that must never be seen from ours."""
    return found(app, division="330100")


@pytest.fixture
def as_(app: Flask) -> Callable[[User], FlaskClient]:
    """A browser in which this user is signed in."""
    return lambda user: sign_in(app, user)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


class Hand(SimpleWorker):
    """A worker that works where the tests run, and leaves Ctrl-C to them."""

    def _install_signal_handlers(self) -> None:
        pass


@pytest.fixture
def work(app: Flask) -> Iterator[Callable[[], None]]:
    """Do all that is queued, in this process, on the real queue."""
    queue = app.extensions["rq"]
    queue.empty()

    def until_empty() -> None:
        with app.app_context():
            Hand([queue], connection=queue.connection).work(burst=True, logging_level="WARNING")
        failed = queue.failed_job_registry
        for job_id in failed.get_job_ids():
            job = queue.fetch_job(job_id)
            failed.remove(job_id)
            if job is not None:
                raise AssertionError(job.exc_info)

    yield until_empty
    queue.empty()
