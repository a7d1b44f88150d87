"""What the cases hand in for a supervisor's day: the meetings at which they sit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.bargaining.meeting_models import Meeting, MeetingState
from blueprints.bargaining.models import BargainingCase, CaseEnterprise, Part
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from blueprints.visits.agenda import SHOWN, Item, Where, on_the_agenda
from blueprints.visits.duties import WHERE
from rules.days import CHINA
from tenants.db import db

ZONE = ZoneInfo(CHINA)
ONE_DAY = timedelta(days=1)


@on_the_agenda(15)
def meetings(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Meetings of the day in which an enterprise of the portfolio takes part, each once.

    The way leads to where the meeting is, the call to the first enterprise of one's own in it.
    """
    begins = datetime.combine(on, time.min, ZONE)
    rows = db.session.execute(
        select(Meeting.id, Meeting.number, Meeting.opens_at, Meeting.place,
               BargainingCase.name.label("case_name"), *WHERE)
        .ext(distinct_on(Meeting.opens_at, Meeting.id))
        .select_from(Meeting)
        .join(
            BargainingCase,
            and_(
                BargainingCase.tenant_id == Meeting.tenant_id,
                BargainingCase.id == Meeting.case_id,
            ),
        )
        .join(
            CaseEnterprise,
            and_(
                CaseEnterprise.tenant_id == Meeting.tenant_id,
                CaseEnterprise.case_id == Meeting.case_id,
                CaseEnterprise.part != Part.LEFT,
            ),
        )
        .join(
            Enterprise,
            and_(
                Enterprise.tenant_id == CaseEnterprise.tenant_id,
                Enterprise.id == CaseEnterprise.enterprise_id,
            ),
        )
        .where(
            Meeting.state == MeetingState.CALLED,
            Meeting.opens_at >= begins,
            Meeting.opens_at < begins + ONE_DAY,
            Enterprise.id.in_(served_by(supervisor.id, on)),
        )
        .order_by(Meeting.opens_at, Meeting.id, Enterprise.sort_key, Enterprise.id)
        .limit(SHOWN)
    )  # fmt: skip
    for row in rows:
        yield Item(
            "meeting",
            replace(Where.of(row), locality=None, address=row.place),
            _l("Bargaining, meeting %(number)s", number=row.number),
            url_for("table.meeting", meeting_id=row.id),
            _l("Open the meeting"),
            note=row.case_name,
            at=row.opens_at.astimezone(ZONE).time(),
        )
