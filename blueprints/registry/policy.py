"""Which enterprises a person reaches: all, those assigned to them, or those of their union."""

from sqlalchemy import CTE, ColumnElement, any_, exists, false, or_, select, true

from blueprints.registry.contributions import reach_of, reaches
from blueprints.registry.kinds import Level
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.shared.guards import Viewer
from tenants.roles import May, Scope

ABOVE_ENTERPRISES = (Level.COUNTY, Level.TOWNSHIP, Level.SECTOR, Level.PARK)


def within_reach(viewer: Viewer, permission: May = May.REGISTRY_READ) -> ColumnElement[bool]:
    """The condition on Enterprise that holds for what this person may see with a permission."""
    scope = viewer.reach(permission)
    if scope is Scope.ALL:
        return true()
    explained = reach_of(scope) if scope is not None else None
    return explained(viewer) if explained else false()


@reaches(Scope.SUBTREE)
def of_own_union(viewer: Viewer) -> ColumnElement[bool]:
    """Enterprises of the viewer's union and of those below it, and those in its area or trade."""
    if viewer.union_id is None:
        return false()
    tree = subtree(viewer.union_id)
    over = select(TradeUnion.id).where(
        TradeUnion.id.in_(select(tree.c.id)),
        TradeUnion.level.in_(ABOVE_ENTERPRISES),
        or_(TradeUnion.area.is_not(None), TradeUnion.industry.is_not(None)),
        or_(TradeUnion.area.is_(None), TradeUnion.area == Enterprise.area),
        or_(TradeUnion.industry.is_(None), TradeUnion.industry == any_(Enterprise.industries)),
    )
    return or_(Enterprise.union_id.in_(select(tree.c.id)), exists(over.correlate(Enterprise)))


def subtree(union_id: int) -> CTE:
    """The ids of a union and of all unions below it, as a recursive query."""
    top = select(TradeUnion.id).where(TradeUnion.id == union_id).cte("tree", recursive=True)
    return top.union(select(TradeUnion.id).where(TradeUnion.parent_id == top.c.id))
