"""The database as its superuser sees it: all rows of all federations, and nobody in the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from embedded import services
from tenants.settings import Settings


@pytest.fixture(scope="session")
def admin_url(settings: Settings) -> Iterator[str]:
    """Shares the services that the tests already run on."""
    with services(settings.instance) as running:
        yield running.admin_url


@pytest.fixture(scope="session")
def superuser(admin_url: str) -> Iterator["Superuser"]:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        yield Superuser(connection)


class Superuser:
    """Asks and does what no role of the service may."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def ask(self, query: str, *values: Any) -> list[Any]:
        return self.connection.execute(query, values).fetchall()  # type: ignore[call-overload]

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """Triggers and foreign keys look away, as they do for whoever owns the machine."""
        self.connection.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            self.connection.execute("RESET session_replication_role")

    @property
    def tables(self) -> list[str]:
        query = """
            SELECT relname FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1
        """
        return [name for (name,) in self.ask(query) if name != "alembic_version"]

    def fingerprint(self, tenant_id: int | None = None) -> dict[str, str]:
        """What stands in every table, or of one federation: to say that nothing has moved."""
        where = f"WHERE tenant_id = {tenant_id:d}" if tenant_id else ""
        return {
            table: self.ask(
                f"SELECT count(*) || ' ' || md5(coalesce(string_agg(r::text, '|' ORDER BY r::text),"
                f" '')) FROM \"{table}\" AS r {where}"
            )[0][0]
            for table in self.tables
            if not (tenant_id and table == "tenant")
        }

    def next_transaction(self) -> int:
        return int(self.ask("SELECT pg_current_xact_id()::text::bigint")[0][0])

    def written_since(self, transaction: int) -> dict[int, set[str]]:
        """Which transactions after this one left rows, and in which tables."""
        found: dict[int, set[str]] = {}
        for table in self.tables:
            query = (
                f'SELECT DISTINCT xmin::text::bigint FROM "{table}" WHERE xmin::text::bigint > %s'
            )
            for (xmin,) in self.ask(query, transaction):
                found.setdefault(xmin, set()).add(table)
        return found
