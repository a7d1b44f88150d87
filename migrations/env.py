"""How Alembic reaches the database: as the owner, one migrator at a time."""

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool, text

from tenants.db import db
from tenants.settings import Settings, sqlalchemy_url

ONE_AT_A_TIME = 7_206_173_501  # advisory lock: two starting processes do not migrate at once


def owner_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return sqlalchemy_url(settings.database_owner_url or settings.database_url)


def run() -> None:
    engine = create_engine(owner_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            compare_server_default=False,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()


run()
