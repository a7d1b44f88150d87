"""Few rows and many, and a counter of what is asked of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from tenants.db import db
from tests.architecture.furnished import Furnished, furnish
from tests.shared.multiplied import multiply
from tests.tenants.superuser import admin_url, superuser
from tests.world import found

__all__ = ["admin_url", "superuser"]


@pytest.fixture(scope="session")
def few(app: Flask) -> Furnished:
    """A federation with one row of everything, or a handful."""
    return furnish(found(app, division="421000"))


@pytest.fixture(scope="session")
def many(app: Flask) -> Furnished:
    """The same, and thirty more."""
    return multiply(furnish(found(app, division="421000")))


@pytest.fixture
def asked(app: Flask) -> Callable[[], Iterator[list[str]]]:
    """The statements sent to the database inside the block."""

    @contextmanager
    def listening() -> Iterator[list[str]]:
        statements: list[str] = []

        def hear(_connection, _cursor, statement, *_rest) -> None:
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", hear)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", hear)

    return listening
