"""Whom a contract concerns, and which rows under it: all, an enterprise's, or of one's own cases.

A supervisor and a union reach what concerns an enterprise of theirs; and the whole of a contract
whose case they are in charge of or whose party they are, whoever it binds.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.reach import in_charge as case_in_charge
from blueprints.bargaining.ground.reach import own_and_below
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from tenants.db import db
from tenants.roles import May, Scope


def reached(viewer: Viewer, permission: May = May.CONTRACTS_READ) -> ColumnElement[bool]:
    """The condition on Contract that holds for what this person may see."""
    if viewer.reach(permission) is Scope.ALL:
        return true()
    return or_(_under(_theirs(viewer, permission)), in_charge(viewer, permission))


def reached_at(where: Any, viewer: Viewer, permission: May) -> ColumnElement[bool]:
    """The condition on Contract and on `where`, the column of the enterprise that is meant.

    Of the whole contract whoever has an enterprise under it sees it; of one enterprise only those
    whose enterprise it is, and who is in charge. Asked of one set of enterprises, built once.
    """
    if viewer.reach(permission) is Scope.ALL:
        return true()
    theirs = _theirs(viewer, permission)
    return or_(
        where.in_(theirs),
        and_(where.is_(None), _under(theirs)),
        in_charge(viewer, permission),
    )


def in_charge(viewer: Viewer, permission: May) -> ColumnElement[bool]:
    """The condition on Contract that holds where it is this person's as a whole.

    A supervisor's by the case it came out of, or by the one that is to follow on it; a union's
    where it, or one below it, is the party, or where it acted.
    """
    scope = viewer.reach(permission)
    if scope is Scope.ALL:
        return true()
    if scope is Scope.PORTFOLIO:
        return _of_a_case(case_in_charge(viewer, permission))
    if scope is Scope.SUBTREE and viewer.union_id is not None:
        return or_(
            Contract.union_id.in_(own_and_below(viewer.union_id)),
            _of_a_case(BargainingCase.upper_union_id == viewer.union_id),
        )
    return false()


def is_in_charge(contract_id: int, viewer: Viewer, permission: May = May.CONTRACTS_READ) -> bool:
    """Whether a contract is this person's as a whole, with every enterprise it binds."""
    if viewer.reach(permission) is Scope.ALL:
        return True
    query = select(Contract.id).where(Contract.id == contract_id, in_charge(viewer, permission))
    return db.session.scalar(query) is not None


def enterprises_reached(viewer: Viewer, permission: May) -> ColumnElement[bool]:
    """The condition on Enterprise: one's own, and those bound where one is in charge."""
    if viewer.reach(permission) is Scope.ALL:
        return true()
    bound = (
        select(Membership.enterprise_id)
        .join(
            Contract,
            (Contract.tenant_id == Membership.tenant_id) & (Contract.id == Membership.contract_id),
        )
        .where(in_charge(viewer, permission))
        .correlate(None)
    )
    return or_(within_reach(viewer, permission), Enterprise.id.in_(bound))


def _of_a_case(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the case it came out of, or of one that is to follow on it. Two sets, each found once."""
    born = select(BargainingCase.id).where(condition).correlate(None)
    followed = select(BargainingCase.supersedes_contract_id).where(
        condition, BargainingCase.supersedes_contract_id.is_not(None)
    )
    return or_(Contract.case_id.in_(born), Contract.id.in_(followed.correlate(None)))


def _theirs(viewer: Viewer, permission: May) -> Select[int]:
    return select(Enterprise.id).where(within_reach(viewer, permission)).correlate(None)


def _under(theirs: Select[int]) -> ColumnElement[bool]:
    """Contracts of one of these enterprises, or with one of them on their list."""
    member = exists().where(
        Membership.tenant_id == Contract.tenant_id,
        Membership.contract_id == Contract.id,
        Membership.enterprise_id.in_(theirs),
    )
    return or_(Contract.enterprise_id.in_(theirs), member)
