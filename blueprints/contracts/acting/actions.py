"""The verbs of acting for a lower union (上代下, 上参下): propose, decide, tell, object, end.

Nothing here replaces a vote of the workers, and nothing that ends an authority touches what was
signed while it held.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from blueprints.contracts.acting import letters as acting_letters
from blueprints.contracts.ground.acting_models import (
    ActingAuthority,
    ActingMember,
    AuthorityMode,
    AuthorityState,
    Ground,
)
from blueprints.contracts.ground.models import Reach, WorkerParty
from blueprints.contracts.habits import values as habits
from blueprints.registry.kinds import Standing
from blueprints.registry.models import Enterprise, TradeUnion
from rules.acting import assessment_finding, matters_findings, party_finding
from rules.broken import RuleBroken
from rules.findings import Finding, require
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation
from tenants.numbering import document_number, take

MACHINE = "acting_authority"
SERIES = "acting"
STANDING = (AuthorityState.REQUESTED, AuthorityState.ACTING)


@dataclass(frozen=True)
class Proposal:
    """What is proposed: by what right, for whom, in what, until when, and how it is given back."""

    level: str
    scope_name: str
    ground: Ground
    ground_text: str
    matters: Sequence[str]
    from_on: date
    until_on: date
    handback_plan: str
    handback_due_on: date
    mode: str = AuthorityMode.UPPER_ACTS
    party: str = WorkerParty.ELECTED
    case_id: int | None = None
    enterprise_id: int | None = None
    industry: str | None = None
    area: str | None = None
    principal_id: int | None = None
    principal_name: str = ""
    principal_email: str | None = None
    acting_union_id: int | None = None
    assessment: Mapping[str, bool] = field(default_factory=dict)
    request_no: str | None = None
    visited_on: date | None = None
    instrument_id: int | None = None
    enterprise_ids: Iterable[int] = ()


def faults(said: Proposal) -> list[Finding]:
    """Everything that stands against it, each with its article."""
    found = [
        party_finding(said.level, said.party),
        assessment_finding(said.ground, said.assessment, habits.weak_lines()),
        *matters_findings(said.level, said.matters),
    ]
    return [one for one in found if one is not None]


def propose(said: Proposal, *, by_id: int) -> ActingAuthority:
    """Write a proposal down; another person decides on it. Raises RuleBroken with the article."""
    require(faults(said))
    principal = db.session.scalar(select(TradeUnion).where(TradeUnion.id == said.principal_id))
    acting = db.session.scalar(select(TradeUnion).where(TradeUnion.id == said.acting_union_id))
    names = {name: getattr(said, name) for name in _COPIED}
    authority = ActingAuthority(
        **names,
        matters=[str(one) for one in said.matters],
        assessment=dict(said.assessment),
        principal_name=principal.name if principal else said.principal_name or said.scope_name,
        principal_email=said.principal_email or (principal.email if principal else None),
        acting_name=acting.name if acting else this_federation().name,
        proposed_by_id=by_id,
        proposed_at=now(),
        state=AuthorityState.REQUESTED,
    )
    db.session.add(authority)
    db.session.flush()
    ids = [said.enterprise_id] if said.enterprise_id else list(dict.fromkeys(said.enterprise_ids))
    db.session.add_all(ActingMember(authority_id=authority.id, enterprise_id=one) for one in ids)
    trail.record(
        "acting.proposed", authority, ground=str(said.ground), scope=said.scope_name,
        until=said.until_on.isoformat(),
    )  # fmt: skip
    return authority


_COPIED = (
    "level", "scope_name", "ground", "ground_text", "from_on", "until_on", "handback_plan",
    "handback_due_on", "mode", "party", "case_id", "enterprise_id", "industry", "area",
    "principal_id", "acting_union_id", "request_no", "visited_on", "instrument_id",
)  # fmt: skip


def approve(authority: ActingAuthority, *, by_id: int) -> None:
    """Decide that the upper union acts; its number is given, and the principal is told."""
    state = advance(MACHINE, authority.state, "begin", _facts(authority, by_id))
    year = today().year
    number = document_number(SERIES, year, take(SERIES, year)[0])
    # All in one statement: the database lets nobody act without a number and an approver.
    authority.state, authority.document_no = state, number
    authority.approved_by_id, authority.approved_at = by_id, now()
    authority.token = secrets.token_hex(20)
    authority.informed_at = now()
    db.session.flush()
    trail.record("acting.approved", authority, number=authority.document_no)
    acting_letters.tell_of_the_decision(authority)


def refuse(authority: ActingAuthority, why: str, *, by_id: int) -> None:
    another = by_id != authority.proposed_by_id
    authority.ended_reason = why.strip()
    _move(authority, "refuse", reason_recorded=bool(why.strip()), another_decides=another)
    trail.record("acting.refused", authority, reason=why.strip())


def object_to(authority: ActingAuthority, words: str, *, name: str) -> None:
    """The principal objects: it stands as it was written, and a leader must answer it."""
    if authority.state != AuthorityState.ACTING or authority.objected_at is not None:
        raise RuleBroken(Text("当前不能提出异议。", "No objection can be made now."))
    if not words.strip() or not name.strip():
        raise RuleBroken(Text("请写明异议和姓名。", "Write the objection and your name."))
    authority.objection, authority.objected_at = words.strip(), now()
    authority.objector_name = name.strip()
    trail.record("acting.objected", authority, by=name.strip())


def answer_objection(authority: ActingAuthority, words: str, *, by_id: int) -> None:
    """A leader who did not propose it answers the objection in writing."""
    if authority.objected_at is None or authority.objection_answered_at is not None:
        raise RuleBroken(Text("没有待答复的异议。", "There is no objection to answer."))
    if by_id == authority.proposed_by_id:
        raise RuleBroken(Text("异议由提出人以外的领导答复。", "Another than its proposer answers."))
    authority.objection_answer, authority.objection_answered_at = words.strip(), now()
    authority.objection_answered_by_id = by_id
    trail.record("acting.objection_answered", authority, words=words.strip())


def revoke(authority: ActingAuthority, why: str, *, by: str) -> None:
    """The principal takes it back from today. A signature given before stands."""
    authority.ended_on, authority.ended_reason = today(), why.strip()
    authority.revoked_at, authority.revoked_by = now(), by.strip()
    _move(authority, "revoke", reason_recorded=bool(why.strip() and by.strip()))
    trail.record("acting.revoked", authority, reason=why.strip(), by=by.strip())


@dataclass(frozen=True)
class HandBack:
    """What is handed back: why now, what was done, what is open, who takes it."""

    on: date
    ground: str
    done: str
    receiver: str
    support_until: date
    open_items: Sequence[Mapping[str, Any]] = ()


def hand_back(authority: ActingAuthority, said: HandBack) -> None:
    """The lower union acts for itself again; the letter lists what is done and what is open."""
    authority.ended_on, authority.ended_reason = said.on, said.ground.strip()
    authority.handback = {
        "on": said.on.isoformat(), "ground": said.ground.strip(), "done": said.done.strip(),
        "receiver": said.receiver.strip(), "support_until": said.support_until.isoformat(),
        "open_items": [dict(one) for one in said.open_items],
    }  # fmt: skip
    _move(authority, "hand_back", lower_union_able=bool(said.ground.strip()))
    trail.record("acting.handed_back", authority, ground=said.ground.strip())
    acting_letters.tell_of_the_hand_back(authority)


def expire(authority: ActingAuthority) -> bool:
    """Its last day has passed. False, and nothing is changed, where it has not."""
    over = authority.until_on < today()
    if authority.state != AuthorityState.ACTING or not over:
        return False
    authority.ended_on = authority.until_on
    authority.ended_reason = Text("期限届满", "The period is over").zh
    _move(authority, "expire", period_over=over)
    trail.record("acting.expired", authority, on=authority.until_on.isoformat())
    return True


def found_strength(authority: ActingAuthority) -> Text | None:
    """Whether a union was founded, or is strong again, for whom somebody still acts.

    Where there was none its founding is enough; a weak one must be able to bargain.
    """
    if authority.enterprise_id is not None:
        union = db.session.scalar(
            select(TradeUnion)
            .join(Enterprise, Enterprise.union_id == TradeUnion.id)
            .where(Enterprise.id == authority.enterprise_id, TradeUnion.status == "active")
        )
    elif authority.principal_id is not None:
        union = db.session.scalar(
            select(TradeUnion).where(
                TradeUnion.id == authority.principal_id, TradeUnion.status == "active"
            )
        )
    else:
        union = db.session.scalar(_union_of_the_scope(authority).limit(1))
    if union is None:
        return None
    if authority.principal_id is None:
        return Text(f"已建立工会：{union.name}", f"A union was founded: {union.name}")
    if union.standing != Standing.ABLE:
        return None
    return Text(f"工会已能独立协商：{union.name}", f"It can bargain by itself: {union.name}")


def note_strength(authority: ActingAuthority) -> bool:
    """Raise the alert once: it is time to hand back. Nothing ends by itself."""
    if authority.state != AuthorityState.ACTING or authority.strength_at is not None:
        return False
    found = found_strength(authority)
    if found is None:
        return False
    authority.strength_at, authority.strength_note = now(), found.zh
    trail.record("acting.strength_found", authority, note=found.zh)
    return True


def authority_on(day: date, *, case_id: int) -> ActingAuthority | None:
    """The authority that covers a case on a day."""
    ended = (AuthorityState.REQUESTED, AuthorityState.REFUSED)
    query = select(ActingAuthority).where(
        ActingAuthority.case_id == case_id,
        ActingAuthority.state.not_in(ended),
        ActingAuthority.from_on <= day,
        ActingAuthority.until_on >= day,
        or_(ActingAuthority.ended_on.is_(None), ActingAuthority.ended_on >= day),
    )
    return db.session.scalar(query.order_by(ActingAuthority.id.desc()).limit(1))


def _union_of_the_scope(authority: ActingAuthority) -> Any:
    """The union whose own scope this is: of the trade, or else of the area."""
    query = select(TradeUnion).where(TradeUnion.status == "active")
    if authority.level == Reach.INDUSTRY:
        query = query.where(TradeUnion.level == "sector", TradeUnion.industry == authority.industry)
    else:
        query = query.where(TradeUnion.level.in_(("township", "park")))
    if authority.area:
        query = query.where(TradeUnion.area == authority.area)
    if authority.acting_union_id is not None:
        query = query.where(TradeUnion.id != authority.acting_union_id)
    return query.order_by(TradeUnion.id)


def _facts(authority: ActingAuthority, by_id: int) -> dict[str, bool]:
    return {
        "ground_recorded": bool(authority.ground_text.strip()),
        "matters_and_dates_set": bool(authority.matters) and authority.until_on >= today(),
        "handback_planned": bool(authority.handback_plan.strip()),
        "another_decides": by_id != authority.proposed_by_id,
    }


def _move(authority: ActingAuthority, event: str, **facts: bool) -> None:
    authority.state = advance(MACHINE, authority.state, event, facts)
