"""Changing what the federation says of itself, and noting what was changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from tenants import trail
from tenants.db import db
from tenants.models import Tenant
from tenants.numbering import SUFFIXES
from tenants.scope import current_tenant_id

DAYS_BEFORE = 5  # days before a reply is due, until the federation says otherwise


def federation(*, lock: bool = False) -> Tenant:
    """The row of the federation; lock it to change it, so that no two changes mix."""
    query = select(Tenant).where(Tenant.id == current_tenant_id())
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def stem_of(kind: str, short_name: str) -> str:
    """What stands before the year where the federation has not chosen a stem of its own."""
    return short_name + SUFFIXES.get(kind, "")


def change(tenant: Tenant, said: Mapping[str, Any]) -> bool:
    """Take over what the form says; False when nothing differs.

    A changed stem begins with the next document; numbers already given stay as they are.
    """
    before = facts(tenant)
    after = {**before, **{name: value or None for name, value in said.items()}}
    changed = {name: [before[name], new] for name, new in after.items() if before[name] != new}
    if not changed:
        return False
    tenant.name, tenant.name_en = after["name"], after["name_en"]
    tenant.short_name = after["short_name"]
    stems = {kind: after[kind] for kind in SUFFIXES if after[kind]}
    tenant.settings = {
        **tenant.settings,
        "contact": {
            **tenant.settings.get("contact", {}),
            "name": after["contact_name"],
            "phone": after["contact_phone"],
            "address": after["contact_address"],
        },
        "mail": {**tenant.settings.get("mail", {}), "name": after["sender_name"]},
        "number_stems": stems,
        "remind_before_days": after["remind_before_days"] or DAYS_BEFORE,
    }
    trail.record("federation.changed", ("tenant", tenant.id), changed=changed)
    return True


def facts(tenant: Tenant) -> dict[str, Any]:
    """The federation as the form names its parts; what is not said is None."""
    kept = tenant.settings
    contact, mail, stems = (kept.get(part, {}) for part in ("contact", "mail", "number_stems"))
    return {
        "name": tenant.name,
        "name_en": tenant.name_en,
        "short_name": tenant.short_name,
        "sender_name": mail.get("name") or None,
        "contact_name": contact.get("name") or None,
        "contact_phone": contact.get("phone") or None,
        "contact_address": contact.get("address") or None,
        "remind_before_days": kept.get("remind_before_days", DAYS_BEFORE),
        **{kind: stems.get(kind) for kind in SUFFIXES},
    }


def missing(tenant: Tenant) -> list[str]:
    """What letters need and the federation has not said yet."""
    kept = facts(tenant)
    return [name for name in ("contact_name", "contact_phone", "contact_address") if not kept[name]]
