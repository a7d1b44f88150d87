"""Enterprises that bargaining has not reached: never bargained, new, or concerned by an event."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from blueprints.contracts.forecast.models import BargainingTrigger, ForecastEntry
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.habits import values as habits
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import in_industry
from rules.forecast import Ground
from tenants.clock import ZONE
from tenants.db import db

FOUNDING = timedelta(days=30)  # what came with the first ledgers is the register, not news
Row = dict[str, Any]


def of_groups(on: date) -> Iterator[Row]:
    """Enterprises of one industry in one area that never bargained, and those that are new."""
    for ground, condition in (
        (Ground.NEVER_BARGAINED, never_bargained()),
        (Ground.NEW_ENTERPRISE, newly_registered(on)),
    ):
        query = (
            select(
                Enterprise.area,
                Enterprise.industry,
                func.count().label("enterprises"),
                func.coalesce(func.sum(Enterprise.headcount), 0).label("workers"),
            )
            .where(condition, Enterprise.area.is_not(None), Enterprise.industry.is_not(None))
            .group_by(Enterprise.area, Enterprise.industry)
        )
        for row in db.session.execute(query):
            yield {
                "key": f"{ground}:{row.area}:{row.industry}",
                "ground": str(ground),
                "area": row.area,
                "industry": row.industry,
                "enterprises": row.enterprises,
                "workers": int(row.workers or 0),
                "opens_on": on,
            }


def never_bargained() -> ColumnElement[bool]:
    """Active, with a union, and no contract in force or past, not even one its ledger claims."""
    bound = exists().where(
        Membership.tenant_id == Enterprise.tenant_id,
        Membership.enterprise_id == Enterprise.id,
        Membership.valid_from.is_not(None),
    )
    own = exists().where(
        Contract.tenant_id == Enterprise.tenant_id,
        Contract.enterprise_id == Enterprise.id,
        Contract.effective_on.is_not(None),
    )
    return and_(
        Enterprise.status == Status.ACTIVE,
        Enterprise.union_id.is_not(None),
        Enterprise.contract_claimed.is_not(True),
        ~bound,
        ~own,
    )


def newly_registered(on: date) -> ColumnElement[bool]:
    """Registered lately, and not with the ledgers with which the register began."""
    since = datetime.combine(on - habits.new_within(), datetime.min.time(), ZONE)
    first = select(func.min(Enterprise.created_at) + FOUNDING).scalar_subquery()
    return and_(
        Enterprise.status == Status.ACTIVE,
        Enterprise.created_at >= since,
        Enterprise.created_at > first,
    )


def of_triggers(on: date) -> Iterator[Row]:
    """Events on record, with the enterprises they concern."""
    query = select(BargainingTrigger).where(
        BargainingTrigger.withdrawn_at.is_(None),
        BargainingTrigger.happened_on > on - habits.event_within(),
    )
    for one in db.session.scalars(query.order_by(BargainingTrigger.id)):
        enterprises, workers = db.session.execute(
            select(func.count(), func.coalesce(func.sum(Enterprise.headcount), 0)).where(
                concerned(one.area, one.industry)
            )
        ).one()
        yield {
            "key": f"{Ground.TRIGGER}:{one.id}",
            "ground": str(Ground.TRIGGER),
            "trigger_id": one.id,
            "area": one.area,
            "industry": one.industry,
            "enterprises": enterprises,
            "workers": int(workers or 0),
            "opens_on": one.happened_on,
        }


def concerned(area: str | None, industry: str | None) -> ColumnElement[bool]:
    """Active enterprises of an area and industry; None is all of them."""
    asked = [Enterprise.status == Status.ACTIVE]
    if area:
        asked.append(Enterprise.area == area)
    if industry:
        asked.append(in_industry(industry))
    return and_(*asked)


def in_group(entry: ForecastEntry) -> ColumnElement[bool]:
    """The enterprises an entry is about, as a condition on Enterprise."""
    same = and_(Enterprise.area == entry.area, Enterprise.industry == entry.industry)
    if entry.ground == Ground.NEVER_BARGAINED:
        return and_(never_bargained(), same)
    if entry.ground == Ground.NEW_ENTERPRISE:
        return and_(newly_registered(entry.counted_on), same)
    if entry.ground == Ground.TRIGGER:
        return concerned(entry.area, entry.industry)
    bound = select(Membership.enterprise_id).where(
        Membership.contract_id == entry.contract_id, Membership.valid_from.is_not(None)
    )
    if entry.ground != Ground.EXPIRED:
        bound = bound.where(*queries.binding(entry.counted_on))
    return Enterprise.id.in_(bound)
