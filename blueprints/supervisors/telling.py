"""Telling supervisors what is decided about them: engagement (27a) and assignments (27b)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.notices.actions import post
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.plan_models import AssignmentPlan
from blueprints.supervisors.roster_models import SupervisorCertificate
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User
from tenants.numbering import document_number, take
from tenants.scope import current_tenant_id

ASSIGNMENT, ENGAGEMENT = "27b-supervisor-assignment", "27a-supervisor-engagement"
KINDS = {"full_time": Text("专职", "full-time"), "part_time": Text("兼职", "part-time")}
SIDES = {
    "union": Text("职工方协助", "helping the workers' side"),
    "neutral": Text("中立指导", "neutral guidance"),
}
FURTHER_NOTICE = Text("另行通知之日", "further notice")
CLEAN = Text("无利害关系", "no tie to any of these units")


def common(supervisor: Supervisor) -> dict[str, Any]:
    """What both letters say of a supervisor."""
    contact = this_federation().settings.get("contact", {})
    return {
        "issuer_name": this_federation().name,
        "supervisor_name": supervisor.name,
        "supervisor_no": certificate_no(supervisor.id),
        "supervisor_phone": supervisor.phone or "—",
        "supervisor_kind": KINDS[supervisor.engagement],
        "supervisor_side_text": SIDES[supervisor.side],
        "contact_name": contact.get("name") or this_federation().name,
        "contact_phone": contact.get("phone") or "—",
        "issued_on": today(),
    }


def certificate_no(supervisor_id: int) -> str:
    """The number of the certificate that is good for longest, or a dash."""
    query = (
        select(SupervisorCertificate.number)
        .where(
            SupervisorCertificate.supervisor_id == supervisor_id,
            SupervisorCertificate.kind == "supervisor",
            SupervisorCertificate.revoked_on.is_(None),
        )
        .order_by(SupervisorCertificate.expires_on.desc().nulls_first())
        .limit(1)
    )
    return db.session.scalar(query) or "—"


def assigned(plan: AssignmentPlan, supervisor_id: int, enterprises: Sequence[int]) -> None:
    """The assignment notice (27b) to a supervisor: from when, and which units."""
    supervisor = db.session.get_one(Supervisor, (current_tenant_id(), supervisor_id))
    values = assignment_values(supervisor, plan.valid_from, enterprises, plan.title)
    account = db.session.get_one(User, (current_tenant_id(), supervisor.user_id))
    post(
        "supervisor_assignment",
        subject=plan,
        recipient=f"user:{account.id}",
        name=supervisor.name,
        address=account.email,
        text_id=ASSIGNMENT,
        values=values,
        locale=account.locale,
        batch=("assignment_plan", plan.id),
    )


def assignment_values(
    supervisor: Supervisor, since: date, enterprises: Sequence[int], scope: str
) -> dict[str, Any]:
    year = today().year
    rows = db.session.execute(
        select(Enterprise.name, Enterprise.headcount)
        .where(Enterprise.id.in_(enterprises))
        .order_by(Enterprise.sort_key)
    )
    return {
        **common(supervisor),
        "doc_no": document_number("supervisor", year, take("supervisor", year)[0]),
        "unit_scope_name": scope,
        "assigned_from": since,
        "assigned_until": FURTHER_NOTICE,
        "conflict_check_text": CLEAN,
        "assigned_units": [
            {
                "assigned_unit_name": row.name,
                "assigned_unit_workers": row.headcount or 0,
                "assigned_unit_state": "—",
                "assigned_unit_due_on": "—",
                "first_visit_on": "—",
            }
            for row in rows
        ],
    }


def engagement_values(supervisor: Supervisor) -> dict[str, Any]:
    """What a letter of engagement says. The term must be set."""
    return {
        **common(supervisor),
        "doc_no": supervisor.engagement_no or "—",
        "engaged_from": supervisor.term_from,
        "engaged_until": supervisor.term_to,
        "employment_contract_text": Text("聘用协议", "the engagement agreement"),
        "issued_on": supervisor.engaged_on or today(),
    }


def engaged(supervisor: Supervisor) -> None:
    """The letter of engagement (27a) to the supervisor; once for each number."""
    account = db.session.get_one(User, (current_tenant_id(), supervisor.user_id))
    post(
        "supervisor_engagement",
        subject=supervisor,
        recipient=f"user:{account.id}",
        name=supervisor.name,
        address=account.email,
        text_id=ENGAGEMENT,
        values=engagement_values(supervisor),
        locale=account.locale,
        sequence=int((supervisor.engaged_on or today()).strftime("%Y%m%d")),
    )
