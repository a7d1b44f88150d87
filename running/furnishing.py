"""The roles, the database and the extensions a new cluster is given."""

from collections.abc import Callable
from pathlib import Path

ADMIN = "postgres"
DATABASE = "yaoyue"
OWNER = "yaoyue_owner"
APP = "yaoyue_app"
FINDER = "yaoyue_finder"
EXTENSIONS = ("pg_trgm", "btree_gist")
VERSION = "1"
ROLES = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS",
    FINDER: "NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB BYPASSRLS",
}


def furnished(data: Path) -> bool:
    """Whether this cluster has all that `furnish` gives."""
    try:
        return (data / "yaoyue.furnished").read_text() == VERSION
    except OSError:
        return False


def furnish(url: Callable[[str], str], data: Path) -> None:
    """Give the cluster what is missing; safe after a crash half-way through."""
    import psycopg

    house = url(ADMIN)
    with psycopg.connect(house.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as admin:
        roles = {name for (name,) in admin.execute("SELECT rolname FROM pg_roles")}
        for role, powers in ROLES.items():
            admin.execute(f"{'ALTER' if role in roles else 'CREATE'} ROLE {role} {powers}")
        # The owner may hand a function to the finder, but does not itself look past row security.
        admin.execute(f"GRANT {FINDER} TO {OWNER} WITH INHERIT FALSE, SET TRUE")
        if not admin.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,)).fetchall():
            admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        admin.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        admin.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP}")
    with psycopg.connect(house) as admin:
        for extension in EXTENSIONS:
            admin.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        admin.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
        # A function may only be given to a role that could have made it.
        admin.execute(f"GRANT CREATE, USAGE ON SCHEMA public TO {FINDER}")
    (data / "yaoyue.furnished").write_text(VERSION)
