"""The outbox as the workers see it: rows taken on a lease, and what became of each written down.

All of it is set-based, and every statement names the federation. A row is marked `sending` and
committed before a byte goes out; a worker that dies leaves it so, and when its lease has run out
the row is `uncertain`: it may have arrived, it goes out again under the same Message-ID, and the
lost attempt stands in the deliveries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import text

from blueprints.notices.models import NoticeState, Outcome
from tenants.clock import now
from tenants.db import db
from tenants.scope import current_tenant_id

LEASE = timedelta(minutes=4)


class Claimed(NamedTuple):
    """One notice in a worker's hands."""

    id: int
    message_id: int
    recipient_name: str
    address: str
    fields: dict[str, Any]
    attempt: int
    round: int
    deferrals: int
    before: str  # queued, or uncertain when an earlier attempt may have arrived


class Told(NamedTuple):
    """What one attempt came to, and where the notice stands after it."""

    notice: Claimed
    outcome: Outcome
    state: NoticeState
    answer: str
    due_at: datetime
    reason: str = ""  # a contact_repair code, where the address is at fault


# Links that open an account: who is locked out could not change what holds them back.
NEVER_HELD = ("invitation", "password_reset")


@dataclass(frozen=True)
class Gate:
    """Which notices may go out just now; `free` lets all through and is not looked behind."""

    free: bool = True
    shut: bool = False
    only: Sequence[str] | None = None  # addresses, or domains with their @; own accounts besides
    full: Sequence[str] = ()  # domains that get no more today
    urgent: Sequence[str] = NEVER_HELD  # kinds that no gate holds back


OPEN = Gate()
# Whoever tells us that we have the wrong one gets the receipt of that, and nothing more.
_LISTED = """SELECT FROM suppression AS s WHERE s.tenant_id = :tenant AND s.lifted_at IS NULL
            AND s.address = lower(notice.address)
            AND NOT (s.reason = 'contact.wrong_addressee' AND notice.kind = 'receipt')"""
_MAY_GO = f"""AND (:free OR kind = ANY(CAST(:urgent AS text[])) OR NOT :shut
            AND lower(split_part(address, '@', 2)) <> ALL(CAST(:full AS text[]))
            AND (CAST(:only AS text[]) IS NULL OR recipient LIKE 'user:%'
                OR lower(address) = ANY(CAST(:only AS text[]))
                OR '@' || lower(split_part(address, '@', 2)) = ANY(CAST(:only AS text[]))))
        AND (kind = ANY(CAST(:urgent AS text[])) OR NOT EXISTS ({_LISTED}))"""
_CLAIM = text(f"""
WITH mine AS (
    SELECT id, state FROM notice
    WHERE tenant_id = :tenant AND state IN ('queued', 'uncertain')
        AND due_at <= :now AND NOT paused AND cancelled_at IS NULL
        {_MAY_GO}
    ORDER BY due_at, id LIMIT :size FOR UPDATE SKIP LOCKED
)
UPDATE notice SET state = 'sending', attempts = attempts + 1, leased_until = :until
FROM mine WHERE notice.tenant_id = :tenant AND notice.id = mine.id
RETURNING notice.id, message_id, recipient_name, address, fields, attempts, round, deferrals,
    mine.state
""")  # noqa: S608 - made of what is written above

_LAPSE = text("""
WITH lapsed AS (
    SELECT id FROM notice
    WHERE tenant_id = :tenant AND state = 'sending' AND leased_until < :now
    FOR UPDATE SKIP LOCKED
), lost AS (
    UPDATE notice SET state = 'uncertain', leased_until = NULL, due_at = :now, last_answer = ''
    FROM lapsed WHERE notice.tenant_id = :tenant AND notice.id = lapsed.id
    RETURNING notice.id, attempts, address
)
INSERT INTO delivery (tenant_id, notice_id, attempt, at, outcome, address, answer)
SELECT :tenant, id, attempts, :now, 'unknown', address, '' FROM lost
""")

_HOLD_BACK = text("""
WITH held AS (
    SELECT notice.id, s.reason, s.note FROM notice JOIN suppression AS s
        ON s.tenant_id = :tenant AND s.lifted_at IS NULL AND s.address = lower(notice.address)
    WHERE notice.tenant_id = :tenant AND notice.state IN ('queued', 'uncertain')
        AND notice.cancelled_at IS NULL AND NOT kind = ANY(CAST(:urgent AS text[]))
        AND NOT (s.reason = 'contact.wrong_addressee' AND notice.kind = 'receipt')
    FOR UPDATE OF notice SKIP LOCKED
)
UPDATE notice SET state = 'suppressed', leased_until = NULL
FROM held WHERE notice.tenant_id = :tenant AND notice.id = held.id
RETURNING notice.id, held.reason, held.note
""")

_RESEND = text("""
UPDATE notice SET state = 'queued', round = round + 1, deferrals = 0
WHERE tenant_id = :tenant AND state = 'bounced' AND bounce = 'soft' AND repair_id IS NULL
    AND due_at <= :now AND NOT paused AND cancelled_at IS NULL AND address IS NOT NULL
""")

# A late worker, whose row another has taken up since, may still bring the news that it arrived.
# The ids named twice and the CASE keep the planner to the rows meant: it would else read all that
# waits in these states, for each batch anew.
_SETTLE = text("""
WITH told AS (
    SELECT * FROM unnest(
        CAST(:ids AS bigint[]), CAST(:attempts AS bigint[]), CAST(:outcomes AS text[]),
        CAST(:states AS text[]), CAST(:answers AS text[]), CAST(:dues AS float8[]),
        CAST(:addresses AS text[])
    ) AS t (id, attempt, outcome, state, answer, due, address)
), noted AS (
    INSERT INTO delivery (tenant_id, notice_id, attempt, at, outcome, address, answer)
    SELECT :tenant, id, attempt, :now, outcome, address, answer FROM told
)
UPDATE notice SET
    state = CASE WHEN told.state = 'queued' AND cancelled_at IS NOT NULL THEN 'cancelled'
        ELSE told.state END,
    sent_at = CASE WHEN told.state = 'sent' THEN :now ELSE sent_at END,
    deferrals = deferrals + (told.outcome = 'deferred')::int,
    leased_until = NULL,
    due_at = to_timestamp(told.due),
    last_answer = told.answer
FROM told
WHERE notice.tenant_id = :tenant AND notice.id = told.id
    AND notice.id = ANY(CAST(:ids AS bigint[])) AND
    CASE WHEN notice.state = 'sending' AND notice.attempts = told.attempt THEN true
        ELSE told.state = 'sent' AND notice.state = ANY(CAST(:before_sent AS text[]))
            AND notice.address = told.address END
""")

_RELEASE = text("""
UPDATE notice SET
    state = CASE WHEN t.before = 'queued' AND cancelled_at IS NOT NULL THEN 'cancelled'
        ELSE t.before END,
    attempts = attempts - 1, leased_until = NULL, due_at = :due, last_answer = :answer
FROM unnest(
    CAST(:ids AS bigint[]), CAST(:attempts AS bigint[]), CAST(:befores AS text[])
) AS t (id, attempt, before)
WHERE notice.tenant_id = :tenant AND notice.id = t.id AND state = 'sending'
    AND attempts = t.attempt
""")

_WAITING = text(f"""
SELECT EXISTS (
    SELECT FROM notice
    WHERE tenant_id = :tenant AND state IN ('queued', 'uncertain')
        AND due_at <= :now AND NOT paused AND cancelled_at IS NULL
        {_MAY_GO}
)
""")  # noqa: S608 - made of what is written above


def claim(size: int, gate: Gate = OPEN) -> list[Claimed]:
    """Take up to `size` notices that are due and nobody holds; they are ours once committed."""
    rows = _run(_CLAIM, size=size, until=now() + LEASE, **_asked(gate))
    return sorted((Claimed(*row) for row in rows), key=lambda each: each.id)


def lapse() -> int:
    """Give up on workers that have not come back; returns how many notices they had in hand."""
    return int(_run(_LAPSE).rowcount)


def hold_back() -> list[tuple[int, str, str]]:
    """Take out of the line what is addressed to a listed address: id, reason and words of each."""
    return [tuple(row) for row in _run(_HOLD_BACK, urgent=list(NEVER_HELD))]


def resend() -> int:
    """What came back soft and has waited long enough begins another round; how many."""
    return int(_run(_RESEND).rowcount)


def settle(told: Sequence[Told]) -> None:
    """Write down what a batch came to."""
    if not told:
        return
    _run(
        _SETTLE,
        ids=[each.notice.id for each in told],
        attempts=[each.notice.attempt for each in told],
        outcomes=[str(each.outcome) for each in told],
        states=[str(each.state) for each in told],
        answers=[each.answer for each in told],
        dues=[each.due_at.timestamp() for each in told],
        addresses=[each.notice.address for each in told],
        before_sent=[s for s in NoticeState.SENT.above if s != NoticeState.PAPER],
    )


def release(notices: Sequence[Claimed], *, due: datetime, answer: str) -> None:
    """Put back what was not tried. It counts as no attempt."""
    if notices:
        _run(
            _RELEASE,
            ids=[each.id for each in notices],
            attempts=[each.attempt for each in notices],
            befores=[each.before for each in notices],
            due=due,
            answer=answer,
        )


def anything_due(gate: Gate = OPEN) -> bool:
    return bool(_run(_WAITING, **_asked(gate)).scalar_one())


def _asked(gate: Gate) -> dict[str, Any]:
    only = None if gate.only is None else list(gate.only)
    return {**vars(gate), "only": only, "full": list(gate.full), "urgent": list(gate.urgent)}


def _run(statement: Any, **values: Any) -> Any:
    return db.session.execute(statement, {"tenant": current_tenant_id(), "now": now(), **values})
