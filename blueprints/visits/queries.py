"""Reading visits: one, a list, those of an enterprise; and whose work it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.registry.queries import found_by
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Supervisor
from blueprints.visits.models import Outcome, Purpose, Visit, VisitState
from tenants.db import db
from tenants.roles import May

SORTS = ("-visited", "visited", "enterprise", "supervisor")


def own(user_id: int) -> Supervisor | None:
    """The supervisor whose account this is; None for everybody else."""
    return db.session.scalar(select(Supervisor).where(Supervisor.user_id == user_id))


def get_visit(
    visit_id: int, viewer: Viewer, permission: May = May.VISITS_READ, *, lock: bool = False
) -> Visit:
    """A visit within this person's reach, or 404."""
    reached = select(Enterprise.id).where(within_reach(viewer, permission))
    query = select(Visit).where(Visit.id == visit_id, Visit.enterprise_id.in_(reached))
    found: Visit = db.one_or_404(query.with_for_update() if lock else query)
    return found


def get_enterprise(enterprise_id: int | None, viewer: Viewer, permission: May) -> Enterprise:
    """An enterprise within this person's reach, or 404."""
    query = select(Enterprise).where(
        Enterprise.id == (enterprise_id or 0), within_reach(viewer, permission)
    )
    found: Enterprise = db.one_or_404(query)
    return found


def offer_to_serve(enterprise_id: int, *, lock: bool = False) -> Offer | None:
    """The latest offer to an enterprise that nobody has served yet."""
    query = (
        select(Offer)
        .where(Offer.enterprise_id == enterprise_id, Offer.state.in_(GROUPS["unserved"]))
        .order_by(Offer.id.desc())
        .limit(1)
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def times_visited(enterprise_ids: Sequence[int]) -> dict[int, int]:
    """How often somebody has been at each of these already."""
    query = (
        select(Visit.enterprise_id, func.count())
        .where(Visit.enterprise_id.in_(enterprise_ids), Visit.state == VisitState.DONE)
        .group_by(Visit.enterprise_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def of_enterprise(enterprise_id: int, *, newest: int = 8) -> Sequence[Any]:
    """The visits to an enterprise, those to come first, then the latest."""
    query = (
        select(
            Visit.id, Visit.state, Visit.purpose, Visit.planned_on, Visit.visited_on,
            Visit.outcome, Visit.said, Supervisor.name.label("supervisor"),
        )
        .join(Supervisor, Supervisor.id == Visit.supervisor_id)
        .where(Visit.enterprise_id == enterprise_id, Visit.state != VisitState.DROPPED)
        .order_by(func.coalesce(Visit.visited_on, Visit.planned_on).desc(), Visit.id.desc())
        .limit(newest)
    )  # fmt: skip
    return db.session.execute(query).all()


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar."""

    q: str = ""
    supervisor: str = ""
    purpose: str = ""
    outcome: str = ""
    state: str = ""  # "" made · planned · dropped · all
    since: str = ""
    until: str = ""
    sort: str = "-visited"

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """Out of an address. What is not a choice is taken for none."""
        asked = {one.name: str(args.get(one.name, "")).strip()[:100] for one in fields(cls)}
        if asked["sort"] not in SORTS:
            asked["sort"] = SORTS[0]
        for name, allowed in (("purpose", Purpose), ("outcome", Outcome)):
            if asked[name] not in set(allowed):
                asked[name] = ""
        if asked["state"] not in {"planned", "dropped", "all"}:
            asked["state"] = ""
        return cls(**asked)

    @property
    def narrowed(self) -> bool:
        return bool(
            self.q or self.supervisor or self.purpose or self.outcome or self.state
            or self.since or self.until
        )  # fmt: skip


def visits(viewer: Viewer, asked: Asked) -> Select[Any]:
    found: Select[Any] = _from(
        select(
            Visit.id,
            Visit.visit_no,
            Visit.state,
            Visit.purpose,
            DAY.label("on"),
            Visit.minutes,
            Visit.met,
            Visit.met_post,
            Visit.outcome,
            Visit.said,
            Visit.next_step,
            Visit.next_on,
            Visit.service_id,
            Visit.enterprise_id,
            Enterprise.name,
            Enterprise.area,
            Supervisor.name.label("supervisor"),
        )
    )
    return found.where(*conditions(viewer, asked))


DAY: ColumnElement[date] = func.coalesce(Visit.visited_on, Visit.planned_on)


def order_of(sort: str) -> tuple[Key, ...]:
    last = Key(Visit.id, sort == "-visited")
    first = {"enterprise": Key(Enterprise.sort_key), "supervisor": Key(Supervisor.name)}
    return (first.get(sort, Key(DAY, sort == "-visited")), last)


def page_of(viewer: Viewer, asked: Asked, cursor: str | None) -> Page:
    return leaf(visits(viewer, asked), order_of(asked.sort), cursor=cursor)


def how_many(viewer: Viewer, asked: Asked) -> int:
    query = _from(select(func.count())).where(*conditions(viewer, asked))
    return int(db.session.scalar(query) or 0)


def for_export(viewer: Viewer, asked: Asked) -> Iterator[Any]:
    keys = (key.ordered for key in order_of(asked.sort))
    yield from db.session.execute(visits(viewer, asked).order_by(*keys))


def conditions(viewer: Viewer, asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield within_reach(viewer, May.VISITS_READ)
    if asked.q:
        yield or_(found_by(asked.q), Visit.visit_no == asked.q)
    if asked.supervisor:
        yield Visit.supervisor_id == (int(asked.supervisor) if asked.supervisor.isdigit() else 0)
    if asked.purpose:
        yield Visit.purpose == asked.purpose
    if asked.outcome:
        yield Visit.outcome == asked.outcome
    if asked.state != "all":
        yield Visit.state == (asked.state or VisitState.DONE)
    if (since := _day(asked.since)) is not None:
        yield since <= DAY
    if (until := _day(asked.until)) is not None:
        yield until >= DAY


def _from(query: Any) -> Any:
    return (
        query.select_from(Visit)
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Visit.tenant_id, Enterprise.id == Visit.enterprise_id),
        )
        .join(
            Supervisor,
            and_(Supervisor.tenant_id == Visit.tenant_id, Supervisor.id == Visit.supervisor_id),
        )
    )


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
