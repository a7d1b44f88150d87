"""`yaoyue registry`: ledgers brought in by the same importer as on screen."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import Flask

from commands.answers import Answer, answers, with_services


@click.group()
def registry() -> None:
    """The register of enterprises."""


def shown(answer: Answer) -> Iterable[str]:
    for name in ("rows", "new", "changed", "unchanged", "rejected"):
        yield f"{name:<10} {answer[name]}"
    for title, counts in (("reasons", answer["reasons"]), ("warnings", answer["warnings"])):
        for code, count in counts.items():
            yield f"  {title[:-1]:<8} {count:>6}  {answer['words'][code]}"


@registry.command("import")
@click.argument("tenant")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@answers(shown)
@with_services
def import_(app: Flask, tenant: str, file: Path, *, dry_run: bool) -> Answer:  # noqa: ARG001
    """Import a ledger (.xlsx or .csv): rows, new, changed, unchanged, rejected and why."""
    from blueprints.registry.imports import import_file

    return import_file(tenant, file, dry_run=dry_run)
