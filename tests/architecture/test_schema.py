"""The models and the migrations say the same, and the migrations stand in one line."""

import re

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, create_engine, pool

from tenants.db import db
from tenants.settings import sqlalchemy_url
from tests.architecture.tree import HOUSE


def line():
    config = Config()
    config.set_main_option("script_location", str(HOUSE / "migrations"))
    return ScriptDirectory.from_config(config)


def test_migrations_stand_in_one_line():
    script = line()
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    steps = list(script.walk_revisions())
    assert [step.revision for step in steps if step.is_branch_point or step.is_merge_point] == []


def test_migrations_are_numbered_in_the_order_they_run():
    steps = [step.revision for step in line().walk_revisions()][::-1]
    assert [int(step.split("_")[0]) for step in steps] == list(range(1, len(steps) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", step) for step in steps)


def test_models_and_migrated_schema_are_the_same(app, settings):
    engine = create_engine(sqlalchemy_url(settings.database_owner_url), poolclass=pool.NullPool)
    options = {"compare_type": True, "compare_server_default": False}
    with app.app_context(), engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, db.metadata)
    # Written by the trail's own trigger, and by nothing else: no model on purpose.
    unmapped = {"trail_head", "alembic_version"}
    told = [d for d in differences if not (d[0] == "remove_table" and d[1].name in unmapped)]
    assert told == []


def test_each_enumeration_allows_the_same_words_in_model_and_database(app, settings):
    """Alembic does not compare CHECK constraints; we do, by name."""
    engine = create_engine(sqlalchemy_url(settings.database_owner_url), poolclass=pool.NullPool)
    query = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
    """
    with app.app_context(), engine.connect() as connection:
        rows = connection.exec_driver_sql(query).all()
    kept = {(table.strip('"'), name): words(text) for table, name, text in rows}
    wanted = {
        (table.name, constraint.name): words(str(constraint.sqltext))
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert set(kept) == set(wanted)
    assert {key: kept[key] for key in wanted} == wanted


def words(text):
    return frozenset(re.findall(r"'([^']*)'", text))
