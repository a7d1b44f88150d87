"""Certificates, leave, ties and quotas as pages read them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select, true

from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import SERVING, Supervisor
from blueprints.supervisors.roster_models import (
    SupervisorCertificate,
    SupervisorLeave,
    SupervisorQuota,
    SupervisorTie,
)
from tenants.areas import prefix_of
from tenants.db import TenantOwned, db
from tenants.scope import current_area

SOON = timedelta(days=60)  # how long before a certificate lapses somebody is told


def get(model: type[TenantOwned], supervisor_id: int, ident: int) -> Any:
    """A row that belongs to this supervisor, or 404."""
    table: Any = model
    return db.one_or_404(
        select(table).where(table.supervisor_id == supervisor_id, table.id == ident)
    )


def certificates(supervisor_id: int) -> Sequence[SupervisorCertificate]:
    query = select(SupervisorCertificate).where(
        SupervisorCertificate.supervisor_id == supervisor_id
    )
    return db.session.scalars(query.order_by(SupervisorCertificate.issued_on.desc())).all()


def standing_of(certificate: SupervisorCertificate, on: date) -> str:
    """Ok · soon · late · stop: good, about to lapse, lapsed, taken back."""
    if certificate.revoked_on is not None and certificate.revoked_on <= on:
        return "stop"
    if certificate.expires_on is None:
        return "ok"
    if certificate.expires_on < on:
        return "late"
    return "soon" if certificate.expires_on <= on + SOON else "ok"


def leaves(supervisor_id: int) -> Sequence[SupervisorLeave]:
    query = select(SupervisorLeave).where(SupervisorLeave.supervisor_id == supervisor_id)
    return db.session.scalars(query.order_by(SupervisorLeave.from_on.desc()).limit(20)).all()


def ties_of(supervisor_id: int) -> Sequence[Any]:
    query = (
        select(
            SupervisorTie.id,
            SupervisorTie.enterprise_id,
            SupervisorTie.kind,
            SupervisorTie.from_on,
            SupervisorTie.until_on,
            SupervisorTie.note,
            Enterprise.name,
        )
        .join(
            Enterprise,
            and_(
                Enterprise.tenant_id == SupervisorTie.tenant_id,
                Enterprise.id == SupervisorTie.enterprise_id,
            ),
        )
        .where(SupervisorTie.supervisor_id == supervisor_id)
        .order_by(SupervisorTie.from_on.desc(), SupervisorTie.id)
    )
    return db.session.execute(query).all()


def ending(on: date) -> Sequence[Any]:
    """Whose certificate or term of engagement ends soon or has ended; of those who serve.

    Columns: id, name, `until` (the last certificate's end, None where it does not lapse soon) and
    `term_to` likewise. The first to end stands first.
    """
    last = (
        select(
            SupervisorCertificate.supervisor_id,
            func.max(func.coalesce(SupervisorCertificate.expires_on, date.max)).label("until"),
        )
        .where(
            SupervisorCertificate.kind == "supervisor", SupervisorCertificate.revoked_on.is_(None)
        )
        .group_by(SupervisorCertificate.supervisor_id)
        .subquery()
    )
    soon = on + SOON
    until = case((last.c.until <= soon, last.c.until)).label("until")
    term_to = case((Supervisor.term_to <= soon, Supervisor.term_to)).label("term_to")
    query = (
        select(Supervisor.id, Supervisor.name, until, term_to)
        .outerjoin(last, last.c.supervisor_id == Supervisor.id)
        .where(
            or_(last.c.until <= soon, Supervisor.term_to <= soon),
            Supervisor.state.in_(SERVING),
            or_(Supervisor.left_on.is_(None), Supervisor.left_on > on),
        )
        .order_by(func.least(until, term_to), Supervisor.id)
    )
    return db.session.execute(query).all()


def get_quota(quota_id: int) -> SupervisorQuota:
    found: SupervisorQuota = db.one_or_404(
        select(SupervisorQuota).where(SupervisorQuota.id == quota_id)
    )
    return found


def quotas(on: date) -> Sequence[Any]:
    """Due against present, for every level of every area that has a quota or a supervisor.

    Columns: id, level, area_code, due and have of each engagement, how many full-timers are
    used elsewhere, and the share of their time that goes there. A post at the city is of no
    county, wherever the person works. Who is bound to an area is told of the posts there alone:
    of other places they see but those people who serve theirs.
    """
    area, seat = current_area(), case((Supervisor.level != "city", Supervisor.area_code))
    here = and_(
        Supervisor.state.in_(SERVING),
        or_(Supervisor.left_on.is_(None), Supervisor.left_on > on),
        true() if area is None else seat.startswith(prefix_of(area)),
    )
    full, part = Supervisor.engagement == "full_time", Supervisor.engagement == "part_time"
    elsewhere = and_(full, Supervisor.elsewhere_percent > 0)
    have = (
        select(
            Supervisor.level,
            seat.label("area_code"),
            func.count().filter(full).label("full_time"),
            func.count().filter(part).label("part_time"),
            func.count().filter(elsewhere).label("elsewhere"),
            func.coalesce(func.sum(Supervisor.elsewhere_percent).filter(full), 0).label("percent"),
        )
        .where(here)
        .group_by(Supervisor.level, seat)
        .subquery()
    )
    due = select(SupervisorQuota).subquery()
    joined = and_(
        due.c.level == have.c.level, due.c.area_code.is_not_distinct_from(have.c.area_code)
    )
    query = (
        select(
            due.c.id,
            func.coalesce(due.c.level, have.c.level).label("level"),
            func.coalesce(due.c.area_code, have.c.area_code).label("area_code"),
            func.coalesce(due.c.full_time, 0).label("full_due"),
            func.coalesce(due.c.part_time, 0).label("part_due"),
            due.c.source,
            func.coalesce(have.c.full_time, 0).label("full_have"),
            func.coalesce(have.c.part_time, 0).label("part_have"),
            func.coalesce(have.c.elsewhere, 0).label("elsewhere"),
            func.coalesce(have.c.percent, 0).label("percent"),
        )
        .select_from(due)
        .join(have, joined, full=True)
        .order_by("level", "area_code")
    )
    return db.session.execute(query).all()
