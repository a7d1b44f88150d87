"""The reply clock of an offer: started by proven service, stopped by a reply, lapsed by a sweep."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.rulebook import queries as rulebook
from rules.deadlines import Due, due, spread
from tenants.db import db
from tenants.federation import this_federation

REPLY = "offer.reply_days"
REMIND_BEFORE = 5  # days; a habit of the federation (settings), not a number of the law


def start_reply_clock(offer: Offer, served_on: date) -> Deadline:
    """Count the reply period from the day of service, and keep the count beside the date.

    Where the place's own rule is unconfirmed the national period runs, the reminder follows the
    shortest known period, and `longest_on` holds back every sanction. Where one of them reaches
    into a year whose holidays are not known, the dates are provisional: receipt is a fact that
    no missing calendar undoes, but nothing lapses before the calendar is there.
    """
    rule = rulebook.book(served_on).known(REPLY, offer.contract_kind)
    calendar, conventions = rulebook.calendar(), rulebook.conventions()
    last_day = due(rule, served_on, calendar, conventions=conventions)
    earliest, latest = spread(rule, served_on, calendar, conventions=conventions)
    clock = Deadline(
        subject_kind=Offer.__tablename__,
        subject_id=offer.id,
        rule_key=REPLY,
        rule_version=last_day.rule_version,
        rule_status=last_day.status,
        article=last_day.citation.zh,
        anchor_on=served_on,
        due_on=last_day.on,
        longest_on=None if rule.confirmed else latest.on,
        warn_on=warning(earliest.on, served_on),
        calendar_version=last_day.calendar_version,
        provisional=last_day.provisional or latest.provisional,
        derivation=last_day.to_json(),
    )
    db.session.add(clock)
    db.session.flush()
    offer.reply_due_on = clock.due_on
    return clock


def warning(last_day: date, anchor: date) -> date:
    """When to remind of a last day: so many days before it, never before the clock runs."""
    before = this_federation().settings.get("remind_before_days", REMIND_BEFORE)
    return max(last_day - timedelta(days=before), anchor + timedelta(days=1))


def reply_clock(offer: Offer) -> Deadline | None:
    """The clock that runs for this offer, or the last one that did."""
    query = (
        select(Deadline)
        .where(
            Deadline.subject_kind == Offer.__tablename__,
            Deadline.subject_id == offer.id,
            Deadline.rule_key == REPLY,
        )
        .order_by(Deadline.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def explained(clock: Deadline) -> Due:
    """The count behind the date, as it was made when the clock started."""
    return Due.from_json(clock.derivation)


def stop(clock: Deadline, status: DeadlineStatus, at: datetime) -> None:
    """End a running clock; one that has ended stays as it ended."""
    if clock.status == DeadlineStatus.RUNNING:
        clock.status, clock.ended_at = status, at
