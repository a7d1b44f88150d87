"""What the database itself says of every table: the second lock is on each of them."""

import re

import pytest

PLATFORM = {"tenant", "alembic_version"}  # not of a federation
OF_TENANT = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
HOUSE_FORM = (
    "(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), "
    "''::text))::bigint AS \"nullif\"))"
)
# Tables of a federation in which the service may not do everything, and what it may.
GRANTED = {
    "event": {"SELECT", "INSERT"},
    "trail_head": {"SELECT"},
    "document": {"SELECT", "INSERT"},
    "delivery": {"SELECT", "INSERT"},
}
NO_ID = {"trail_head"}  # one row a federation


def tables(superuser):
    return [name for (name,) in superuser.ask(OF_TENANT) if name not in PLATFORM]


def test_there_are_tables(superuser, app):
    assert len(tables(superuser)) > 20


def test_every_table_belongs_to_a_federation(superuser, app):
    query = """
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenant_id'
          AND data_type = 'bigint' AND is_nullable = 'NO'
    """
    having = {name for (name,) in superuser.ask(query)}
    assert set(tables(superuser)) - having == set()


def test_row_security_is_on_and_forced_on_every_table(superuser, app):
    query = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
          AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)
    """
    assert {name for (name,) in superuser.ask(query)} <= {"alembic_version"}


def test_every_table_has_one_policy_and_it_has_the_form_of_the_house(superuser, app):
    query = """
        SELECT tablename, permissive, roles::text[], cmd, qual, with_check
        FROM pg_policies WHERE schemaname = 'public' AND tablename <> 'tenant'
    """
    found = {}
    for table, permissive, roles, command, seen, written in superuser.ask(query):
        assert table not in found, f"two policies on {table}: either opens it"
        found[table] = (permissive, roles, command, seen, written)
    assert set(found) == set(tables(superuser))
    expected = ("PERMISSIVE", ["public"], "ALL", HOUSE_FORM, HOUSE_FORM)
    assert {t: p for t, p in found.items() if p != expected} == {}


def test_the_table_of_federations_can_be_read_but_only_ones_own_changed(superuser, app):
    query = "SELECT policyname, cmd, roles::text[] FROM pg_policies WHERE tablename = 'tenant'"
    assert sorted(superuser.ask(query)) == [
        ("tenant_by_address", "SELECT", ["yaoyue_app"]),
        ("tenant_own", "UPDATE", ["yaoyue_app"]),
        ("tenant_platform", "ALL", ["yaoyue_owner"]),
    ]


def keys(superuser, kinds):
    """Name, table and columns of the indexes of these kinds."""
    query = f"""
        SELECT i.indexrelid::regclass::text, c.relname,
          (SELECT array_agg(coalesce(a.attname::text, '()') ORDER BY k.n)
           FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, n)
           LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace AND {kinds}
    """
    return [row for row in superuser.ask(query) if row[1] not in PLATFORM]


def test_every_key_begins_with_the_federation(superuser, app):
    """The primary one for Citus; a unique one, too, or one city's code would bar another's."""
    wrong = [row for row in keys(superuser, "i.indisunique") if row[2][0] != "tenant_id"]
    assert wrong == []
    primary = {row[1]: row[2] for row in keys(superuser, "i.indisprimary")}
    assert set(primary) == set(tables(superuser))
    wanted = {t: ["tenant_id"] if t in NO_ID else ["tenant_id", "id"] for t in primary}
    assert primary == wanted


# Why an index may begin with something else.
IN_OTHER_ORDER = {"ix_deadline_due": "small and partial: the running clocks, by the day they end"}


def test_every_index_begins_with_the_federation(superuser, app):
    """Under row security, one that does not is hardly ever used."""
    found = keys(superuser, "NOT i.indisexclusion")
    wrong = {row[0] for row in found if row[2][0] != "tenant_id"}
    assert wrong == set(IN_OTHER_ORDER)


def test_no_row_can_point_into_another_federation(superuser, app):
    query = """
        SELECT f.conname, f.conrelid::regclass::text, f.confrelid::regclass::text,
          (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(f.conkey)
           WITH ORDINALITY k (num, n)
           JOIN pg_attribute a ON (a.attrelid, a.attnum) = (f.conrelid, k.num)),
          (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(f.confkey)
           WITH ORDINALITY k (num, n)
           JOIN pg_attribute a ON (a.attrelid, a.attnum) = (f.confrelid, k.num)),
          f.confdeltype, f.condeferrable
        FROM pg_constraint f WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
    """
    rows = superuser.ask(query)
    assert len(rows) > 30
    wrong = []
    for name, _, to, mine, theirs, *_rest in rows:
        if to == "tenant":
            fine = (mine, theirs) == (["tenant_id"], ["id"])
        else:
            fine = mine[0] == theirs[0] == "tenant_id" and len(mine) >= 2 and theirs[1] == "id"
        if not fine:
            wrong.append(name)
    assert wrong == []


def test_every_table_leads_to_its_federation(superuser, app):
    query = """
        SELECT conrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'tenant'::regclass
    """
    leading = {name.strip('"') for (name,) in superuser.ask(query)}
    assert set(tables(superuser)) - leading == set()


def test_the_service_owns_nothing_and_is_nobody_special(superuser, app):
    query = """
        SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
          pg_has_role(rolname, 'yaoyue_owner', 'MEMBER'),
          pg_has_role(rolname, 'yaoyue_finder', 'MEMBER')
        FROM pg_roles WHERE rolname = 'yaoyue_app'
    """
    assert superuser.ask(query) == [(False,) * 7]
    owned = """
        SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
        WHERE r.rolname IN ('yaoyue_app', 'yaoyue_finder')
    """
    assert superuser.ask(owned) == [(0,)]


def test_the_owner_cannot_look_past_row_security_either(superuser, app):
    query = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'yaoyue_owner'"
    assert superuser.ask(query) == [(False, False)]


def test_who_looks_past_row_security_cannot_sign_in_and_reads_three_columns_at_most(superuser, app):
    query = "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolbypassrls AND NOT rolsuper"
    assert superuser.ask(query) == [("yaoyue_finder", False)]
    readable = """
        SELECT table_name, array_agg(column_name::text ORDER BY column_name)
        FROM information_schema.column_privileges
        WHERE grantee = 'yaoyue_finder' AND privilege_type = 'SELECT' GROUP BY 1
    """
    for table, columns in superuser.ask(readable):
        assert columns == ["id", "search_key", "tenant_id"], table
    whole = """
        SELECT table_name FROM information_schema.table_privileges
        WHERE grantee = 'yaoyue_finder'
    """
    assert superuser.ask(whole) == []


def test_the_service_is_granted_rows_and_never_the_table(superuser, app):
    query = """
        SELECT table_name, array_agg(privilege_type::text)
        FROM information_schema.table_privileges
        WHERE grantee = 'yaoyue_app' AND table_schema = 'public' GROUP BY 1
    """
    usual = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    for table, granted in superuser.ask(query):
        if table != "tenant":
            assert set(granted) <= GRANTED.get(table, usual), table
    for table in GRANTED:
        assert (table,) in superuser.ask(OF_TENANT)


def test_nothing_is_granted_to_everybody(superuser, app):
    query = """
        SELECT table_name FROM information_schema.table_privileges
        WHERE grantee = 'PUBLIC' AND table_schema = 'public'
    """
    assert superuser.ask(query) == []


DEFINERS = """
    SELECT p.oid::regprocedure::text, p.prorettype = 'trigger'::regtype, p.proconfig,
      r.rolname, has_function_privilege('public', p.oid, 'EXECUTE'), p.proargnames
    FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
"""


def test_functions_with_more_rights_than_their_caller_are_few_and_closed(superuser, app):
    rows = superuser.ask(DEFINERS)
    assert rows
    for name, trigger, config, role, everybody, arguments in rows:
        assert "search_path=public" in (config or []), name
        if trigger:
            assert role == "yaoyue_owner", name  # row security is forced on it, too
        else:
            assert role == "yaoyue_finder", name
            assert not everybody, name
            assert arguments[0] == "tenant", name


def test_a_search_function_gives_out_nothing_of_a_federation_that_is_not_in_scope(
    superuser, service, ours, theirs
):
    """It takes the federation as an argument; naming another one is of no use."""
    searches = [row[0] for row in superuser.ask(DEFINERS) if not row[1]]
    assert searches
    furnish_both(ours, theirs)
    for search in searches:
        name = search.partition("(")[0]
        assert re.fullmatch(r"\w+\(bigint,text\[\]\)", search), f"teach the test to call {search}"
        with service.transaction():
            service.execute("SELECT set_config('app.tenant_id', %s, true)", (str(ours.id),))
            own = service.execute(f"SELECT {name}(%s, %s)", (ours.id, ["%"])).fetchall()
            others = service.execute(f"SELECT {name}(%s, %s)", (theirs.id, ["%"])).fetchall()
        assert own, search
        assert others == [], search
        assert service.execute(f"SELECT {name}(%s, %s)", (ours.id, ["%"])).fetchall() == []


def furnish_both(*federations):
    from tenants.db import db
    from tests.offers.world import enterprise, union

    for federation in federations:
        with federation.scope():
            enterprise("示例甲餐饮有限公司", union=union("示范市总工会", "city"))
            db.session.commit()


@pytest.mark.parametrize("kind", ["v", "m", "f"])
def test_there_are_no_views_to_look_through(superuser, app, kind):
    """A view runs with the rights of its owner; a materialised one has no row security at all."""
    query = (
        "SELECT relname FROM pg_class WHERE relkind = %s AND relnamespace = 'public'::regnamespace"
    )
    assert superuser.ask(query, kind) == []
