"""The parts of the day that this room knows: visits, offers to serve, clocks about to end."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, select

from blueprints.offers.ground.lists import GROUPS, WAITING
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from blueprints.visits.agenda import SHOWN, Item, Where, on_the_agenda
from blueprints.visits.labels import PURPOSES
from blueprints.visits.models import Purpose, Visit, VisitState
from blueprints.visits.queries import times_visited
from tenants.db import db

SOON = timedelta(days=7)
MISSED = timedelta(days=30)
WHERE = (
    Enterprise.id.label("enterprise_id"), Enterprise.name, Enterprise.area, Enterprise.locality,
    Enterprise.address, Enterprise.phone, Enterprise.contact_name, Enterprise.contact_title,
)  # fmt: skip


def of_portfolio(supervisor: Supervisor, on: date, model: Any, *columns: Any) -> Select[Any]:
    """Rows of a table about enterprises that this supervisor serves on a day, with the place."""
    return (
        select(*columns, *WHERE)
        .select_from(model)
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == model.tenant_id, Enterprise.id == model.enterprise_id),
        )
        .where(Enterprise.id.in_(served_by(supervisor.id, on)))
    )


@on_the_agenda(10)
def planned_visits(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """What is planned for the day; and what was planned for one of the last weeks and not made."""
    rows = db.session.execute(
        of_portfolio(
            supervisor, on, Visit,
            Visit.id, Visit.planned_on, Visit.planned_at, Visit.purpose, Visit.plan_note,
        )
        .where(
            Visit.supervisor_id == supervisor.id,
            Visit.state == VisitState.PLANNED,
            Visit.planned_on.between(on - MISSED, on),
        )
        .order_by(Visit.planned_on.desc(), Visit.planned_at, Visit.id)
        .limit(2 * SHOWN)
    ).all()  # fmt: skip
    times = times_visited([row.enterprise_id for row in rows]) if rows else {}
    for row in rows:
        today = row.planned_on == on
        yield Item(
            "visit" if today else "left_over",
            Where.of(row),
            PURPOSES[row.purpose],
            url_for("visits.recording", visit_id=row.id),
            _l("Start the visit") if today else _l("Record it"),
            note=row.plan_note or "",
            at=row.planned_at if today else None,
            due=None if today else row.planned_on,
            times=times.get(row.enterprise_id, 0),
            visit_id=row.id,
        )


@on_the_agenda(20)
def offers_to_serve(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Offers of the portfolio that nobody has served; the oldest first."""
    rows = db.session.execute(
        of_portfolio(supervisor, on, Offer, Offer.id, Offer.document_no, Offer.sealed_at)
        .where(Offer.state.in_(GROUPS["unserved"]))
        .order_by(Offer.sealed_at, Offer.id)
        .limit(SHOWN)
    )
    for row in rows:
        yield Item(
            "serve",
            Where.of(row),
            PURPOSES[Purpose.SERVE],
            url_for("visits.new", enterprise=row.enterprise_id, purpose=Purpose.SERVE),
            _l("Start the visit"),
            note=row.document_no,
            about=f"offer:{row.id}",
        )


@on_the_agenda(30)
def clocks_about_to_end(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Reply periods of the portfolio that end within a week."""
    rows = db.session.execute(
        of_portfolio(
            supervisor, on, Offer, Offer.id, Offer.document_no, Offer.reply_due_on, Offer.served_on
        )
        .where(Offer.state.in_(WAITING), Offer.reply_due_on.between(on - SOON, on + SOON))
        .order_by(Offer.reply_due_on, Offer.id)
        .limit(SHOWN)
    )
    for row in rows:
        yield Item(
            "clock",
            Where.of(row),
            PURPOSES[Purpose.REPLY],
            url_for("offers.new_reply", offer_id=row.id),
            _l("Record the reply"),
            note=_("Served on %(date)s, %(number)s", date=row.served_on, number=row.document_no),
            due=row.reply_due_on,
            about=f"offer:{row.id}",
        )
