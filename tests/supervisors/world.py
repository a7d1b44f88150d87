"""People on the roster, and enterprises for them to serve."""

from datetime import date

from blueprints.registry.models import Enterprise
from blueprints.supervisors.actions import engage
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.plan_actions import draw_up
from blueprints.supervisors.plan_models import AssignmentPlan
from blueprints.supervisors.roster_models import SupervisorCertificate, SupervisorTie
from tenants.db import db
from tenants.models import User
from tenants.roles import Role
from tests.offers.world import enterprise
from tests.world import Federation


def on_roster(federation: Federation, user: User | None = None, **facts: object) -> Supervisor:
    """The federation's own supervisor, or another, on the roster. Stand in its scope."""
    account = db.session.get(User, (federation.id, (user or federation.supervisor).id))
    assert account is not None
    supervisor = engage(account, **{"engagement": "full_time", **facts})
    db.session.flush()
    return supervisor


def another(federation: Federation, name: str, **facts: object) -> Supervisor:
    """A second supervisor, with an account of their own."""
    user = User(
        email=f"{name}@{federation.slug}.example", name=name, role=Role.SUPERVISOR, locale="en"
    )
    db.session.add(user)
    db.session.flush()
    return on_roster(federation, user, **facts)


def served(supervisor: Supervisor, name: str, since: str, until: str | None = None) -> Enterprise:
    """An enterprise that this supervisor serves from a day to a day."""
    found = enterprise(name)
    db.session.flush()
    db.session.add(
        Assignment(
            supervisor_id=supervisor.id,
            enterprise_id=found.id,
            valid_from=date.fromisoformat(since),
            valid_to=date.fromisoformat(until) if until else None,
        )
    )
    db.session.flush()
    return found


def firm(name: str, *, area: str = "421002", headcount: int = 30) -> Enterprise:
    """An enterprise in an area of the city, with so many workers."""
    found = enterprise(name)
    found.area, found.headcount = area, headcount
    db.session.flush()
    return found


def certified(supervisor: Supervisor, until: str | None = None) -> Supervisor:
    """The same, with a certificate that is good until a day, or for good."""
    db.session.add(
        SupervisorCertificate(
            supervisor_id=supervisor.id,
            number=f"指导员{supervisor.id:04}",
            issued_on=date(2025, 1, 1),
            expires_on=date.fromisoformat(until) if until else None,
        )
    )
    db.session.flush()
    return supervisor


def tied(supervisor: Supervisor, firm: Enterprise, since: str, kind: str = "relative") -> None:
    """A tie that keeps a supervisor from a firm."""
    db.session.flush()
    db.session.add(
        SupervisorTie(
            supervisor_id=supervisor.id,
            enterprise_id=firm.id,
            kind=kind,
            from_on=date.fromisoformat(since),
        )
    )
    db.session.flush()


def planned(federation: Federation, **facts: object) -> AssignmentPlan:
    """A plan of the officer's for 2 March, worked out. Stand in the federation's scope."""
    db.session.flush()
    known = {"title": "三月指派", "source": "unserved", "valid_from": date(2026, 3, 2)}
    return draw_up(by_id=federation.officer.id, **{**known, **facts})
