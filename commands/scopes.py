"""Naming a federation on the command line, and standing inside it."""

import contextlib
from collections.abc import Iterator

import click
from sqlalchemy import select

from tenants.db import db
from tenants.models import Tenant
from tenants.scope import tenant_scope


@contextlib.contextmanager
def federation(slug: str) -> Iterator[int]:
    """Enter a federation by its address. Needs an app context."""
    found = db.session.scalar(select(Tenant.id).where(Tenant.slug == slug))
    if found is None:
        raise click.BadParameter(f"There is no federation “{slug}”; `yaoyue tenants list` has all.")
    with tenant_scope(found):
        yield found
