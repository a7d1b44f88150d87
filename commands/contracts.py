"""`yaoyue contracts`: existing contracts taken over by the same importer as on screen."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import Flask

from commands.answers import Answer, answers, with_services


@click.group()
def contracts() -> None:
    """The collective contracts."""


def shown(answer: Answer) -> Iterable[str]:
    for name in ("rows", "new", "known", "rejected", "enterprises_bound"):
        yield f"{name:<18} {answer[name]}"
    for title, counts in (("reasons", answer["reasons"]), ("warnings", answer["warnings"])):
        for code, count in counts.items():
            yield f"  {title[:-1]:<8} {count:>6}  {answer['words'][code]}"


@contracts.command("import")
@click.argument("tenant")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over.")
@answers(shown)
@with_services
def import_(app: Flask, tenant: str, file: Path, *, dry_run: bool) -> Answer:  # noqa: ARG001
    """Take over contracts from a sheet (.xlsx or .csv): rows, new, known, rejected and why."""
    from blueprints.contracts.imports.files import import_file

    return import_file(tenant, file, dry_run=dry_run)
