"""The roster: supervisors with what each has on hand, found, sorted, in leaves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, any_, exists, func, literal, or_, select

from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import (
    ENGAGEMENTS,
    LANGUAGES,
    SIDES,
    STATES,
    Assignment,
    Supervisor,
)
from blueprints.supervisors.queries import in_force
from blueprints.supervisors.roster_models import SupervisorCertificate, SupervisorLeave
from blueprints.supervisors.roster_queries import SOON
from tenants.db import db

CountOf = Callable[[date], ColumnElement[int]]


@dataclass(frozen=True)
class Load:
    """Work that a room above counts for each supervisor, as a column of the roster.

    `count` makes a scalar subquery that is correlated with Supervisor; `link` leads to the rows.
    """

    name: str
    label: Any
    count: CountOf
    link: Callable[[int], str] | None = field(default=None, compare=False)


_loads: dict[str, Load] = {}


def counts_as_load(load: Load) -> None:
    """Hand in a column."""
    _loads[load.name] = load


def loads() -> list[Load]:
    return list(_loads.values())


@dataclass(frozen=True)
class Wanted:
    """What the roster is narrowed to."""

    q: str = ""
    area: str = ""
    engagement: str = ""
    side: str = ""
    language: str = ""
    state: str = ""
    certificate: str = ""  # good · soon · none
    left: str = ""  # "" who is here · yes who has left · all
    sort: str = "name"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """Out of an address. What is not a choice is taken for none."""
        asked = {one.name: str(args.get(one.name, "")).strip()[:100] for one in fields(cls)}
        if asked["sort"].removeprefix("-") not in {"name", "enterprises", *_loads}:
            asked["sort"] = "name"
        for name, known in (
            ("engagement", ENGAGEMENTS),
            ("side", SIDES),
            ("language", LANGUAGES),
            ("state", STATES),
            ("certificate", ("good", "soon", "none")),
        ):
            if asked[name] not in known:
                asked[name] = ""
        return cls(**asked)

    @property
    def narrowed(self) -> bool:
        return self != type(self)(sort=self.sort)


def listing(wanted: Wanted, on: date, *, cursor: str | None = None) -> Page:
    return leaf(_listed(wanted, on), _order(wanted, on), cursor=cursor)


def how_many(wanted: Wanted, on: date) -> int:
    query = select(func.count()).select_from(Supervisor).where(*_conditions(wanted, on))
    return int(db.session.scalar(query) or 0)


def for_export(wanted: Wanted, on: date) -> Iterator[Any]:
    """All that the list holds, in its order."""
    keys = (k.ordered for k in _order(wanted, on))
    yield from db.session.execute(_listed(wanted, on).order_by(*keys))


def load_of(supervisor: Supervisor, on: date) -> dict[str, int]:
    """What one supervisor has on hand, by the names of the columns."""
    if not _loads:
        return {}
    counts = (load.count(on).label(load.name) for load in _loads.values())
    query = select(*counts).select_from(Supervisor).where(Supervisor.id == supervisor.id)
    return dict(db.session.execute(query).mappings().one())


def _enterprises(on: date) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.tenant_id == Supervisor.tenant_id,
            Assignment.supervisor_id == Supervisor.id,
            *in_force(on),
        )
        .correlate(Supervisor)
        .scalar_subquery()
    )


def _certified_until() -> ColumnElement[date]:
    """The last day of the certificate that is good for longest; NULL for none."""
    last = func.max(func.coalesce(SupervisorCertificate.expires_on, date.max))
    return (
        select(last)
        .where(
            SupervisorCertificate.tenant_id == Supervisor.tenant_id,
            SupervisorCertificate.supervisor_id == Supervisor.id,
            SupervisorCertificate.kind == "supervisor",
            SupervisorCertificate.revoked_on.is_(None),
        )
        .correlate(Supervisor)
        .scalar_subquery()
    )


def _away(on: date) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            SupervisorLeave.tenant_id == Supervisor.tenant_id,
            SupervisorLeave.supervisor_id == Supervisor.id,
            SupervisorLeave.from_on <= on,
            SupervisorLeave.until_on >= on,
        )
        .correlate(Supervisor)
    )


def _listed(wanted: Wanted, on: date) -> Select[*tuple[Any, ...]]:
    return select(
        Supervisor.id,
        Supervisor.name,
        Supervisor.phone,
        Supervisor.area_code,
        Supervisor.engagement,
        Supervisor.side,
        Supervisor.state,
        Supervisor.level,
        Supervisor.languages,
        Supervisor.industries,
        Supervisor.capacity,
        Supervisor.elsewhere_percent,
        Supervisor.term_to,
        Supervisor.left_on,
        _certified_until().label("certified_until"),
        _away(on).label("away"),
        _enterprises(on).label("enterprises"),
        *(load.count(on).label(load.name) for load in _loads.values()),
    ).where(*_conditions(wanted, on))


def _conditions(wanted: Wanted, on: date) -> Iterator[ColumnElement[bool]]:
    if wanted.q:
        yield or_(
            Supervisor.name.icontains(wanted.q, autoescape=True),
            Supervisor.phone.icontains(wanted.q, autoescape=True),
        )
    for column, asked in (
        (Supervisor.area_code, wanted.area),
        (Supervisor.engagement, wanted.engagement),
        (Supervisor.side, wanted.side),
        (Supervisor.state, wanted.state),
    ):
        if asked:
            yield column == asked
    if wanted.language:
        yield literal(wanted.language) == any_(Supervisor.languages)
    if wanted.certificate:
        yield _certified(wanted.certificate, on)
    if wanted.left == "yes":
        yield Supervisor.left_on <= on
    elif wanted.left != "all":
        yield or_(Supervisor.left_on.is_(None), Supervisor.left_on > on)


def _certified(asked: str, on: date) -> ColumnElement[bool]:
    until = func.coalesce(_certified_until(), date.min)
    if asked == "soon":
        return until.between(on, on + SOON)
    return until < on if asked == "none" else until >= on


def _order(wanted: Wanted, on: date) -> list[Key]:
    down, name = wanted.sort.startswith("-"), wanted.sort.removeprefix("-")
    column: Any = Supervisor.name
    if name == "enterprises":
        column = _enterprises(on)
    elif name in _loads:
        column = _loads[name].count(on)
    return [Key(column, down), Key(Supervisor.id, down)]
