"""What the tests of this room share: a desk with a published contract, and statements counted."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tenants.db import db
from tests.contracts.desk import Desk
from tests.contracts.world import published, town


@pytest.fixture
def desk(ours, as_):
    """The pages of a federation whose industry contract is in force and published."""
    return Desk(published(town(ours)), as_)


@pytest.fixture
def count_queries(app):
    """A block in which every statement to the database is noted."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_conn, _cursor, statement, *_more):
            said.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counted
