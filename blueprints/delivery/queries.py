"""What waits to be sent, and who decided what about sending."""

from sqlalchemy import func, select

from blueprints.notices.models import UNSETTLED, Notice
from blueprints.notices.sending import MailSetup
from tenants.db import db
from tenants.models import User


def waiting() -> int:
    """How many notices are still to go out."""
    query = select(func.count()).where(Notice.state.in_(UNSETTLED), Notice.cancelled_at.is_(None))
    return db.session.scalars(query).one()


def names_of(setup: MailSetup | None) -> dict[int, str]:
    if setup is None:
        return {}
    ids = {setup.entered_by_id, setup.opened_by_id, setup.paused_by_id} - {None}
    query = select(User.id, User.name).where(User.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}
