"""`yaoyue tenants`: federations, as the platform takes them in."""

from dataclasses import asdict

import click
from flask import Flask

from commands.answers import Answer, answers, pairs, table, with_services
from commands.scopes import federation
from tenants import provisioning


@click.group()
def tenants() -> None:
    """Take federations in, list them, close them for a while."""


@tenants.command()
@click.argument("slug")
@click.option("--name", required=True, help="The federation's full name in Chinese.")
@click.option("--name-en", default="", help="Its name in English.")
@click.option("--short-name", default="", help="What its document numbers begin with, as 荆工.")
@click.option("--division", required=True, help="GB/T 2260, six digits, as 421000.")
@answers(pairs)
@with_services
def create(app: Flask, slug: str, name: str, short_name: str, **more: str) -> Answer:
    """Take a federation in under the address /SLUG/."""
    made = provisioning.create(
        app.extensions["settings"], slug, name=name, short_name=short_name or name[:2], **more
    )
    return {"id": made, "slug": slug, "name": name, "division": more["division"]}


@tenants.command()
@click.argument("slug")
@click.argument("email")
@click.option("--name", required=True, help="Who it is.")
@answers(pairs)
@with_services
def invite(app: Flask, slug: str, email: str, name: str) -> Answer:
    """Invite an administrator, who invites everybody else.

    Mails a link that lets in once, and prints it, for where no mail goes out yet.
    """
    from flask import g

    from blueprints.settings.user_actions import invite_administrator
    from tenants.db import db
    from tenants.federation import this_federation

    with app.test_request_context(base_url=app.config["BASE_URL"]), federation(slug):
        g.tenant = this_federation()
        link = invite_administrator(name, email)
        db.session.commit()
    return {"slug": slug, "email": email, "link": link}


@tenants.command("list")
@answers(lambda answer: table(answer["tenants"]))
@with_services
def listed(app: Flask) -> Answer:
    """List the federations."""
    found = provisioning.federations(app.extensions["settings"])
    return {"tenants": [asdict(federation) for federation in found]}


@tenants.command()
@click.argument("slug")
@click.option("--lift", is_flag=True, help="Open a suspended federation again.")
@answers(pairs)
@with_services
def suspend(app: Flask, slug: str, lift: bool) -> Answer:
    """Close a federation's pages and jobs; nothing is deleted."""
    provisioning.suspend(app.extensions["settings"], slug, lift=lift)
    return {"slug": slug, "status": "active" if lift else "suspended"}
