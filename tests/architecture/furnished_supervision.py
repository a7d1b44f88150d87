"""One of everything that the supervisors' room keeps: plan, handover, certificate, expert, …"""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.supervisors import contacts, handovers, plan_actions, roster_actions, studio
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import get_supervisor
from blueprints.supervisors.roster_models import (
    SupervisorCertificate,
    SupervisorLeave,
    SupervisorTie,
)
from tenants.clock import ZONE
from tenants.db import db
from tenants.models import User
from tenants.roles import Role
from tests.offers.world import enterprise, instant
from tests.world import Federation

DAY = date(2026, 3, 10)
IDS = {
    "plan_id": lambda rows: rows.plan,
    "handover_id": lambda rows: rows.handover,
    "certificate_id": lambda rows: rows.certificate,
    "leave_id": lambda rows: rows.leave,
    "tie_id": lambda rows: rows.tie,
    "quota_id": lambda rows: rows.quota,
    "contact_id": lambda rows: rows.contact,
    "visit_id": lambda rows: rows.leader_visit,
    "expert_id": lambda rows: rows.expert,
    "booking_id": lambda rows: rows.booking,
}


def furnish_supervision(federation: Federation, rows: SimpleNamespace) -> None:
    """The furnished supervisor gets a person beside them, and one row of every kind."""
    officer = federation.officer.id
    with federation.scope(at=instant("2026-03-10")):
        guide = get_supervisor(rows.supervisor)
        user = User(
            email=f"second@{federation.slug}.example", name="吴某某", role=Role.SUPERVISOR,
            locale="en",
        )  # fmt: skip
        tied, other = enterprise("示例利害关系餐饮有限公司"), enterprise("示例移交餐饮有限公司")
        db.session.add(user)
        db.session.flush()
        second = Supervisor(user_id=user.id, name="吴某某", area_code="421002")
        db.session.add(second)
        db.session.flush()
        for who in (guide, second):
            roster_actions.add_certificate(
                who, kind="supervisor", number=f"示证{who.id}", issued_on=date(2025, 1, 1)
            )
        roster_actions.add_leave(guide, date(2026, 8, 1), date(2026, 8, 14), "年休假")
        roster_actions.add_tie(guide, tied.id, kind="relative", from_on=DAY)
        quota = roster_actions.set_quota("city", None, full_time=2, part_time=0)
        served = Assignment(supervisor_id=second.id, enterprise_id=other.id, valid_from=DAY)
        db.session.add(served)
        db.session.flush()
        handover = handovers.propose(second, guide, DAY, "负责人周二上午在", by_id=officer)
        plan = plan_actions.draw_up(by_id=officer, title="三月指派", source="all", valid_from=DAY)
        contact = contacts.link(
            leader="郑某某", post="副主席", enterprise_id=rows.enterprise, visits_due=2,
            since_on=date(2026, 1, 1),
        )  # fmt: skip
        visit = contacts.visit(
            contact, by_id=officer, visited_on=DAY, findings="企业愿意协商", outcome="open",
            follow_up="送要约书",
        )  # fmt: skip
        expert = studio.take_in(name="冯某某", field="law", since_on=date(2026, 1, 1))
        db.session.flush()
        begin = datetime(2026, 3, 9, 9, tzinfo=ZONE)
        booking = studio.book(
            expert, by_id=officer, topic="计件单价", from_at=begin,
            until_at=begin + timedelta(hours=1),
        )  # fmt: skip
        db.session.commit()
        rows.plan, rows.handover, rows.quota = plan.id, handover.id, quota.id
        rows.contact, rows.leader_visit = contact.id, visit.id
        rows.expert, rows.booking = expert.id, booking.id
        rows.certificate = _first(SupervisorCertificate, guide)
        rows.leave, rows.tie = _first(SupervisorLeave, guide), _first(SupervisorTie, guide)


def _first(model, guide: Supervisor) -> int:
    query = select(model.id).where(model.supervisor_id == guide.id).order_by(model.id)
    return db.session.scalars(query).first()
