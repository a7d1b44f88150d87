"""Applications run otherwise than the tests' own."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tenants.db import db
from tenants.settings import Settings
from wsgi import create_app


@pytest.fixture(scope="module")
def built(app: Flask, settings: Settings) -> Iterator[Callable[..., Flask]]:
    """Make an application of `settings` changed so; its connections end with the module."""
    made = []

    def build(*, changed: dict[str, object] | None = None, **overrides: object) -> Flask:
        keys = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "TENANT_KEPT_SECONDS": 0.0}
        made.append(create_app(settings.model_copy(update=changed or {}), **keys | overrides))
        return made[-1]

    yield build
    for one in made:
        with one.app_context():
            db.engine.dispose()
        one.extensions["redis"].close()
