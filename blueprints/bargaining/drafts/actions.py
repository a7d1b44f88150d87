"""The verbs of drafts. The caller has locked the case, and commits.

A version is open until both sides agree; then its text is written out, its hash fixed, and the
database lets nothing in it change. A next version begins as a copy, and says what it changes.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground.draft_models import (
    CaseFloor,
    Clause,
    ClauseAmount,
    Draft,
    DraftState,
)
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.moves import move
from rules.broken import RuleBroken
from rules.clauses import fingerprint, text_of
from rules.findings import require
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

WRITABLE = (
    CaseState.REPLIED_YES, CaseState.INFO_EXCHANGE, CaseState.NEGOTIATING, CaseState.VOTE_LOST,
    CaseState.DISPUTE_MAKING, CaseState.PREPARING, CaseState.TEAM_FORMING,
)  # fmt: skip


class EditedMeanwhile(RuleBroken):
    """Somebody else has saved this clause since it was opened; both texts are shown."""


@dataclass(frozen=True)
class Words:
    """A clause as it was typed."""

    kind: str
    heading: str
    body: str
    suggestion: str | None = None
    template_text: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure as it was typed."""

    measure: str
    subject: str
    amount: Decimal
    unit: str
    trade: str = ""
    grade: str = ""
    from_on: date | None = None


def begin(case: BargainingCase, title: str, *, note: str = "") -> Draft:
    """A next version: empty, or a copy of the last with all its clauses and figures."""
    if case.state not in WRITABLE:
        raise RuleBroken(
            Text("协商项目现在不能起草或者修改草案。",
                 "No draft can be written while the case stands where it does.")
        )  # fmt: skip
    versions = drafts.drafts_of(case.id)
    last = versions[0] if versions else None
    if last is not None and last.state == DraftState.OPEN:
        raise RuleBroken(Text("已有一稿正在修改。", "A version is being written already."))
    draft = Draft(
        case_id=case.id,
        version=last.version + 1 if last else 1,
        title=title,
        note=note,
        based_on_id=last.id if last else None,
        explanation=last.explanation if last else "",
    )
    db.session.add(draft)
    db.session.flush()
    if last is not None:
        _copy(last, draft)
    trail.record("draft.begun", case, version=draft.version)
    return draft


def _copy(from_: Draft, to: Draft) -> None:
    rows = drafts.clauses_of(from_.id)
    amounts = drafts.amounts_of(row.id for row in rows)
    for row in rows:
        clause = Clause(
            draft_id=to.id, key=row.key, place=row.place, kind=row.kind, heading=row.heading,
            body=row.body, suggestion=row.suggestion, template_text=row.template_text,
            changed_by_id=row.changed_by_id, changed_at=row.changed_at,
        )  # fmt: skip
        db.session.add(clause)
        db.session.flush()
        for one in amounts.get(row.id, ()):
            db.session.add(
                ClauseAmount(
                    clause_id=clause.id, measure=one.measure, subject=one.subject,
                    trade=one.trade, grade=one.grade, amount=one.amount, unit=one.unit,
                    from_on=one.from_on,
                )
            )  # fmt: skip
    db.session.flush()


def _open(draft: Draft) -> None:
    if draft.state != DraftState.OPEN:
        raise RuleBroken(
            Text("本稿文本已锁定，修改须另起一稿。",
                 "The text of this version is fixed; changes need a next version.")
        )  # fmt: skip


def add_clause(case: BargainingCase, draft: Draft, said: Words, *, by_id: int | None) -> Clause:
    _open(draft)
    rows = drafts.clauses_of(draft.id)
    clause = Clause(
        draft_id=draft.id,
        key=secrets.token_hex(6),
        place=rows[-1].place + 1 if rows else 1,
        kind=said.kind,
        heading=said.heading,
        body=said.body,
        suggestion=said.suggestion,
        template_text=said.template_text,
        changed_by_id=by_id,
        changed_at=now(),
    )
    db.session.add(clause)
    trail.record("draft.clause_added", case, version=draft.version, heading=said.heading)
    return clause


def change_clause(
    case: BargainingCase,
    draft: Draft,
    clause: Clause,
    said: Words,
    *,
    revision: int,
    by_id: int | None,
) -> None:
    """Save a clause that was opened at `revision`; raises EditedMeanwhile where it has moved on."""
    _open(draft)
    if clause.revision != revision:
        raise EditedMeanwhile(
            Text("您打开之后，另一位同志已经修改了这一条。两份文字都在下面，请核对后再保存。",
                 "Somebody has changed this clause since you opened it. Both texts are below; "
                 "please look at them and save again.")
        )  # fmt: skip
    before = {"heading": clause.heading, "body": clause.body}
    clause.kind, clause.heading, clause.body = said.kind, said.heading, said.body
    clause.revision += 1
    clause.changed_by_id, clause.changed_at = by_id, now()
    trail.record(
        "draft.clause_changed", case, version=draft.version, heading=clause.heading,
        changed={name: [old, getattr(clause, name)] for name, old in before.items()
                 if old != getattr(clause, name)},
    )  # fmt: skip


def remove_clause(case: BargainingCase, draft: Draft, clause: Clause) -> None:
    _open(draft)
    for one in drafts.amounts_of([clause.id]).get(clause.id, ()):
        db.session.delete(one)
    db.session.flush()
    db.session.delete(clause)
    trail.record("draft.clause_removed", case, version=draft.version, heading=clause.heading)


def move_clause(case: BargainingCase, draft: Draft, clause: Clause, places: int) -> None:
    """Up or down among its neighbours."""
    _open(draft)
    rows = list(drafts.clauses_of(draft.id))
    here = next(n for n, row in enumerate(rows) if row.id == clause.id)
    there = min(max(here + places, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows, start=1):
        row.place = place
    trail.record("draft.clause_moved", case, version=draft.version, heading=clause.heading)


def add_figure(case: BargainingCase, draft: Draft, clause: Clause, said: Figure) -> ClauseAmount:
    """A figure is written down as it was said; whether it lies below a floor stands beside it."""
    _open(draft)
    row = ClauseAmount(
        clause_id=clause.id, measure=said.measure, subject=said.subject, trade=said.trade,
        grade=said.grade, amount=said.amount, unit=said.unit, from_on=said.from_on,
    )  # fmt: skip
    db.session.add(row)
    clause.revision += 1
    trail.record(
        "draft.figure_added", case, version=draft.version, heading=clause.heading,
        figure=said.subject, amount=str(said.amount), unit=said.unit,
    )  # fmt: skip
    return row


def remove_figure(case: BargainingCase, draft: Draft, clause: Clause, row: ClauseAmount) -> None:
    _open(draft)
    db.session.delete(row)
    clause.revision += 1
    trail.record(
        "draft.figure_removed", case, version=draft.version, heading=clause.heading,
        figure=row.subject,
    )  # fmt: skip


def record_floor(case: BargainingCase, said: Figure, source: str, *, by_id: int | None) -> None:
    """The legal minimum somebody looked up, with where it stands; the earlier one is replaced."""
    for one in drafts.floors_of(case.id):
        if (one.measure, one.unit) == (said.measure, said.unit):
            db.session.delete(one)
    db.session.flush()
    if said.from_on is None:
        raise RuleBroken(Text("请写明标准的执行日期。", "State from when the minimum holds."))
    db.session.add(
        CaseFloor(
            case_id=case.id, measure=said.measure, amount=said.amount, unit=said.unit,
            from_on=said.from_on, source=source, recorded_by_id=by_id,
        )
    )  # fmt: skip
    trail.record(
        "draft.floor_recorded", case, amount=str(said.amount), unit=said.unit, source=source
    )


def explain(case: BargainingCase, draft: Draft, words: str) -> None:
    """The explanation of the draft (草案说明) that goes to the congress with it."""
    _open(draft)
    draft.explanation = words
    trail.record("draft.explained", case, version=draft.version)


def agree(case: BargainingCase, draft: Draft, *, on: date, chiefs_signed: bool) -> None:
    """Both sides agree: the text is written out and fixed. Below a floor nothing is agreed."""
    _open(draft)
    clauses = drafts.written(draft.id)
    if not clauses:
        raise RuleBroken(Text("草案没有条款。", "The draft has no clause."))
    require(drafts.faults_of(case, draft))
    text = text_of(draft.title, clauses)
    draft.text, draft.text_sha256 = text, fingerprint(text)
    draft.agreed_on, draft.agreed_at, draft.state = on, now(), DraftState.AGREED
    db.session.flush()
    trail.record(
        "draft.agreed", case, version=draft.version, sha256=draft.text_sha256, on=on.isoformat()
    )
    event = "amend_draft" if case.state == CaseState.VOTE_LOST else "agree_draft"
    move(case, event, draft_frozen=True, floors_met=True, chiefs_signed_minutes=chiefs_signed)


def take_over(
    case: BargainingCase, draft: Draft, suggestions: Iterable[Words], *, by_id: int | None
) -> int:
    """Put suggested clauses in, blanks and all; returns how many were new."""
    known = {row.suggestion for row in drafts.clauses_of(draft.id)}
    count = 0
    for said in suggestions:
        if said.suggestion not in known:
            add_clause(case, draft, said, by_id=by_id)
            db.session.flush()
            count += 1
    return count
