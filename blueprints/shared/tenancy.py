"""Which federation an address names by its first part."""

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, current_app, g, request
from sqlalchemy import select

from tenants.db import db
from tenants.models import Tenant, TenantStatus


@dataclass(frozen=True)
class Federation:
    """What a request knows of its federation without asking again."""

    id: int
    slug: str
    name: str
    name_en: str
    short_name: str
    division: str
    status: str
    users_epoch: int
    settings: dict[str, Any]


_COLUMNS = select(*(getattr(Tenant, name) for name in Federation.__dataclass_fields__))


def init_app(app: Flask) -> None:
    app.extensions["federations"] = {}
    app.url_value_preprocessor(enter)
    app.url_defaults(stay)


def enter(_: str | None, values: dict[str, Any] | None) -> None:
    """Take the federation out of the address. One that does not exist, or is closed, is 404."""
    g.tenant = None
    if values and "tenant" in values:
        g.tenant = find(values.pop("tenant")) or abort(404)


def stay(endpoint: str, values: dict[str, Any]) -> None:
    """Links lead into the same federation unless they say otherwise."""
    if "tenant" in values or g.get("tenant") is None:
        return
    if endpoint not in current_app.view_functions:
        return  # url_for says what is wrong with it
    if current_app.url_map.is_endpoint_expecting(endpoint, "tenant"):
        values["tenant"] = g.tenant.slug


def find(slug: str) -> Federation | None:
    """An open federation by its address; kept for a moment, as every request asks."""
    kept: dict[str, tuple[float, Federation | None]] = current_app.extensions["federations"]
    until, federation = kept.get(slug, (0.0, None))
    if until > time.monotonic():
        return federation
    with db.engine.connect() as connection:
        row = connection.execute(_COLUMNS.where(Tenant.slug == slug)).one_or_none()
    federation = Federation(*row) if row and row.status == TenantStatus.ACTIVE else None
    if federation is not None:
        kept[slug] = (time.monotonic() + current_app.config["TENANT_KEPT_SECONDS"], federation)
    return federation


def forget(slug: str) -> None:
    """Have the next request read the federation again, after its row changed."""
    current_app.extensions["federations"].pop(slug, None)


def require() -> Federation:
    """The federation of this request, or 404."""
    federation: Federation = g.get("tenant") or abort(404, description=request.path)
    return federation
