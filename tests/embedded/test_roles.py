"""What the three roles of the database may do, and may not."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from embedded import Services, services

ATTRIBUTES = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with services(tmp_path_factory.mktemp("roles")) as running:
        yield running


@pytest.mark.parametrize(
    ("role", "attributes"),
    [
        ("yaoyue_app", (False, False, False, False, True)),
        ("yaoyue_owner", (False, False, False, False, True)),
        ("yaoyue_finder", (False, True, False, False, False)),
    ],
)
def test_no_role_may_more_than_its_work_needs(
    running: Services, role: str, attributes: tuple[bool, ...]
) -> None:
    with psycopg.connect(running.admin_url) as admin:
        query = f"SELECT {ATTRIBUTES} FROM pg_roles WHERE rolname = %s"
        assert admin.execute(query, (role,)).fetchone() == attributes


def test_the_app_owns_nothing_and_makes_nothing_but_temporary_tables(running: Services) -> None:
    with psycopg.connect(running.database_url, autocommit=True) as app:
        owned = "SELECT count(*) FROM pg_shdepend WHERE refobjid = 'yaoyue_app'::regrole"
        assert app.execute(f"{owned} AND deptype = 'o'").fetchone() == (0,)
        app.execute("CREATE TEMPORARY TABLE basket (n int)")
        for forbidden in (
            "CREATE TABLE mine (n int)",
            "CREATE SCHEMA mine",
            "SET ROLE yaoyue_owner",
            "SET ROLE yaoyue_finder",
            "ALTER ROLE yaoyue_app BYPASSRLS",
            "COPY (SELECT 1) TO PROGRAM 'true'",
        ):
            with pytest.raises(InsufficientPrivilege):
                app.execute(forbidden)


def test_the_app_cannot_look_past_row_security_nor_can_the_owner(running: Services) -> None:
    with psycopg.connect(running.owner_url) as owner:
        owner.execute("CREATE TABLE kept (n int)")
        owner.execute("INSERT INTO kept VALUES (1)")
        owner.execute("ALTER TABLE kept ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE kept FORCE ROW LEVEL SECURITY")
        owner.execute("GRANT SELECT, UPDATE ON kept TO yaoyue_app")
        assert owner.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    with psycopg.connect(running.database_url) as app:
        assert app.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        app.execute("SET row_security = off")
        with pytest.raises(InsufficientPrivilege):
            app.execute("SELECT count(*) FROM kept")


def test_the_owner_hands_a_search_function_to_the_finder(running: Services) -> None:
    with psycopg.connect(running.owner_url) as owner:
        owner.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1")
        owner.execute("ALTER FUNCTION one() OWNER TO yaoyue_finder")
        found = owner.execute("SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'one'")
        assert found.fetchone() == ("yaoyue_finder",)


def test_no_port_is_open_and_chinese_can_be_searched(running: Services) -> None:
    with psycopg.connect(running.database_url) as app:
        assert app.execute("SHOW listen_addresses").fetchone() == ("",)
        assert app.execute("SELECT '荆州市餐饮' ILIKE '%餐饮%'").fetchone() == (True,)
        assert app.execute("SELECT similarity('荆州餐饮', '荆州餐饮业') > 0.4").fetchone() == (
            True,
        )
