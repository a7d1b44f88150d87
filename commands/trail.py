"""`yaoyue trail`: whether the record of what was done is whole."""

import click
from flask import Flask

from commands.answers import Answer, answers, pairs, with_services
from commands.scopes import federation
from tenants import trail as room


@click.group()
def trail() -> None:
    """Prove that nothing in a federation's trail was changed or removed."""


@trail.command()
@click.argument("tenant")
@answers(pairs)
@with_services
def verify(app: Flask, tenant: str) -> Answer:
    """Walk the chain of hashes; exit code 1 if it is broken."""
    with app.app_context(), federation(tenant):
        verdict = room.verify()
    return {"ok": verdict.ok, "events": verdict.events, "broken_at": verdict.broken_at}
