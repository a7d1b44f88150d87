"""Supervisors and enterprises as an assignment sees them on a day: load, bars, ties, weights."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.registry.models import Enterprise
from blueprints.supervisors import sources
from blueprints.supervisors.models import SERVING, Assignment, Supervisor
from blueprints.supervisors.plan_models import AssigningPolicy
from blueprints.supervisors.queries import in_force
from blueprints.supervisors.roster_models import (
    SupervisorCertificate,
    SupervisorLeave,
    SupervisorTie,
)
from rules.assigning.weighing import Case, Person, Policy
from rules.words import Text
from tenants.db import db
from tenants.scope import area_scope

# Why somebody may be given nobody, or a pair may not be.
BARS = {
    "left": Text("已离任或者即将离任", "has left, or is leaving"),
    "not_engaged": Text("未在聘", "is not engaged"),
    "term_over": Text("聘期已满", "the term of engagement is over"),
    "leave": Text("当日休假", "on leave that day"),
    "certificate": Text("没有有效证书", "holds no valid certificate"),
    "side": Text("聘任身份不符", "engaged for the other side"),
    "conflict": Text("与该企业有利害关系，应当回避", "tied to this firm"),
    "excluded": Text("已人工排除", "excluded by hand"),
    "pin": Text("已人工指定他人", "kept for another by hand"),
}
REASONS = {
    "nobody": Text("当日没有可以指派的指导员", "nobody on the roster may be assigned that day"),
    "conflict": Text("能负责的都与该企业有利害关系", "all who could serve it are tied to the firm"),
    "excluded": Text("能负责的都已人工排除", "all who could serve it are excluded by hand"),
    "pin": Text("人工指定的指导员不能负责", "kept by hand for somebody who cannot serve it"),
    "capacity": Text("能负责的都已满负荷", "nobody who could serve it has capacity left"),
}
UNMET = {
    "near": Text("邻近片区", "from a near area"),
    "far": Text("距离较远", "from a distant area"),
    "industry": Text("不熟悉该行业", "industry not known"),
    "language": Text("不会当地语言", "language not spoken"),
    "changed": Text("更换了指导员", "another supervisor than last time"),
}


@dataclass(frozen=True)
class Served:
    """An enterprise that somebody serves on a day, weighed."""

    supervisor_id: int
    case: Case
    weight: int


def policy() -> Policy:
    """How this federation weighs and wishes; the shipped values where it says nothing."""
    return Policy.from_json(db.session.scalar(select(AssigningPolicy.values)) or {})


def cases(ids: Select[int], on: date) -> list[Case]:
    """The enterprises as cases, with who serves each now or served it last."""
    disputed = sources.disputed()
    last = dict(
        db.session.execute(
            select(Assignment.enterprise_id, Assignment.supervisor_id)
            .where(Assignment.enterprise_id.in_(ids), Assignment.valid_from <= on)
            .ext(distinct_on(Assignment.enterprise_id))
            .order_by(Assignment.enterprise_id, Assignment.valid_from.desc())
        ).all()
    )
    query = select(*_FACTS).where(Enterprise.id.in_(ids)).order_by(Enterprise.id)
    return [_case(row, disputed, last.get(row.id)) for row in db.session.execute(query)]


_FACTS = (Enterprise.id, Enterprise.area, Enterprise.industry, Enterprise.headcount)


def _case(row: Any, disputed: Collection[int], before: int | None) -> Case:
    return Case(row.id, row.area, row.industry, row.headcount, row.id in disputed, before)


def served(on: date, weigh: Policy) -> list[Served]:
    """Everything that is assigned on a day, weighed; the whole federation in one query.

    Who is bound to an area counts the rest too: a full portfolio is full, wherever it lies.
    """
    with area_scope(None):
        return _served(on, weigh)


def _served(on: date, weigh: Policy) -> list[Served]:
    disputed = sources.disputed()
    query = (
        select(Assignment.supervisor_id, *_FACTS)
        .join(Enterprise, Enterprise.id == Assignment.enterprise_id)
        .where(*in_force(on))
    )
    found = []
    for row in db.session.execute(query):
        case = _case(row, disputed, row.supervisor_id)
        found.append(Served(row.supervisor_id, case, weigh.weight(case)))
    return found


def current(ids: Select[int], on: date) -> dict[int, int]:
    """Who serves each enterprise on a day: enterprise → supervisor."""
    query = select(Assignment.enterprise_id, Assignment.supervisor_id)
    rows = db.session.execute(query.where(Assignment.enterprise_id.in_(ids), *in_force(on)))
    return dict(rows.all())


def people(
    on: date, weigh: Policy, *, side: str = "any", without: Collection[int] = (),
    apart_from: Collection[int] = (),
) -> list[Person]:  # fmt: skip
    """The roster on a day: what each keeps besides `apart_from`, and what bars them."""
    roster = db.session.scalars(select(Supervisor).order_by(Supervisor.id)).all()
    away = set(
        db.session.scalars(
            select(SupervisorLeave.supervisor_id).where(
                SupervisorLeave.from_on <= on, SupervisorLeave.until_on >= on
            )
        )
    )
    certified = set(db.session.scalars(holders(on))) if weigh.needs_certificate else None
    load: defaultdict[int, int] = defaultdict(int)
    count: defaultdict[int, int] = defaultdict(int)
    for kept in served(on, weigh):
        if kept.case.id not in apart_from:
            load[kept.supervisor_id] += kept.weight
            count[kept.supervisor_id] += 1
    found = []
    for one in roster:
        barred = bar(one, on, side=side, away=away, certified=certified)
        if one.id in without:
            barred = "left"
        if barred in {"left", "not_engaged"} and not load[one.id] and one.id not in without:
            continue  # somebody of the past has no part in it
        found.append(
            Person(
                one.id, one.area_code, frozenset(one.industries), frozenset(one.languages),
                capacity_of(one), load[one.id], count[one.id], barred,
            )
        )  # fmt: skip
    return found


def bar(
    one: Supervisor, on: date, *, side: str, away: Collection[int],
    certified: Collection[int] | None,
) -> str:  # fmt: skip
    """Why a supervisor may be given nobody on a day; empty when they may."""
    checks = {
        "left": one.left_on is not None and one.left_on <= on,
        "not_engaged": one.state not in SERVING,
        "term_over": one.term_to is not None and one.term_to < on,
        "leave": one.id in away,
        "certificate": certified is not None and one.id not in certified,
        "side": side not in {"any", one.side},
    }
    return next((name for name, holds in checks.items() if holds), "")


def capacity_of(one: Supervisor) -> int:
    """Weighted cases, less the share of time that other work takes; never nothing."""
    return max(1, one.capacity * (100 - one.elsewhere_percent) // 100)


def holders(on: date) -> Select[int]:
    """Who holds a supervisor's certificate that is good on a day."""
    return select(SupervisorCertificate.supervisor_id).where(
        SupervisorCertificate.kind == "supervisor",
        SupervisorCertificate.issued_on <= on,
        or_(SupervisorCertificate.expires_on.is_(None), SupervisorCertificate.expires_on >= on),
        or_(SupervisorCertificate.revoked_on.is_(None), SupervisorCertificate.revoked_on > on),
    )


def ties(on: date, enterprise_ids: Collection[int]) -> list[tuple[int, int]]:
    """Pairs (enterprise, supervisor) that a tie keeps apart from a day on."""
    query = select(SupervisorTie.enterprise_id, SupervisorTie.supervisor_id).where(
        or_(SupervisorTie.until_on.is_(None), SupervisorTie.until_on >= on)
    )
    known = set(enterprise_ids)
    return [(row[0], row[1]) for row in db.session.execute(query) if row[0] in known]


def tied(supervisor_id: Any, enterprise_id: Any, since: Any) -> Any:
    """The condition that a tie would overlap an assignment that begins on a day."""
    return exists().where(
        SupervisorTie.supervisor_id == supervisor_id,
        SupervisorTie.enterprise_id == enterprise_id,
        or_(SupervisorTie.until_on.is_(None), SupervisorTie.until_on >= since),
    )


def names(ids: Sequence[int]) -> dict[int, str]:
    """What supervisors are called."""
    query = select(Supervisor.id, Supervisor.name).where(Supervisor.id.in_(ids))
    return dict(db.session.execute(query).all())
