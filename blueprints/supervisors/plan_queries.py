"""Plans of assignment as pages read them: the list, one plan's enterprises, one and its reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.plan_models import AssignmentPlan, PlanItem, PlanWish
from tenants.db import db
from tenants.models import User
from tenants.scope import current_area

Now, Then = aliased(Supervisor, name="now"), aliased(Supervisor, name="then")
GROUPS = ("all", "changed", "unmet", "left_out", "by_hand")


@dataclass(frozen=True)
class Narrowed:
    """What the enterprises of a plan are narrowed to."""

    q: str = ""
    group: str = "all"
    supervisor: str = ""

    @classmethod
    def from_args(cls, args: Any) -> Self:
        asked = {one.name: str(args.get(one.name, "")).strip()[:100] for one in fields(cls)}
        if asked["group"] not in GROUPS:
            asked["group"] = "all"
        if not asked["supervisor"].isdecimal() or len(asked["supervisor"]) > 18:
            asked["supervisor"] = ""
        return cls(**asked)

    @property
    def anything(self) -> bool:
        return self != type(self)()


def get_plan(plan_id: int, *, lock: bool = False) -> AssignmentPlan:
    query = select(AssignmentPlan).where(AssignmentPlan.id == plan_id)
    found: AssignmentPlan = db.one_or_404(query.with_for_update() if lock else query)
    return found


def get_item(plan: AssignmentPlan, enterprise_id: int) -> PlanItem:
    """An enterprise of a plan, or 404."""
    found: PlanItem = db.one_or_404(
        select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.enterprise_id == enterprise_id)
    )
    return found


def plans(*, state: str = "", cursor: str | None = None) -> Page:
    """Plans, the newest first."""
    query = select(
        AssignmentPlan.id, AssignmentPlan.title, AssignmentPlan.source, AssignmentPlan.state,
        AssignmentPlan.valid_from, AssignmentPlan.figures, AssignmentPlan.solved_at,
        AssignmentPlan.applied_at, User.name.label("made_by"),
    ).join(
        User, and_(User.tenant_id == AssignmentPlan.tenant_id, User.id == AssignmentPlan.made_by_id)
    )  # fmt: skip
    if state:
        query = query.where(AssignmentPlan.state == state)
    return leaf(query, [Key(AssignmentPlan.id, descending=True)], cursor=cursor)


def items(plan: AssignmentPlan, narrowed: Narrowed, *, cursor: str | None = None) -> Page:
    """One leaf of a plan's enterprises, by name."""
    return leaf(_items(plan, narrowed), [Key(Enterprise.sort_key), Key(PlanItem.id)], cursor=cursor)


def for_export(plan: AssignmentPlan, narrowed: Narrowed) -> Iterator[Any]:
    query = _items(plan, narrowed).order_by(Enterprise.sort_key, PlanItem.id)
    yield from db.session.execute(query)


def how_many(plan: AssignmentPlan, narrowed: Narrowed) -> int:
    query = _items(plan, narrowed).subquery()
    return int(db.session.scalar(select(func.count()).select_from(query)) or 0)


def _items(plan: AssignmentPlan, narrowed: Narrowed) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            PlanItem.enterprise_id,
            Enterprise.name,
            Enterprise.area,
            Enterprise.industry,
            Enterprise.headcount,
            PlanItem.weight,
            PlanItem.supervisor_id,
            PlanItem.current_id,
            PlanItem.reason,
            PlanItem.cost,
            PlanItem.unmet,
            PlanItem.by_hand,
            Now.name.label("now"),
            Then.name.label("then"),
        )
        .join(
            Enterprise,
            and_(
                Enterprise.tenant_id == PlanItem.tenant_id, Enterprise.id == PlanItem.enterprise_id
            ),
        )
        .outerjoin(Now, and_(Now.tenant_id == PlanItem.tenant_id, Now.id == PlanItem.current_id))
        .outerjoin(
            Then, and_(Then.tenant_id == PlanItem.tenant_id, Then.id == PlanItem.supervisor_id)
        )
        .where(PlanItem.plan_id == plan.id)
    )
    return query.where(*_conditions(narrowed))


def _conditions(narrowed: Narrowed) -> Iterator[ColumnElement[bool]]:
    if narrowed.q:
        yield found_by(narrowed.q)
    if narrowed.supervisor:
        yield PlanItem.supervisor_id == int(narrowed.supervisor)
    if narrowed.group == "changed":
        yield PlanItem.supervisor_id.is_distinct_from(PlanItem.current_id)
        yield PlanItem.current_id.is_not(None)
    elif narrowed.group == "unmet":
        yield func.cardinality(PlanItem.unmet) > 0
    elif narrowed.group == "left_out":
        yield PlanItem.supervisor_id.is_(None)
    elif narrowed.group == "by_hand":
        yield PlanItem.by_hand.is_(True)


def wishes(plan: AssignmentPlan, enterprise_id: int) -> Sequence[PlanWish]:
    query = select(PlanWish).where(
        PlanWish.plan_id == plan.id, PlanWish.enterprise_id == enterprise_id
    )
    return db.session.scalars(query.order_by(PlanWish.id)).all()


def by_hand(plan: AssignmentPlan) -> int:
    query = select(func.count()).where(PlanItem.plan_id == plan.id, PlanItem.by_hand)
    return int(db.session.scalar(query) or 0)


def elsewhere(plan: AssignmentPlan) -> int:
    """How many of its enterprises lie outside the area that whoever asks is bound to."""
    if current_area() is None:
        return 0
    return int(plan.figures.get("targets", 0)) - how_many(plan, Narrowed())


def changes(plan: AssignmentPlan) -> int:
    """How many enterprises would get somebody else, or somebody for the first time."""
    query = select(func.count()).where(
        PlanItem.plan_id == plan.id,
        PlanItem.supervisor_id.is_not(None),
        PlanItem.supervisor_id.is_distinct_from(PlanItem.current_id),
    )
    return int(db.session.scalar(query) or 0)
