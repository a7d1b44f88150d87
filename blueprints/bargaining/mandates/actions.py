"""Mandates (授权委托书): recorded as they came, in force by the rule, revoked, missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.law import rule_of
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, CaseLevel, Part
from blueprints.bargaining.ground.team_models import (
    Mandate,
    MandateState,
    Representative,
    Seat,
    Side,
)
from blueprints.shared.read_once import read_once
from rules import mandates as rule
from rules.findings import Finding
from rules.law import Rule
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db

MACHINE = "mandate"
FORM = "mandate.form"
POWERS: Mapping[str, Text] = {
    "receive": Text("代为收取要约书、会议通知等文书", "receive offers, notices and other letters"),
    "reply": Text("代为答复要约、商定时间和地点", "answer the offer, settle time and place"),
    "attend": Text("作为企业方协商代表参加会议", "take part in meetings as a representative"),
    "agree": Text("在所写范围内提出、修改并同意意见", "make, change and agree to proposals"),
    "minutes": Text("代为签署会议纪要", "sign minutes"),
    "sign_draft": Text("代为签署集体合同草案", "sign the draft contract"),
    "sign_contract": Text("代为签署正式合同", "sign the final contract"),
    "delegate": Text("转委托", "sub-delegate"),
}


def as_rule(mandate: Mandate) -> rule.Mandate:
    """The mandate as the rules look at it."""
    return rule.Mandate(
        agent=mandate.agent,
        matter=mandate.matter,
        powers=tuple(mandate.powers),
        from_=mandate.from_on,
        to=mandate.to_on,
        sealed=mandate.sealed,
        revoked_on=mandate.revoked_on,
        delegated_by=mandate.delegated_by or "",
        delegation_agreed=mandate.delegation_agreed or "delegate" in mandate.powers,
    )


def faults_in(case: BargainingCase, mandate: Mandate, form: Rule | None = None) -> list[Finding]:
    """What its form lacks, with the article; `form` is the rule, where it is known already."""
    return rule.faults_in(as_rule(mandate), form or rule_of(case, FORM))


def fault_on(case: BargainingCase, mandate: Mandate, on: date, power: str) -> Finding | None:
    """Why the agent could not use a power on a day; None when they could."""
    return rule.fault_on(as_rule(mandate), on, power, rule_of(case, FORM))


def grant(
    case: BargainingCase,
    row: CaseEnterprise,
    facts: dict[str, Any],
    *,
    scan_id: int | None = None,
    by_id: int | None = None,
) -> Mandate:
    """Record a mandate as it came. One that stood before is revoked by the new one.

    Raises ValueError for a power that no form has.
    """
    if unknown := set(facts.get("powers") or ()) - POWERS.keys():
        raise ValueError(f"Unknown powers: {sorted(unknown)}")
    standing = queries.standing_mandates(case.id).get(row.enterprise_id)
    if standing is not None:
        revoke(case, standing, facts["signed_on"] or today(), "由新的授权委托书代替", quiet=True)
    sealed = bool(facts.get("sealed")) and scan_id is not None
    mandate = Mandate(
        case_id=case.id, enterprise_id=row.enterprise_id, scan_id=scan_id, recorded_by_id=by_id,
        **{**facts, "sealed": sealed},
    )  # fmt: skip
    db.session.add(mandate)
    db.session.flush()
    begin(case, mandate)
    if not faults_in(case, mandate) and row.part != Part.LEFT:
        row.part, row.part_on = Part.MANDATED, mandate.from_on or today()
    trail.record(
        "mandate.recorded", case, enterprise=row.name, agent=mandate.agent,
        until=mandate.to_on.isoformat() if mandate.to_on else None,
    )  # fmt: skip
    return mandate


def begin(case: BargainingCase, mandate: Mandate) -> bool:
    """Let it come into force where its form is complete and its period has begun."""
    facts = {
        "form_complete": not faults_in(case, mandate),
        "period_begun": mandate.from_on is not None and mandate.from_on <= today(),
    }
    if mandate.state != MandateState.GRANTED or not all(facts.values()):
        return False
    mandate.state = advance(MACHINE, mandate.state, "begin", facts)
    return True


def revoke(
    case: BargainingCase, mandate: Mandate, on: date, reason: str, *, quiet: bool = False
) -> None:
    """End it from a day on. What was done under it before stays done."""
    mandate.state = advance(MACHINE, mandate.state, "revoke", {"reason_recorded": bool(reason)})
    mandate.revoked_on, mandate.revoked_reason = on, reason
    row = queries.get_part(case, mandate.enterprise_id)
    if row.part == Part.MANDATED:
        row.part, row.part_on = Part.RECOGNISING, on
    if not quiet:
        trail.record("mandate.revoked", case, enterprise=row.name, reason=reason)
    db.session.flush()


def follow(case: BargainingCase) -> int:
    """Begin and expire what the calendar begins and expires; how many moved. Safe to repeat."""
    moved = 0
    for mandate in queries.standing_mandates(case.id).values():
        over = mandate.to_on is not None and mandate.to_on < today()
        if over:
            mandate.state = advance(MACHINE, mandate.state, "expire", {"period_over": True})
            row = queries.get_part(case, mandate.enterprise_id)
            if row.part == Part.MANDATED:
                row.part, row.part_on = Part.RECOGNISING, today()
            trail.record("mandate.expired", case, enterprise=row.name)
        if over or begin(case, mandate):
            moved += 1
    return moved


@dataclass(frozen=True)
class Wanted:
    """An enterprise of a case, its mandate if any, and what is wrong with it."""

    row: CaseEnterprise
    mandate: Mandate | None
    faults: Sequence[Finding]
    needed: bool

    @property
    def missing(self) -> bool:
        return self.needed and (self.mandate is None or any(one.blocks for one in self.faults))


@read_once
def wanted(case: BargainingCase, on: date | None = None) -> list[Wanted]:
    """Every enterprise of the case with its mandate, those that lack one first.

    An enterprise that sits at the table itself needs none; one that has not agreed to bargain is
    not behind anybody yet.
    """
    day = on or today()
    standing = queries.standing_mandates(case.id)
    at_the_table, form = _present(case), rule_of(case, FORM)
    found = []
    for row in queries.enterprises_of(case.id):
        mandate = standing.get(row.enterprise_id)
        faults = [*faults_in(case, mandate, form)] if mandate else []
        if mandate and not faults and (late := _out_of_time(mandate, day, form)):
            faults.append(late)
        needed = (
            case.level != CaseLevel.ENTERPRISE
            and row.part in {Part.RECOGNISING, Part.MANDATED}
            and row.enterprise_id not in at_the_table
        )
        found.append(Wanted(row, mandate, faults, needed))
    return sorted(found, key=lambda one: (not one.missing, one.row.name))


def get_mandate(case: BargainingCase, ident: int) -> Mandate | None:
    query = select(Mandate).where(Mandate.case_id == case.id, Mandate.id == ident)
    return db.session.scalar(query)


def _out_of_time(mandate: Mandate, day: date, form: Rule) -> Finding | None:
    return rule.fault_on(as_rule(mandate), day, next(iter(mandate.powers), ""), form)


def _present(case: BargainingCase) -> set[int]:
    """Enterprises with somebody of their own on the employers' team."""
    team: Sequence[Representative] = queries.representatives_of(case.id, Side.EMPLOYER)
    return {one.enterprise_id for one in team if one.enterprise_id and one.seat == Seat.MEMBER}
