"""`yaoyue trail`: whether the record of what was done is whole, and whether a binder is."""

from pathlib import Path

import click
from flask import Flask

from blueprints.bargaining.dossier import check as binder_check
from commands.answers import Answer, answers, pairs, with_services
from commands.scopes import federation
from tenants import trail as room


@click.group()
def trail() -> None:
    """Prove that nothing in a federation's trail, or in a binder, was changed or removed."""


@trail.command()
@click.argument("tenant", required=False)
@click.option(
    "--dossier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check the binder of a case, off-line: no federation, no database.",
)
@answers(pairs)
def verify(tenant: str | None, dossier: Path | None) -> Answer:
    """Walk the chain of hashes of a federation, or check a binder; exit code 1 if it is broken."""
    if dossier is not None:
        return of_binder(dossier)
    if tenant is None:
        raise click.UsageError("Name a federation, or a file with --dossier.")
    answer: Answer = of_federation(tenant)
    return answer


@with_services
def of_federation(app: Flask, tenant: str) -> Answer:
    with app.app_context(), federation(tenant):
        verdict = room.verify()
    return {"ok": verdict.ok, "events": verdict.events, "broken_at": verdict.broken_at}


def of_binder(path: Path) -> Answer:
    """Nothing but the file is needed; its fingerprint also stands in the federation's trail."""
    verdict = binder_check.verify(path.read_bytes())
    return {
        "ok": verdict.ok,
        "files": verdict.files,
        "trail_lines": verdict.trail_lines,
        "fingerprint": verdict.fingerprint,
        "faults": list(verdict.faults),
    }
