"""`yaoyue bounces`: returned mail that no mailbox brought us."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import Flask

from commands.answers import Answer, answers, with_services


@click.group()
def bounces() -> None:
    """Mail that came back."""


def shown(answer: Answer) -> Iterable[str]:
    return (f"{verdict:<10} {count}" for verdict, count in answer.items() if count)


@bounces.command("import")
@click.argument("tenant")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what the mails are.")
@answers(shown)
@with_services
def import_(app: Flask, tenant: str, file: Path, *, dry_run: bool) -> Answer:  # noqa: ARG001
    """Take in an mbox FILE of returned mail: how many of each kind."""
    from commands.scopes import federation
    from jobs.bounces import import_file

    with federation(tenant):
        counts = import_file(file, dry_run=dry_run)
    if not any(counts.values()):
        raise click.ClickException("There is no mail in this file; it has to be an mbox.")
    return counts
