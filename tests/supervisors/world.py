"""People on the roster, and enterprises for them to serve."""

from datetime import date

from blueprints.registry.models import Enterprise
from blueprints.supervisors.actions import engage
from blueprints.supervisors.models import Assignment, Supervisor
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


def another(federation: Federation, name: str) -> Supervisor:
    """A second supervisor, with an account of their own."""
    user = User(
        email=f"{name}@{federation.slug}.example", name=name, role=Role.SUPERVISOR, locale="en"
    )
    db.session.add(user)
    db.session.flush()
    return on_roster(federation, user)


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
