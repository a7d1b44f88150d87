"""What stands in a supervisor's plan over the days to come, for a calendar."""

from collections.abc import Iterator
from datetime import date

from blueprints.offers.lists import WAITING
from blueprints.offers.models import Offer
from blueprints.supervisors.models import Supervisor
from blueprints.visits.agenda import Item, Where
from blueprints.visits.duties import of_portfolio
from blueprints.visits.labels import PURPOSES
from blueprints.visits.models import Purpose, Visit, VisitState
from tenants.db import db

MOST = 500


def ahead(supervisor: Supervisor, first: date, last: date) -> Iterator[tuple[date, Item]]:
    """Visits planned, and last days of reply periods, within a span; by day."""
    visits = (
        of_portfolio(
            supervisor, last, Visit,
            Visit.id, Visit.planned_on, Visit.planned_at, Visit.purpose, Visit.plan_note,
        )
        .where(
            Visit.supervisor_id == supervisor.id,
            Visit.state == VisitState.PLANNED,
            Visit.planned_on.between(first, last),
        )
        .order_by(Visit.planned_on, Visit.planned_at)
        .limit(MOST)
    )  # fmt: skip
    for row in db.session.execute(visits):
        yield (
            row.planned_on,
            Item(
                "visit", Where.of(row), PURPOSES[row.purpose], "", "", note=row.plan_note or "",
                at=row.planned_at, visit_id=row.id,
            ),
        )  # fmt: skip
    clocks = (
        of_portfolio(supervisor, last, Offer, Offer.document_no, Offer.reply_due_on)
        .where(Offer.state.in_(WAITING), Offer.reply_due_on.between(first, last))
        .order_by(Offer.reply_due_on)
        .limit(MOST)
    )
    for row in db.session.execute(clocks):
        words = PURPOSES[Purpose.REPLY]
        yield row.reply_due_on, Item("clock", Where.of(row), words, "", "", note=row.document_no)
