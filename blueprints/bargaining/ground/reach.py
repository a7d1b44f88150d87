"""Which cases a person reaches, and which of a case's enterprises they may look at one by one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true

from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.supervisors.models import Supervisor
from tenants.db import db
from tenants.roles import May, Scope


def cases_within(viewer: Viewer, permission: May = May.CASES_READ) -> ColumnElement[bool]:
    """The condition on BargainingCase that holds for what this person may see.

    A supervisor sees the cases they are in charge of, a union those it bargains itself, and both
    those in which an enterprise of theirs takes part.
    """
    scope = viewer.reach(permission)
    if scope is Scope.ALL:
        return true()
    if scope is None:
        return false()
    takes_part = exists(
        select(CaseEnterprise.id)
        .join(
            Enterprise,
            (Enterprise.tenant_id == CaseEnterprise.tenant_id)
            & (Enterprise.id == CaseEnterprise.enterprise_id),
        )
        .where(
            CaseEnterprise.tenant_id == BargainingCase.tenant_id,
            CaseEnterprise.case_id == BargainingCase.id,
            within_reach(viewer, permission),
        )
        .correlate(BargainingCase)
    )
    return or_(in_charge(viewer, permission), takes_part)


def in_charge(viewer: Viewer, permission: May = May.CASES_READ) -> ColumnElement[bool]:
    """The condition on BargainingCase that holds where a case is this person's as a whole."""
    scope = viewer.reach(permission)
    if scope is Scope.ALL:
        return true()
    if scope is Scope.PORTFOLIO:
        mine = select(Supervisor.id).where(Supervisor.user_id == viewer.id)
        return BargainingCase.supervisor_id.in_(mine)
    if scope is Scope.SUBTREE and viewer.union_id is not None:
        mine = own_and_below(viewer.union_id)
        return or_(
            BargainingCase.union_id.in_(mine), BargainingCase.upper_union_id == viewer.union_id
        )
    return false()


def own_and_below(union_id: int) -> Select[int]:
    """The ids of a union and of those below it, under a name of its own: a query may have two."""
    top = select(TradeUnion.id).where(TradeUnion.id == union_id).cte("own_tree", recursive=True)
    tree = top.union(select(TradeUnion.id).where(TradeUnion.parent_id == top.c.id))
    return select(tree.c.id)


def enterprises_within(case: BargainingCase, viewer: Viewer) -> ColumnElement[bool]:
    """The condition on Enterprise for those of a case this person may look at one by one.

    Who is in charge of the case sees all of them; a single enterprise's union or supervisor sees
    that enterprise and not its competitors.
    """
    if viewer.reach(May.CASES_READ) is Scope.ALL:
        return true()
    whole = select(BargainingCase.id).where(BargainingCase.id == case.id, in_charge(viewer))
    return true() if db.session.scalar(whole) else within_reach(viewer, May.CASES_READ)


def may_see_each(case: BargainingCase, viewer: Viewer, ids: Sequence[int]) -> set[int]:
    """Those of these enterprises that this person may look at one by one."""
    query = select(Enterprise.id).where(Enterprise.id.in_(ids), enterprises_within(case, viewer))
    return set(db.session.scalars(query))


def runs_it(case: BargainingCase, viewer: Viewer) -> bool:
    """Whether this account is of those who bargain or run the case: files of the teams are theirs.

    The officer in charge, the supervisor in charge, and the union of the workers' side.
    """
    if case.owner_id == viewer.id:
        return True
    scope = viewer.reach(May.CASES_READ)
    if scope is Scope.ALL or scope is None:
        return False
    mine = select(BargainingCase.id).where(BargainingCase.id == case.id, in_charge(viewer))
    return db.session.scalar(mine) is not None
