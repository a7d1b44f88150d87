"""The database as its superuser sees it: all rows of all federations, and nobody in the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
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

    @cached_property
    def tables(self) -> list[str]:
        query = """
            SELECT relname FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1
        """
        return [name for (name,) in self.ask(query) if name != "alembic_version"]

    def of_each(self, tables: list[str], question: str, *values: Any) -> list[Any]:
        """What is answered of each of these tables, `{table}` in the question, in one go."""
        asked = (question.format(table=table) for table in tables)
        return self.ask(" UNION ALL ".join(f"({one})" for one in asked), *values * len(tables))

    def fingerprint(self, tenant_id: int | None = None) -> dict[str, str]:
        """What stands in every table, or of one federation: to say that nothing has moved."""
        rows = "string_agg(r::text, '|' ORDER BY r::text)"
        question = f"""
            SELECT '{{table}}', count(*) || ' ' || md5(coalesce({rows}, '')) FROM "{{table}}" AS r
        """
        if tenant_id is None:
            return dict(self.of_each(self.tables, question))
        tables = [table for table in self.tables if table != "tenant"]
        return dict(self.of_each(tables, f"{question} WHERE tenant_id = {tenant_id:d}"))

    def next_transaction(self) -> int:
        return int(self.ask("SELECT pg_current_xact_id()::text::bigint")[0][0])

    def written_since(self, transaction: int) -> dict[int, set[str]]:
        """Which transactions after this one left rows, and in which tables."""
        question = """
            SELECT DISTINCT xmin::text::bigint, '{table}' FROM "{table}"
            WHERE xmin::text::bigint > %s
        """
        found: dict[int, set[str]] = {}
        for xmin, table in self.of_each(self.tables, question, transaction):
            found.setdefault(xmin, set()).add(table)
        return found
