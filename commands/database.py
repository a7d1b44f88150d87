"""`yaoyue db`: the tables of the instance."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

from commands.answers import Answer, answers, pairs, tell, with_services
from running.house import house, instance_folder


@click.group()
def database() -> None:
    """Migrate the tables, check them against the models, or print their address."""


@database.command()
@answers(pairs)
@with_services
def migrate(app: "Flask") -> Answer:
    """Bring the tables up to date (every command does so first)."""
    from alembic.migration import MigrationContext

    from running.migrating import connection

    with connection(app) as opened:
        return {"migration": MigrationContext.configure(opened).get_current_revision()}


@database.command()
@answers(lambda answer: answer["differences"] or ["The tables are those of the models."])
@with_services
def check(app: "Flask") -> Answer:
    """Say where migrations and models differ; exit code 1 if they do."""
    from running.migrating import differences

    found = differences(app)
    return {"ok": not found, "differences": found}


@database.command()
@click.argument("name")
@answers(pairs)
@with_services
def revision(app: "Flask", name: str) -> Answer:
    """Write a migration named NAME (verb_object) from the models; read it before you keep it."""
    from running.migrating import write

    return {"written": write(app, name)}


@database.command()
@click.option("--owner", is_flag=True, help="As the owner of the tables, not as the application.")
@answers(lambda answer: [answer["url"]])
def url(owner: bool) -> Answer:
    """Print the database's address; it answers as long as `yaoyue up` runs."""
    with house(instance_folder(), say=tell) as running:
        found = running.services.owner_url if owner else running.services.database_url
        if running.services.started:
            tell("The services were started for this command only; `yaoyue up` keeps them.")
        return {"url": found}
