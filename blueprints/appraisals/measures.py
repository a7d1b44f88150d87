"""How the rooms below are counted for an appraisal; every item leads to its row."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, or_, select

from blueprints.appraisals.indicators import Item, Measure, Year, indicator
from blueprints.appraisals.models import Complaint
from blueprints.notices.models import ContactRepair
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.visits.labels import OUTCOMES
from blueprints.visits.models import Outcome, Purpose, Visit, VisitState
from blueprints.visits.work_models import MonthPlan, Training
from rules.days import local_day
from tenants.db import db

Door = tuple[str, str, int]


def _visits(supervisor: Supervisor, year: Year, *conditions: Any) -> Any:
    """Visits of a supervisor that were made, or should have been, within the year."""
    day = func.coalesce(Visit.visited_on, Visit.planned_on)
    query = (
        select(
            Visit.id, Visit.state, Visit.outcome, Visit.visited_on, Visit.recorded_at,
            Visit.enterprise_id, day.label("on"), Enterprise.name,
        )
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Visit.tenant_id, Enterprise.id == Visit.enterprise_id),
        )
        .where(
            Visit.supervisor_id == supervisor.id,
            Visit.state != VisitState.DROPPED,
            day.between(year.first, year.last),
            *conditions,
        )
        .order_by(day, Visit.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def _link(visit_id: int) -> Door:
    return ("visits.show", "visit_id", visit_id)


@indicator("visits", _l("Planned visits made"), _l("Of all visits planned or made, those made"))
def visits(supervisor: Supervisor, year: Year) -> Measure:
    """A month in which fewer were made than its confirmed plan says lacks the difference."""
    rows = _visits(supervisor, year)
    items = [
        Item(
            row.name, row.on, row.state == VisitState.DONE, _link(row.id),
            OUTCOMES[row.outcome] if row.outcome else _l("planned and not recorded"),
        )
        for row in rows
    ]  # fmt: skip
    listed: dict[date, int] = {}
    for row in rows:
        month = row.on.replace(day=1)
        listed[month] = listed.get(month, 0) + 1
    plans = select(MonthPlan.month, MonthPlan.visits).where(
        MonthPlan.supervisor_id == supervisor.id,
        MonthPlan.confirmed_at.is_not(None),
        MonthPlan.month.between(year.first, year.last),
    )
    for month, planned in db.session.execute(plans):
        lacking = _l("in the plan of the month, never scheduled")
        items += [
            Item(f"{month:%Y-%m}", month, counts=False, note=lacking)
            for _n in range(planned - listed.get(month, 0))
        ]
    return Measure.counting(items)


@indicator(
    "first_visits",
    _l("First visits"),
    _l("Of the units served that nobody had visited before this year, those visited in it"),
)
def first_visits(supervisor: Supervisor, year: Year) -> Measure:
    before = select(Visit.enterprise_id).where(
        Visit.state == VisitState.DONE, Visit.visited_on < year.first
    )
    inside = (
        select(func.min(Visit.visited_on))
        .where(
            Visit.enterprise_id == Enterprise.id,
            Visit.tenant_id == Enterprise.tenant_id,
            Visit.supervisor_id == supervisor.id,
            Visit.visited_on.between(year.first, year.last),
        )
        .correlate(Enterprise)
        .scalar_subquery()
    )
    query = (
        select(Enterprise.id, Enterprise.name, inside.label("on"))
        .where(
            Enterprise.id.in_(_served(supervisor, year)),
            Enterprise.id.not_in(before),
        )
        .order_by(Enterprise.sort_key, Enterprise.id)
    )
    return Measure.counting(
        [
            Item(
                row.name, row.on, row.on is not None,
                ("registry.show", "enterprise_id", row.id),
            )
            for row in db.session.execute(query)
        ]
    )  # fmt: skip


def _served(supervisor: Supervisor, year: Year) -> Any:
    """Enterprises that were assigned to the supervisor for some time of the year."""
    return select(Assignment.enterprise_id).where(
        Assignment.supervisor_id == supervisor.id,
        Assignment.valid_from <= year.last,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > year.first),
    )


def _offers(supervisor: Supervisor, year: Year) -> Any:
    """Offers whose reply period ended in the year while the supervisor served the addressee."""
    followed = (
        select(func.min(Visit.visited_on))
        .where(
            Visit.tenant_id == Offer.tenant_id,
            Visit.enterprise_id == Offer.enterprise_id,
            Visit.supervisor_id == supervisor.id,
            Visit.state == VisitState.DONE,
            Visit.visited_on.between(Offer.served_on, Offer.reply_due_on),
        )
        .correlate(Offer)
        .scalar_subquery()
    )
    query = (
        select(
            Offer.id, Offer.addressee_name, Offer.document_no, Offer.reply_due_on,
            Offer.replied_on, followed.label("followed_on"),
        )
        .join(
            Assignment,
            and_(
                Assignment.tenant_id == Offer.tenant_id,
                Assignment.enterprise_id == Offer.enterprise_id,
            ),
        )
        .where(
            Assignment.supervisor_id == supervisor.id,
            Assignment.valid_from <= Offer.reply_due_on,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > Offer.reply_due_on),
            Offer.reply_due_on.between(year.first, year.last),
        )
        .order_by(Offer.reply_due_on, Offer.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def _in_time(row: Any) -> bool:
    return row.replied_on is not None and row.replied_on <= row.reply_due_on


@indicator(
    "offers",
    _l("Offers followed up"),
    _l("Of the offers whose period ended, those visited or answered before its end"),
)
def offers(supervisor: Supervisor, year: Year) -> Measure:
    items = []
    for row in _offers(supervisor, year):
        note: Any = _l("answered in time") if _in_time(row) else ""
        if row.followed_on:
            note = _l("visited on %(date)s", date=row.followed_on)
        items.append(
            Item(
                f"{row.addressee_name} {row.document_no}", row.reply_due_on,
                bool(row.followed_on) or _in_time(row),
                ("offers.show", "offer_id", row.id), note,
            )
        )  # fmt: skip
    return Measure.counting(items)


@indicator(
    "reply_rate",
    _l("Replies in time"),
    _l("Of the offers whose period ended, those answered by its last day"),
)
def reply_rate(supervisor: Supervisor, year: Year) -> Measure:
    return Measure.counting(
        [
            Item(
                f"{row.addressee_name} {row.document_no}", row.reply_due_on, _in_time(row),
                ("offers.show", "offer_id", row.id),
                _l("answered on %(date)s", date=row.replied_on) if row.replied_on else "",
            )
            for row in _offers(supervisor, year)
        ]
    )  # fmt: skip


@indicator(
    "disputes",
    _l("Disputes prevented or settled"),
    _l("Of the visits because of a dispute, those at which it was prevented or settled"),
)
def disputes(supervisor: Supervisor, year: Year) -> Measure:
    rows = _visits(
        supervisor, year, Visit.state == VisitState.DONE,
        or_(Visit.purpose == Purpose.DISPUTE, Visit.outcome == Outcome.SETTLED),
    )  # fmt: skip
    return Measure.counting(
        [
            Item(
                row.name,
                row.on,
                row.outcome == Outcome.SETTLED,
                _link(row.id),
                OUTCOMES[row.outcome],
            )
            for row in rows
        ]
    )


@indicator("training", _l("Training"), _l("Hours of training, of those that make the whole"))
def training(supervisor: Supervisor, year: Year) -> Measure:
    query = (
        select(Training.title, Training.held_on, Training.minutes)
        .where(
            Training.supervisor_id == supervisor.id,
            Training.held_on.between(year.first, year.last),
        )
        .order_by(Training.held_on)
    )
    rows = db.session.execute(query).all()
    items = [
        Item(row.title, row.held_on, note=_l("%(n)s h", n=round(row.minutes / 60, 1)))
        for row in rows
    ]
    hours = sum(row.minutes for row in rows) / 60
    return Measure(items, round(hours, 1), year.scheme.training_hours)


@indicator("records", _l("Records in time"), _l("Of the visits made, those recorded in time"))
def records(supervisor: Supervisor, year: Year) -> Measure:
    allowed = timedelta(days=year.scheme.record_days)
    return Measure.counting(
        [
            Item(
                row.name, row.visited_on,
                local_day(row.recorded_at) - row.visited_on <= allowed, _link(row.id),
                _l("recorded on %(date)s", date=local_day(row.recorded_at)),
            )
            for row in _visits(supervisor, year, Visit.state == VisitState.DONE)
        ]
    )  # fmt: skip


@indicator("conduct", _l("Conduct"), _l("Whole without a proven complaint, nothing with one"))
def conduct(supervisor: Supervisor, year: Year) -> Measure:
    query = (
        select(Complaint)
        .where(
            Complaint.supervisor_id == supervisor.id,
            Complaint.received_on.between(year.first, year.last),
        )
        .order_by(Complaint.received_on)
    )
    words = {"proven": _l("proven"), "unproven": _l("not proven"), None: _l("not examined yet")}
    rows = db.session.scalars(query).all()
    items = [
        Item(row.matter, row.received_on, row.finding != "proven", note=words[row.finding])
        for row in rows
    ]
    return Measure(items, 0 if any(row.finding == "proven" for row in rows) else 1, 1)


@indicator(
    "contacts",
    _l("Contacts repaired"),
    _l("Of the addresses of units served that failed, those that were corrected"),
)
def contacts(supervisor: Supervisor, year: Year) -> Measure:
    served = _served(supervisor, year).subquery()
    recipients = select(func.concat("enterprise:", served.c.enterprise_id))
    query = (
        select(ContactRepair.recipient_name, ContactRepair.created_at, ContactRepair.new_address)
        .where(
            ContactRepair.recipient.in_(recipients),
            func.date(ContactRepair.created_at).between(year.first, year.last),
        )
        .order_by(ContactRepair.id)
    )
    return Measure.counting(
        [
            Item(row.recipient_name, local_day(row.created_at), row.new_address is not None)
            for row in db.session.execute(query)
        ]
    )
