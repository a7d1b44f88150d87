"""The trail (操作留痕): who did what to what, in the same transaction, chained by hashes.

The database numbers and chains each row (migration 0001) and refuses to change one; a row
altered behind its back is found by `verify`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, text

from tenants.acting import current_actor
from tenants.clock import now
from tenants.db import TenantOwned, db
from tenants.models import Event
from tenants.scope import current_tenant_id


@dataclass(frozen=True)
class Verdict:
    """What a check of the chain found. `broken_at` is the first number that does not fit."""

    events: int
    broken_at: int | None

    @property
    def ok(self) -> bool:
        return self.broken_at is None


def record(verb: str, subject: TenantOwned | tuple[str, int], **payload: Any) -> None:
    """Write one line. `payload` holds plain JSON: what changed, from what, under which rule."""
    record_many(verb, [(subject, payload)])


def record_many(
    verb: str, lines: Iterable[tuple[TenantOwned | tuple[str, int], dict[str, Any]]]
) -> None:
    """Write many lines of one verb in one statement, in the order given."""
    db.session.flush()
    actor, at = current_actor(), now()
    rows = []
    for subject, payload in lines:
        kind, ident = named(subject)
        rows.append(
            {
                "tenant_id": current_tenant_id(),
                "at": at,
                "actor_id": actor.id,
                "actor": actor.name,
                "verb": verb,
                "subject_kind": kind,
                "subject_id": ident,
                "payload": payload,
            }
        )
    if rows:
        db.session.execute(insert(Event), rows)


def named(subject: TenantOwned | tuple[str, int]) -> tuple[str, int]:
    """A row by the name of its table and its id."""
    if isinstance(subject, tuple):
        return subject
    return str(getattr(subject, "__tablename__", "")), subject.id


def of(subject: TenantOwned | tuple[str, int], *, newest: int = 200) -> list[Event]:
    """What happened to this row, newest first."""
    kind, ident = named(subject)
    query = (
        select(Event)
        .where(Event.subject_kind == kind, Event.subject_id == ident)
        .order_by(Event.seq.desc())
        .limit(newest)
    )
    return list(db.session.scalars(query))


def verify() -> Verdict:
    """Walk the chain of the federation in scope, from its first line to its head."""
    count, broken = db.session.execute(
        text("SELECT events, broken_at FROM trail_verdict(:tenant)"),
        {"tenant": current_tenant_id()},
    ).one()
    return Verdict(count, broken)
