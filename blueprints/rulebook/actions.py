"""Confirming a rule for the federation, correcting it, taking it back: nothing is overwritten."""

from typing import Any

from sqlalchemy import select

from blueprints.rulebook.models import ConfirmedRule
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.models import Tenant
from tenants.scope import current_tenant_id

REPLACED = "更正"  # the reason a record carries that a newer one has taken the place of


def confirm(key: str, facts: dict[str, Any], *, by_id: int) -> ConfirmedRule:
    """Lay a rule over the books. One of the same kind and day that stands is replaced, and kept.

    Deadlines that start from now on use it; running ones change only by a recount.
    """
    hold_the_book()
    earlier = _standing(key, facts["kind"], facts["valid_from"])
    if earlier is not None:
        _take_back(earlier, REPLACED, by_id)
        db.session.flush()
    record = ConfirmedRule(key=key, entered_by_id=by_id, **facts)
    db.session.add(record)
    db.session.flush()
    trail.record(
        "rule.corrected" if earlier else "rule.confirmed",
        record,
        rule=key,
        kind=record.kind,
        value=record.value,
        unit=record.unit,
        article=record.article,
        source=record.source_title,
        verified_by=record.verified_by,
        valid_from=record.valid_from.isoformat(),
        replaces=earlier and earlier.id,
    )
    return record


def withdraw(record: ConfirmedRule, reason: str, *, by_id: int) -> None:
    """Take a record out of force; the books, or an earlier record, speak again."""
    if record.withdrawn_at is not None:
        raise RuleBroken(
            Text(zh="该规则记录已经撤回。", en="This record has already been withdrawn.")
        )
    _take_back(record, reason, by_id)
    trail.record("rule.withdrawn", record, rule=record.key, kind=record.kind, reason=reason)


def hold_the_book() -> None:
    """Let nobody else change the federation's rules or days until this transaction ends."""
    db.session.execute(select(Tenant.id).where(Tenant.id == current_tenant_id()).with_for_update())


def _take_back(record: ConfirmedRule, reason: str, by_id: int) -> None:
    record.withdrawn_at, record.withdrawn_by_id = now(), by_id
    record.withdrawn_reason = reason


def _standing(key: str, kind: str, valid_from: Any) -> ConfirmedRule | None:
    query = select(ConfirmedRule).where(
        ConfirmedRule.key == key,
        ConfirmedRule.kind == kind,
        ConfirmedRule.valid_from == valid_from,
        ConfirmedRule.withdrawn_at.is_(None),
    )
    return db.session.scalar(query)
