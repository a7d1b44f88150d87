"""Hands on the database: as its superuser, as the service, as the owner."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.tenants.superuser import admin_url, superuser

__all__ = ["admin_url", "superuser"]


@pytest.fixture
def service(app, settings) -> Iterator[psycopg.Connection[Any]]:
    """A bare connection with the service's own rights, and none of its code in between."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(app, settings) -> Iterator[psycopg.Connection[Any]]:
    """The role that owns the tables and migrates them."""
    with psycopg.connect(settings.database_owner_url, autocommit=True) as connection:
        yield connection
