"""The second lock of tenancy, as SQL: forced row-level security and the grants of the app role.

Three database roles: `yaoyue_owner` owns the tables and migrates; `yaoyue_app` is what the
service connects as (or a member of it), owns nothing and cannot bypass; `yaoyue_finder` cannot
log in, bypasses row-level security, and owns only the search functions, each of which names
the federation it looks in (search operators are not leakproof, so no index is used otherwise).
"""

APP = "yaoyue_app"
OWNER = "yaoyue_owner"
FINDER = "yaoyue_finder"

# A sub-select, so that it is evaluated once a query; no federation set is NULL: no rows.
CURRENT_TENANT = "(SELECT nullif(current_setting('app.tenant_id', true), '')::bigint)"


def secure(table: str, *, grants: str = "SELECT, INSERT, UPDATE, DELETE") -> list[str]:
    """Statements that close a federation's table to every other one, its owner included."""
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        (
            f'CREATE POLICY "{table}_of_tenant" ON "{table}" '
            f"USING (tenant_id = {CURRENT_TENANT}) WITH CHECK (tenant_id = {CURRENT_TENANT})"
        ),
        f'GRANT {grants} ON "{table}" TO {APP}',
    ]


def append_only(table: str) -> list[str]:
    """Statements that let rows of a table be written once and read for ever."""
    return [
        (
            f'CREATE TRIGGER "{table}_is_append_only" '
            f'BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        ),
    ]


def finder(signature: str) -> list[str]:
    """Statements that hand a search function to the role that may look past row security.

    Rights first: once it is the finder's, the migrating role could no longer take any away, and
    PostgreSQL would only warn.
    """
    return [
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {signature} TO {APP}",
        f"ALTER FUNCTION {signature} OWNER TO {FINDER}",
    ]
