"""A sheet of contracts taken over from the command line, in a transaction of its own."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from blueprints.contracts.imports.actions import carry_out, receive, summary
from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.models import Tenant
from tenants.scope import tenant_scope


def import_file(tenant: str, path: str | Path, *, dry_run: bool = False) -> dict[str, Any]:
    """Import a file for a federation named by its slug.

    Raises SheetRefused for the file, RuleBroken where there is no such federation.
    """
    file = Path(path)
    tenant_id = db.session.scalar(select(Tenant.id).where(Tenant.slug == tenant))
    if tenant_id is None:
        raise RuleBroken(Text(f"没有“{tenant}”。", f"There is no federation “{tenant}”."))
    with tenant_scope(tenant_id):
        run = receive(file.read_bytes(), file.name)
        answer = summary(run) if dry_run else carry_out(run)
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
    return {"file": file.name, "dry_run": dry_run, **answer}
