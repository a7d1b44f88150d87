"""What raw SQL with the rights of the service can do to another federation: nothing."""

import psycopg
import pytest
from psycopg import errors

from tenants.db import db
from tests.offers.world import enterprise, union

REFUSED = (errors.InsufficientPrivilege, errors.CheckViolation)


@pytest.fixture
def both(ours, theirs):
    """A firm and a union in each."""
    for federation in (ours, theirs):
        with federation.scope():
            enterprise("示例甲餐饮有限公司", union=union("示范市总工会", "city"))
            db.session.commit()
    return ours, theirs


CLOSED = {"ballot_box"}  # which the service may not look into at all


def test_what_is_closed_to_the_service_cannot_be_read(service, both):
    for table in CLOSED:
        with pytest.raises(errors.InsufficientPrivilege), service.transaction():
            service.execute(f'SELECT count(*) FROM "{table}"')


@pytest.fixture
def inside(service, both):
    """A transaction in which our federation is named."""
    ours, _ = both
    with service.transaction(force_rollback=True):
        service.execute("SELECT set_config('app.tenant_id', %s, true)", (str(ours.id),))
        yield service


def test_with_no_federation_named_every_table_is_empty(service, superuser, both):
    filled = 0
    for table in superuser.tables:
        if table == "tenant" or table in CLOSED:
            continue
        everything = superuser.ask(f'SELECT count(*) FROM "{table}"')[0][0]
        filled += bool(everything)
        assert service.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (0,), table
    assert filled >= 5


@pytest.mark.parametrize("setting", ["", "0", "-1", "999999999"])
def test_a_federation_that_is_none_has_no_rows(service, both, setting):
    with service.transaction():
        service.execute("SELECT set_config('app.tenant_id', %s, true)", (setting,))
        assert service.execute("SELECT count(*) FROM enterprise").fetchone() == (0,)


@pytest.mark.parametrize("setting", ["1 OR 1=1", "abc", "1,2"])
def test_a_setting_that_is_no_number_is_an_error_and_not_everything(service, both, setting):
    service.execute("SELECT set_config('app.tenant_id', %s, false)", (setting,))
    with pytest.raises(errors.InvalidTextRepresentation):
        service.execute("SELECT count(*) FROM enterprise")


def test_the_name_of_the_federation_ends_with_the_transaction(service, both):
    with service.transaction():
        service.execute("SELECT set_config('app.tenant_id', %s, true)", (str(both[0].id),))
        assert service.execute("SELECT count(*) FROM enterprise").fetchone() != (0,)
    assert service.execute("SELECT count(*) FROM enterprise").fetchone() == (0,)


ASKED = (
    "SELECT count(*) FROM enterprise WHERE tenant_id = %(other)s",
    "SELECT count(*) FROM enterprise JOIN trade_union u USING (id) WHERE u.tenant_id = %(other)s",
    """SELECT count(*) FROM (SELECT * FROM enterprise UNION ALL TABLE enterprise) x
        WHERE tenant_id = %(other)s""",
    """WITH x AS MATERIALIZED (SELECT * FROM event)
        SELECT count(*) FROM x WHERE tenant_id = %(other)s""",
    """SELECT count(*) FROM "user"
        WHERE tenant_id <> current_setting('app.tenant_id')::bigint""",
)


def test_rows_of_another_are_not_seen_however_asked(inside, both):
    _, theirs = both
    for query in ASKED:
        assert inside.execute(query, {"other": theirs.id}).fetchone() == (0,), query


def test_rows_of_another_cannot_be_changed_or_deleted(inside, both):
    _, theirs = both
    for query in (
        "UPDATE enterprise SET name = 'x' WHERE tenant_id = %s",
        "DELETE FROM headcount WHERE tenant_id = %s",
        "UPDATE serial SET last = 0 WHERE tenant_id = %s",
    ):
        assert inside.execute(query, (theirs.id,)).rowcount == 0


def test_a_row_cannot_be_written_for_another(inside, both):
    _, theirs = both
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        inside.execute(
            "INSERT INTO serial (tenant_id, kind, year, last) VALUES (%s, 'offer', 2026, 1)",
            (theirs.id,),
        )


def test_a_row_cannot_be_given_to_another(inside, both):
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        inside.execute("UPDATE headcount SET tenant_id = %s", (both[1].id,))


def test_a_line_cannot_be_slipped_into_anothers_trail(inside, both):
    line = (
        "INSERT INTO event (tenant_id, at, actor, verb, subject_kind, subject_id) "
        "VALUES (%s, now(), 'x', 'x.y', 'x', 1)"
    )
    with pytest.raises(REFUSED):
        inside.execute(line, (both[1].id,))


def test_pointing_at_anothers_row_fails_as_pointing_at_nothing_does(inside, both, superuser):
    ours, theirs = both
    firm = superuser.ask("SELECT id FROM enterprise WHERE tenant_id = %s", theirs.id)[0][0]
    messages = set()
    for target in (firm, 987_654_321):
        with pytest.raises(errors.ForeignKeyViolation) as refused, inside.transaction():
            inside.execute(
                "INSERT INTO headcount (tenant_id, enterprise_id, counted_on, total, source)"
                " VALUES (%s, %s, '2026-01-01', 1, 'manual')",
                (ours.id, target),
            )
        messages.add(str(refused.value).replace(str(target), "…").replace(str(ours.id), "…"))
    assert len(messages) == 1


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE enterprise DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE enterprise NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY open ON enterprise USING (true)",
        "DROP POLICY enterprise_of_tenant ON enterprise",
        "ALTER POLICY enterprise_of_tenant ON enterprise USING (true)",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "DROP TRIGGER event_is_chained ON event",
        "SET ROLE yaoyue_owner",
        "SET ROLE yaoyue_finder",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION yaoyue_owner",
        "SET session_replication_role = replica",
        "ALTER ROLE yaoyue_app BYPASSRLS",
        "GRANT yaoyue_finder TO yaoyue_app",
        "CREATE TABLE mine (x int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "ALTER FUNCTION find_enterprises(bigint, text[]) RESET search_path",
        "CREATE EXTENSION dblink",
        "COPY enterprise TO PROGRAM 'cat'",
        "COPY enterprise TO '/tmp/x'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_authid",
        "TRUNCATE event",
        "TRUNCATE enterprise CASCADE",
        "UPDATE event SET verb = 'x'",
        "DELETE FROM event",
        "UPDATE trail_head SET seq = 0",
        "DELETE FROM trail_head",
        "INSERT INTO trail_head (tenant_id, seq, hash) VALUES (1, 1, '')",
        "UPDATE document SET sha256 = sha256",
        "DELETE FROM document",
        "UPDATE delivery SET outcome = outcome",
        "DELETE FROM delivery",
        "INSERT INTO tenant (slug, name) VALUES ('mine', 'x')",
        "DELETE FROM tenant",
        "UPDATE tenant SET status = 'active'",
        "UPDATE tenant SET slug = 'x'",
        "SELECT * FROM alembic_version",
    ],
)
def test_the_service_may_not(service, both, attempt):
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute(attempt)


def test_row_security_switched_off_is_an_error_and_not_a_door(inside):
    inside.execute("SET LOCAL row_security = off")
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        inside.execute("SELECT count(*) FROM enterprise")


def test_statistics_tell_nothing_about_rows(service, superuser, both):
    superuser.ask("SELECT 1")
    superuser.connection.execute("ANALYZE enterprise")
    query = "SELECT count(*) FROM pg_stats WHERE schemaname = 'public' AND tablename <> 'tenant'"
    assert service.execute(query).fetchone() == (0,)


def test_another_federations_settings_cannot_be_changed(inside, both):
    _, theirs = both
    query = "UPDATE tenant SET name = 'x', settings = '{}' WHERE id = %s"
    assert inside.execute(query, (theirs.id,)).rowcount == 0


def test_the_owner_sees_no_rows_and_changes_no_trail(owner, both):
    ours, _ = both
    assert owner.execute("SELECT count(*) FROM enterprise").fetchone() == (0,)
    with owner.transaction(force_rollback=True):
        owner.execute("SELECT set_config('app.tenant_id', %s, true)", (str(ours.id),))
        for attempt in ("UPDATE event SET verb = 'x'", "DELETE FROM event", "TRUNCATE event"):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
                owner.transaction(),
            ):
                owner.execute(attempt)
