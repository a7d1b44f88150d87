"""What is coming up, found on the register and among the contracts: set by set, none by hand.

`found` says what the forecast should hold on a day; `refresh` brings the entries there. An entry
is known by its key, so owner, day and note outlive every sweep, and a second sweep changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.forecast.groups import of_groups, of_triggers
from blueprints.contracts.forecast.models import EntryState, ForecastEntry
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import (
    IN_FORCE,
    Contract,
    ContractKind,
    ContractState,
)
from blueprints.contracts.habits import values as habits
from blueprints.contracts.performance.letters import law_kind
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from rules.books import book_for
from rules.deadlines import Due, due
from rules.forecast import Ground, next_round
from rules.reckoning import ONE
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User, UserStatus
from tenants.scope import current_tenant_id

CHUNK = 1000
Row = dict[str, Any]
Progress = Callable[[int, int], object]  # lines written, lines there are


def quietly(_done: int, _total: int) -> None:
    """For whoever need not be told how far it is."""


def refresh(on: date, progress: Progress = quietly) -> int:
    """Bring the forecast up to a day. Returns how many lines it holds; safe to run twice."""
    rows = list(found(on))
    for start in range(0, len(rows), CHUNK):
        progress(start, len(rows))
        _write(rows[start : start + CHUNK])
    stands = (ForecastEntry.state == EntryState.OPEN, ForecastEntry.counted_on < on)
    _over(*stands)
    known = {row["key"] for row in rows}
    today = select(ForecastEntry.key).where(
        ForecastEntry.state == EntryState.OPEN, ForecastEntry.counted_on == on
    )
    if gone := [key for key in db.session.scalars(today) if key not in known]:
        _over(ForecastEntry.key.in_(gone), ForecastEntry.state == EntryState.OPEN)
    return len(rows)


def _write(rows: list[Row]) -> None:
    made = insert(ForecastEntry)
    fresh = {
        name: made.excluded[name]
        for name in ("enterprises", "workers", "counted_on", "closes_on", "clock")
    }
    # Who never bargained has not bargained since the day we first said so.
    since = case(
        (made.excluded.contract_id.is_(None), ForecastEntry.opens_on), else_=made.excluded.opens_on
    )
    # Not in_(): its list cannot be expanded where many rows are written at once.
    moving = or_(ForecastEntry.state == EntryState.OPEN, ForecastEntry.state == EntryState.OVER)
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["tenant_id", "key"],
            set_={**fresh, "opens_on": since, "state": EntryState.OPEN},
            where=moving,
        ),
        rows,
    )


def _over(*conditions: ColumnElement[bool]) -> None:
    query = update(ForecastEntry).where(*conditions).values(state=EntryState.OVER)
    db.session.execute(query.execution_options(synchronize_session=False))


def found(on: date) -> Iterator[Row]:
    """Every line the forecast should hold on a day."""
    tenant = current_tenant_id()
    base = {"tenant_id": tenant, "counted_on": on, "closes_on": None, "clock": {},
            "contract_id": None, "trigger_id": None, "area": None, "industry": None,
            "owner_id": None}  # fmt: skip
    for row in (*of_contracts(on), *of_groups(on), *of_triggers(on)):
        yield {**base, "planned_on": max(row["opens_on"], on), **row}


def of_contracts(on: date) -> Iterator[Row]:
    """Contracts in their renewal window or near it, yearly rounds, and those that ran out."""
    horizon = on + habits.ahead()
    waiting: list[tuple[Ground, Any, Due | None, date]] = []
    windows = Windows()
    for contract in _standing(on):
        window = windows.before(contract.term_to, law_kind(contract))
        if window.on <= horizon:
            waiting.append((Ground.RENEWAL, contract, window, window.on))
        turn = _turn(contract, on)
        if turn is not None and (before := windows.before(turn, "wage")).on <= horizon:
            waiting.append((Ground.WAGE_ROUND, contract, before, before.on))
        elif turn is None and contract.kind == ContractKind.COMPREHENSIVE and contract.unpaid:
            waiting.append((Ground.WAGE_ROUND, contract, None, on))
    waiting += [(Ground.EXPIRED, one, None, one.term_to + ONE) for one in _lapsed(on)]
    ids = [one[1].id for one in waiting]
    counts, owners = bound_or_once(ids, on), owners_of(ids)
    for ground, contract, window_, opens in waiting:
        enterprises, workers = counts.get(contract.id, (0, 0))
        stamp = window_.anchor_on if window_ else contract.term_to
        yield {
            "key": f"{ground}:{contract.id}:{stamp}",
            "ground": str(ground),
            "contract_id": contract.id,
            "owner_id": owners.get(contract.id),
            "area": contract.area,
            "industry": contract.industry,
            "enterprises": enterprises,
            "workers": workers,
            "opens_on": opens,
            "closes_on": window_.closes if window_ else None,
            "clock": window_.to_json() if window_ else {},
        }


def owners_of(ids: list[int]) -> dict[int, int]:
    """Who led the case of each contract, if they still sign in.

    Only a line that is new takes it over; an owner named by hand outlives every sweep.
    """
    query = (
        select(Contract.id, User.id)
        .join(
            BargainingCase,
            (BargainingCase.tenant_id == Contract.tenant_id)
            & (BargainingCase.id == Contract.case_id),
        )
        .join(
            User,
            (User.tenant_id == BargainingCase.tenant_id) & (User.id == BargainingCase.owner_id),
        )
        .where(Contract.id.in_(ids), User.status == UserStatus.ACTIVE)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def bound_or_once(ids: list[int], on: date) -> dict[int, tuple[int, int]]:
    """Enterprises and workers a contract binds; of one that ended, those it had bound at last."""
    now_bound = queries.bound_counts(ids, on)
    if not (left := [one for one in ids if one not in now_bound]):
        return now_bound
    query = (
        select(
            Membership.contract_id,
            func.count(Membership.enterprise_id.distinct()),
            func.coalesce(func.sum(Enterprise.headcount), 0),
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == Membership.tenant_id)
            & (Enterprise.id == Membership.enterprise_id),
        )
        .where(Membership.contract_id.in_(left), Membership.valid_from.is_not(None))
        .group_by(Membership.contract_id)
    )
    return now_bound | {
        row[0]: (int(row[1]), int(row[2] or 0)) for row in db.session.execute(query)
    }


def _columns() -> tuple[Any, ...]:
    return (
        Contract.id, Contract.kind, Contract.topic, Contract.level, Contract.term_from,
        Contract.term_to,
        func.coalesce(Contract.area, Enterprise.area).label("area"),
        func.coalesce(Contract.industry, Enterprise.industry).label("industry"),
    )  # fmt: skip


OF_ENTERPRISE = and_(
    Enterprise.tenant_id == Contract.tenant_id, Enterprise.id == Contract.enterprise_id
)


def same_scope(other: Any) -> ColumnElement[bool]:
    """For the same enterprise, or the same trade and area; with an = that the database can hash."""
    return and_(
        func.coalesce(other.enterprise_id, 0) == func.coalesce(Contract.enterprise_id, 0),
        func.coalesce(other.industry, "") == func.coalesce(Contract.industry, ""),
        func.coalesce(other.area, "") == func.coalesce(Contract.area, ""),
    )


def _standing(on: date) -> Iterable[Any]:
    """Contracts in force that nothing is about to follow; `unpaid`: no wage contract beside it."""
    other = aliased(Contract)
    wages = exists().where(
        other.tenant_id == Contract.tenant_id,
        other.kind == ContractKind.WAGE,
        other.state.in_(IN_FORCE),
        other.level == Contract.level,
        same_scope(other),
    )
    query = (
        select(*_columns(), (~wages).label("unpaid"))
        .outerjoin(Enterprise, OF_ENTERPRISE)
        .where(Contract.state.in_(IN_FORCE), Contract.term_to >= on, ~_followed())
    )
    return db.session.execute(query)


def _lapsed(on: date) -> Iterable[Any]:
    """Contracts whose term ended with nothing in their place."""
    other = aliased(Contract)
    another = exists().where(
        other.tenant_id == Contract.tenant_id,
        other.id != Contract.id,
        other.kind == Contract.kind,
        func.coalesce(other.topic, "") == func.coalesce(Contract.topic, ""),
        other.level == Contract.level,
        same_scope(other),
        or_(other.state.in_(IN_FORCE), other.term_to > Contract.term_to),
    )
    ended = and_(Contract.state.in_((*IN_FORCE, ContractState.EXPIRED)), Contract.term_to < on)
    query = (
        select(*_columns())
        .outerjoin(Enterprise, OF_ENTERPRISE)
        .where(ended, Contract.term_to >= on - habits.asked_after(), ~another, ~_followed())
    )
    return db.session.execute(query)


def _followed() -> ColumnElement[bool]:
    """Whether another contract is there to take its place."""
    after = aliased(Contract)
    return exists().where(after.tenant_id == Contract.tenant_id, after.supersedes_id == Contract.id)


class Windows:
    """Renewal windows, each reckoned once for all contracts that end on the same day."""

    def __init__(self) -> None:
        self.calendar, self.conventions = rulebook.calendar(), rulebook.conventions()
        self.own = rulebook.overlay()
        self.division = this_federation().division
        self.kept: dict[tuple[date, str], Due] = {}

    def before(self, end: date, kind: str) -> Due:
        if (end, kind) not in self.kept:
            rule = book_for(self.division, end, self.own).rule("renewal.window", kind)
            self.kept[end, kind] = due(rule, end, self.calendar, conventions=self.conventions)
        return self.kept[end, kind]


def _turn(contract: Any, on: date) -> date | None:
    if law_kind(contract) != "wage" or contract.term_from is None:
        return None
    return next_round(contract.term_from, contract.term_to, on)
