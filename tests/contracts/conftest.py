"""What the tests of this room share: counting the statements of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tenants.db import db


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
