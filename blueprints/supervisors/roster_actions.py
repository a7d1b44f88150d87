"""Certificates, leave, ties and quotas entered and taken back; the steps of an engagement."""

from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from blueprints.registry.models import Enterprise
from blueprints.supervisors import people, telling
from blueprints.supervisors.actions import one_at_a_time
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import not_over
from blueprints.supervisors.roster_models import (
    SupervisorCertificate,
    SupervisorLeave,
    SupervisorQuota,
    SupervisorTie,
)
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.numbering import document_number, take

MACHINE = "engagement"
STEPPED = {
    "train": "supervisor.step_train",
    "certify": "supervisor.step_certify",
    "engage": "supervisor.step_engage",
    "appraise": "supervisor.step_appraise",
    "renew": "supervisor.step_renew",
    "end": "supervisor.step_end",
}
TAKEN = Text("这个证书编号已经登记。", "A certificate with this number is entered already.")
AWAY_ALREADY = Text("这几天已经登记过休假。", "Leave on some of these days is entered already.")


def add_certificate(supervisor: Supervisor, **facts: Any) -> SupervisorCertificate:
    known = select(SupervisorCertificate.id).filter_by(kind=facts["kind"], number=facts["number"])
    if db.session.scalar(known) is not None:
        raise RuleBroken(TAKEN)
    made = SupervisorCertificate(supervisor_id=supervisor.id, **facts)
    db.session.add(made)
    trail.record(
        "supervisor.certificate_entered", supervisor, number=made.number,
        until=made.expires_on.isoformat() if made.expires_on else None,
    )  # fmt: skip
    return made


def revoke_certificate(certificate: SupervisorCertificate, on: date) -> None:
    """From that day on it is not good any more; that it was is kept."""
    certificate.revoked_on = on
    trail.record(
        "supervisor.certificate_revoked",
        (Supervisor.__tablename__, certificate.supervisor_id), number=certificate.number,
    )  # fmt: skip


def add_leave(supervisor: Supervisor, from_on: date, until_on: date, reason: str) -> None:
    overlap = select(SupervisorLeave.id).where(
        SupervisorLeave.supervisor_id == supervisor.id,
        SupervisorLeave.from_on <= until_on,
        SupervisorLeave.until_on >= from_on,
    )
    if db.session.scalar(overlap.limit(1)) is not None:
        raise RuleBroken(AWAY_ALREADY)
    db.session.add(
        SupervisorLeave(
            supervisor_id=supervisor.id, from_on=from_on, until_on=until_on, reason=reason or None
        )
    )
    trail.record(
        "supervisor.leave_entered", supervisor, since=from_on.isoformat(),
        until=until_on.isoformat(), reason=reason,
    )  # fmt: skip


def cancel_leave(leave: SupervisorLeave) -> None:
    db.session.delete(leave)
    trail.record(
        "supervisor.leave_cancelled", (Supervisor.__tablename__, leave.supervisor_id),
        since=leave.from_on.isoformat(), until=leave.until_on.isoformat(),
    )  # fmt: skip


def add_tie(supervisor: Supervisor, enterprise_id: int, **facts: Any) -> bool:
    """Record a tie. Who serves the firm steps aside that day (回避); True when that was so.

    An assignment that is over stays as it was: then the tie counts from the day after it.
    """
    mine = (
        Assignment.supervisor_id == supervisor.id,
        Assignment.enterprise_id == enterprise_id,
    )
    serving = db.session.scalars(select(Assignment).where(*mine, not_over(today()))).all()
    start: date = facts["from_on"]
    if serving:
        start = max(start, today())
        db.session.execute(delete(Assignment).where(*mine, Assignment.valid_from >= start))
        db.session.execute(update(Assignment).where(*mine, not_over(start)).values(valid_to=start))
    last = db.session.scalar(
        select(Assignment.valid_to).where(*mine).order_by(Assignment.valid_to.desc()).limit(1)
    )
    start = max(start, last) if last else start
    until = facts.get("until_on")
    if until is not None and until < start:
        raise RuleBroken(
            Text("利害关系在这一天之前已经结束。", "The tie is over before it could count.")
        )
    with one_at_a_time():
        db.session.add(
            SupervisorTie(
                supervisor_id=supervisor.id,
                enterprise_id=enterprise_id,
                **{**facts, "from_on": start},
            )
        )
        db.session.flush()
    trail.record(
        "supervisor.tie_recorded",
        supervisor,
        enterprise=_called(enterprise_id),
        since=start.isoformat(),
        reason=facts.get("note"),
    )
    return bool(serving)


def end_tie(tie: SupervisorTie, on: date) -> None:
    """The last day on which it counts. One that ends before it began is struck."""
    subject = (Supervisor.__tablename__, tie.supervisor_id)
    if on < tie.from_on:
        db.session.delete(tie)
    else:
        tie.until_on = on
    trail.record(
        "supervisor.tie_ended",
        subject,
        enterprise=_called(tie.enterprise_id),
        until=on.isoformat(),
    )


def _called(enterprise_id: int) -> str:
    query = select(Enterprise.name).where(Enterprise.id == enterprise_id)
    return db.session.scalar(query) or ""


def set_quota(level: str, area_code: str | None, **facts: Any) -> SupervisorQuota:
    """How many are due; a second entry for the same place replaces the first."""
    if level == "city":
        area_code = None  # a post at the city is of no county
    query = select(SupervisorQuota).where(
        SupervisorQuota.level == level, SupervisorQuota.area_code.is_not_distinct_from(area_code)
    )
    quota = db.session.scalar(query.with_for_update())
    if quota is None:
        quota = SupervisorQuota(level=level, area_code=area_code)
        db.session.add(quota)
    for name, value in facts.items():
        setattr(quota, name, value)
    trail.record("quota.set", quota, level=level, area=area_code, **facts)
    return quota


def remove_quota(quota: SupervisorQuota) -> None:
    trail.record("quota.removed", quota, level=quota.level, area=quota.area_code)
    db.session.delete(quota)


def step(supervisor: Supervisor, event: str, **said: Any) -> None:
    """One step of the engagement, as the machine allows it; engaging and renewing write a letter.

    said: trained_on, term_from, term_to, reason; appraised=True from the room of the appraisal.
    """
    on = today()
    facts = {
        "training_recorded": bool(said.get("trained_on") or supervisor.trained_on),
        "examination_passed": supervisor.id in set(db.session.scalars(people.holders(on))),
        "term_set": bool(said.get("term_from") and said.get("term_to")),
        "appraisal_on_file": bool(said.get("appraised")),
        "reason_recorded": bool((said.get("reason") or "").strip()),
    }
    before = supervisor.state
    after = advance(MACHINE, before, event, facts)
    if event == "train":
        supervisor.trained_on = said.get("trained_on") or supervisor.trained_on
    if event in {"engage", "renew"}:
        supervisor.term_from, supervisor.term_to = said["term_from"], said["term_to"]
        supervisor.engagement_no = document_number(
            "engagement", on.year, take("engagement", on.year)[0]
        )
        supervisor.engaged_on = on
    if event == "end":
        supervisor.ended_reason = said["reason"].strip()
    supervisor.state = after
    trail.record(
        STEPPED[event], supervisor, changed={"state": [before, after]},
        number=supervisor.engagement_no if event in {"engage", "renew"} else None,
        reason=said.get("reason"),
    )  # fmt: skip
    if event in {"engage", "renew"}:
        telling.engaged(supervisor)
