"""Bringing the tables of an instance up to this version of the code."""

import importlib
import pkgutil
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from running.refusal import CannotStart
from running.revisions import VERSIONS, newest
from tenants.db import db
from tenants.provisioning import owner_connection

MIGRATIONS = VERSIONS.parent
BY_TRIGGERS = {("table", "trail_head")}  # kept by the database for itself; no model reads it


def migrate(app: Flask, say: Callable[[str], None] = lambda _: None) -> None:
    """Apply what is missing. Two processes at once do no harm: migrations/env.py locks."""
    config = configuration()
    known = ScriptDirectory.from_config(config)
    with connection(app) as opened:
        current = set(MigrationContext.configure(opened).get_current_heads())
    if current == set(known.get_heads()):
        return
    strange = current - {script.revision for script in known.walk_revisions()}
    if strange:
        raise CannotStart(
            f"The database was last used by a newer version (migration {', '.join(strange)}, "
            "unknown here). Update the program, or name another folder in YAOYUE_INSTANCE."
        )
    if current:
        say(f"Migrating from {', '.join(sorted(current))} to {', '.join(known.get_heads())} …")
    with app.app_context():
        command.upgrade(config, "head")


def differences(app: Flask) -> list[str]:
    """Where the tables that migrations make are not those the models describe."""
    load_models()
    options = {
        "compare_type": True,
        "compare_server_default": False,
        "include_object": lambda _, name, kind, *__: (kind, name) not in BY_TRIGGERS,
    }
    with app.app_context(), connection(app) as opened:
        context = MigrationContext.configure(opened, opts=options)
        return [told(difference) for difference in compare_metadata(context, db.metadata)]


def configuration() -> Config:
    """Alembic's, wherever migrations/ lies: in a file a % in a path would begin a variable."""
    config = Config(str(MIGRATIONS / "alembic.ini"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(VERSIONS).replace("%", "%%"))
    return config


def load_models() -> None:
    """Import every model, whether or not a page of this version uses it."""
    import blueprints

    for found in pkgutil.walk_packages(blueprints.__path__, "blueprints."):
        if found.name.endswith("models"):
            importlib.import_module(found.name)


def write(app: Flask, name: str) -> str:
    """A new migration out of what the models have and the tables lack; returns its file."""
    load_models()
    with app.app_context():
        config = configuration()
        number = int(newest().partition("_")[0]) + 1
        with redirect_stdout(StringIO()):
            made = command.revision(config, name, autogenerate=True, rev_id=f"{number:04}_{name}")
    script = made[0] if isinstance(made, list) else made
    return str(script.path) if script else ""


def told(difference: Any) -> str:
    """One of Alembic's findings as a line."""
    if isinstance(difference, list):
        return "; ".join(told(each) for each in difference)
    return " ".join(str(part) for part in difference if part is not None)


def connection(app: Flask) -> Connection:
    """As the owner. Raises CannotStart where the database cannot be reached."""
    try:
        return owner_connection(app.extensions["settings"])
    except OperationalError as error:
        first = str(error.orig).splitlines()[0]
        raise CannotStart(f"The database of DATABASE_URL cannot be reached: {first}") from None
