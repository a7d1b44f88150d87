"""What the cases hand in for a supervisor's day and calendar: the meetings at which they sit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.bargaining.ground.meeting_models import Meeting, MeetingState
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, Part
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from blueprints.visits.agenda import SHOWN, Item, Where, on_the_agenda
from blueprints.visits.ahead import MOST, Entry, Span, in_the_calendar
from blueprints.visits.duties import WHERE
from rules.days import CHINA
from tenants.db import db

ZONE = ZoneInfo(CHINA)
ONE_DAY = timedelta(days=1)
COLUMNS: tuple[Any, ...] = (
    Meeting.id, Meeting.number, Meeting.state, Meeting.opens_at, Meeting.minutes_long,
    Meeting.place, Meeting.sequence, BargainingCase.name.label("case_name"), *WHERE,
)  # fmt: skip


@on_the_agenda(15)
def meetings(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Meetings of the day that concern the supervisor, each once.

    The way leads to where the meeting is, the call to the first enterprise of one's own in it.
    """
    rows = db.session.execute(
        _between(supervisor, on, on, on).where(Meeting.state == MeetingState.CALLED).limit(SHOWN)
    )
    for row in rows:
        own = row.enterprise_id is not None
        where = Where.of(row) if own else Where(None, row.case_name)
        yield Item(
            "meeting",
            replace(where, locality=None, address=row.place),
            _l("Bargaining, meeting %(number)s", number=row.number),
            url_for("table.meeting", meeting_id=row.id),
            _l("Open the meeting"),
            note=row.case_name if own else _("in your charge"),
            at=row.opens_at.astimezone(ZONE).time(),
            about=f"meeting:{row.id}",
        )


@in_the_calendar
def meetings_to_come(supervisor: Supervisor, span: Span) -> Iterable[Entry]:
    """The same of several weeks, under the name and number that the invitations carry."""
    rows = db.session.execute(_between(supervisor, span.on, span.first, span.last).limit(MOST))
    for row in rows:
        begins = row.opens_at.astimezone(ZONE)
        words = _("Bargaining, meeting %(number)s", number=row.number)
        yield Entry(
            "meeting", row.id, begins.date(), f"{row.case_name} {words}", at=begins.time(),
            minutes=row.minutes_long, place=row.place,
            note=row.name or "", sequence=row.sequence,
            called_off=row.state == MeetingState.CANCELLED,
        )  # fmt: skip


def _between(supervisor: Supervisor, on: date, first: date, last: date) -> Select[Any]:
    """Meetings of some days at which an enterprise served on `on` sits, or of a case in charge."""
    begins = datetime.combine(first, time.min, ZONE)
    ends = datetime.combine(last, time.min, ZONE) + ONE_DAY
    return (
        select(*COLUMNS)
        .ext(distinct_on(Meeting.opens_at, Meeting.id))
        .select_from(Meeting)
        .join(
            BargainingCase,
            and_(
                BargainingCase.tenant_id == Meeting.tenant_id,
                BargainingCase.id == Meeting.case_id,
            ),
        )
        .outerjoin(
            CaseEnterprise,
            and_(
                CaseEnterprise.tenant_id == Meeting.tenant_id,
                CaseEnterprise.case_id == Meeting.case_id,
                CaseEnterprise.part != Part.LEFT,
                CaseEnterprise.enterprise_id.in_(served_by(supervisor.id, on)),
            ),
        )
        .outerjoin(
            Enterprise,
            and_(
                Enterprise.tenant_id == CaseEnterprise.tenant_id,
                Enterprise.id == CaseEnterprise.enterprise_id,
            ),
        )
        .where(
            Meeting.opens_at >= begins,
            Meeting.opens_at < ends,
            or_(Enterprise.id.is_not(None), BargainingCase.supervisor_id == supervisor.id),
        )
        .order_by(Meeting.opens_at, Meeting.id, Enterprise.sort_key, Enterprise.id)
    )  # fmt: skip
