"""Counting running deadlines anew: which would move, from when to when, and why.

Only running clocks are ever looked at. What is closed, met or lapsed stays as it was counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, literal_column, select

from blueprints.offers.ground.deadlines import warning
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.rulebook import queries as rulebook
from blueprints.rulebook.kept import rule_of
from blueprints.rulebook.models import Basis
from rules.broken import RuleBroken
from rules.calendars import Calendar
from rules.deadlines import Due, due, spread
from rules.words import Text
from tenants.db import db

CAUSES = {
    "rule": _l("the rule has changed"),
    "calendar": _l("the calendar has changed"),
    "counting": _l("days are counted otherwise"),
    "standing": _l("the rule has been confirmed, or is no longer"),
    "sure": _l("the days of that year are known now"),
}


@dataclass(frozen=True)
class Count:
    """What a deadline says, or would say: all that a recount may change."""

    on: date
    longest: date | None
    status: str
    provisional: bool


@dataclass
class Group:
    """Running deadlines that are alike: one rule, one day of the event, one date to move from.

    Thousands of offers served in the same week make a handful of these, each counted once.
    """

    subject_kind: str
    rule_key: str
    kind: str
    anchor_on: date
    rule_version: str
    calendar_version: str
    before: Count
    course: str
    sample_id: int
    number: int
    after: Count | None = None
    answer: Due | None = None
    warn: date | None = None
    causes: list[str] = field(default_factory=list)
    refused: Text | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        return _key(self)

    @property
    def moves(self) -> bool:
        return self.after is not None and self.after != self.before


def _key(row: Any) -> tuple[Any, ...]:
    return (
        row.subject_kind, row.rule_key, row.kind, row.anchor_on, row.rule_version,
        row.calendar_version, row.before, row.course,
    )  # fmt: skip


_KEPT_KIND = Deadline.derivation.op("->>")(literal_column("'kind'"))  # no bind: it is grouped by
_KIND = func.coalesce(Offer.contract_kind, _KEPT_KIND).label("kind")
# Days on which it stood still, and more time that was granted: part of what a clock is.
_COURSE = func.concat(
    func.coalesce(
        Deadline.derivation.op("->>")(literal_column("'tolling'")), literal_column("'[]'")
    ),
    Deadline.derivation.op("->>")(literal_column("'extension'")),
).label("course")
_ALIKE = (
    Deadline.subject_kind, Deadline.rule_key, _KIND, Deadline.anchor_on, Deadline.rule_version,
    Deadline.calendar_version, Deadline.due_on, Deadline.longest_on, Deadline.rule_status,
    Deadline.provisional, _COURSE,
)  # fmt: skip
_OF_OFFER = (Deadline.subject_kind == Offer.__tablename__) & (Deadline.subject_id == Offer.id)
_RUNNING = Deadline.status == DeadlineStatus.RUNNING


def preview(basis: Basis) -> list[Group]:
    """Every group of running deadlines that would move, and those that cannot be counted."""
    return [group for group in counted(basis) if group.moves or group.refused]


def counted(basis: Basis) -> list[Group]:
    """All running deadlines in groups, each counted with what applies now."""
    query = (
        select(*_ALIKE, func.min(Deadline.id).label("sample_id"), func.count().label("number"))
        .outerjoin(Offer, _OF_OFFER)
        .where(_RUNNING)
        .group_by(*_ALIKE)
        .order_by(Deadline.due_on, Deadline.rule_key, func.min(Deadline.id))
    )
    groups = [
        Group(
            row.subject_kind, row.rule_key, row.kind, row.anchor_on, row.rule_version,
            row.calendar_version, _before(row), row.course, row.sample_id, row.number,
        )
        for row in db.session.execute(query)
    ]  # fmt: skip
    kept = _kept([group.sample_id for group in groups])
    calendar = rulebook.calendar()
    for group in groups:
        _count(group, basis, Due.from_json(kept[group.sample_id]), calendar)
    return groups


def _before(row: Any) -> Count:
    return Count(row.due_on, row.longest_on, row.rule_status, row.provisional)


def _kept(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    query = select(Deadline.id, Deadline.derivation).where(Deadline.id.in_(ids))
    return {row.id: row.derivation for row in db.session.execute(query)}


def _count(group: Group, basis: Basis, then: Due, calendar: Calendar) -> None:
    conventions = rulebook.conventions()
    kind = group.kind if group.kind != "any" else "wage"
    try:
        if basis == Basis.RULES:
            rule = rulebook.book(group.anchor_on).known(group.rule_key, kind)
        else:
            rule = rule_of(then)
        answer = due(rule, group.anchor_on, calendar, then.tolling, then.extension, conventions)
        earliest, latest = spread(
            rule, group.anchor_on, calendar, then.tolling, conventions, extension=then.extension
        )
    except RuleBroken as broken:
        group.refused = broken.text
        return
    group.answer = answer
    group.warn = warning(earliest.on, group.anchor_on)
    longest = None if rule.confirmed else latest.on
    unsure = answer.provisional or latest.provisional
    group.after = Count(answer.on, longest, answer.status, unsure)
    group.causes = list(_causes(then, answer, group))


def _causes(then: Due, answer: Due, group: Group) -> Iterator[str]:
    if (then.value, then.unit, then.anchor, then.direction) != (
        answer.value, answer.unit, answer.anchor, answer.direction,
    ):  # fmt: skip
        yield "rule"
    if then.status != answer.status:
        yield "standing"
    if then.calendar_version != answer.calendar_version:
        yield "calendar"
    elif group.moves and then.status == answer.status and then.value == answer.value:
        yield "counting"
    if group.before.provisional and group.after and not group.after.provisional:
        yield "sure"


def fingerprint(groups: Sequence[Group]) -> str:
    """What was shown, in short: applied only if it is still what would happen."""
    shown = [(group.key, group.after, group.number) for group in groups if group.moves]
    return sha256(repr(shown).encode()).hexdigest()[:16]


def members(group: Group, limit: int | None = None) -> list[Any]:
    """Some of a group's deadlines, with the offer each belongs to."""
    query = (
        select(Deadline.id, Offer.id.label("offer_id"), Offer.addressee_name, Offer.document_no)
        .outerjoin(Offer, _OF_OFFER)
        .where(_RUNNING, *_alike(group))
        .order_by(Deadline.id)
        .limit(limit)
    )
    return list(db.session.execute(query))


def _alike(group: Group) -> Iterator[Any]:
    before = group.before
    yield Deadline.subject_kind == group.subject_kind
    yield Deadline.rule_key == group.rule_key
    yield group.kind == _KIND
    yield Deadline.anchor_on == group.anchor_on
    yield Deadline.rule_version == group.rule_version
    yield Deadline.calendar_version == group.calendar_version
    yield Deadline.due_on == before.on
    yield Deadline.longest_on.is_not_distinct_from(before.longest)
    yield Deadline.rule_status == before.status
    yield Deadline.provisional == before.provisional
    yield group.course == _COURSE
