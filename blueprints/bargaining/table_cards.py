"""What the table puts on the workbench, and the doors it opens in the procedure of a case."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.bargaining.ballot_models import Ballot
from blueprints.bargaining.contributions import door
from blueprints.bargaining.meeting_models import Meeting, MeetingState
from blueprints.bargaining.models import BargainingCase
from blueprints.bargaining.reach import cases_within
from blueprints.offers.service_models import Deadline, DeadlineStatus
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.workbench_cards import Card, Due, Row, card
from rules.days import local_day
from rules.shelf import catalogue
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

ROWS = 6
OF_MEETING = (BargainingCase.tenant_id == Meeting.tenant_id) & (
    BargainingCase.id == Meeting.case_id
)
OF_BALLOT = (BargainingCase.tenant_id == Ballot.tenant_id) & (BargainingCase.id == Ballot.case_id)

door("meet", "table.case_meeting", May.CASES_EDIT,
     Text("召集会议，双方首席代表到会即开始协商。",
          "Call a meeting; with both chiefs there, bargaining begins."))  # fmt: skip
door("suspend", "table.case_suspension", May.CASES_EDIT,
     Text("须经双方同意。", "Both sides agree."))  # fmt: skip
door("resume", "table.case_resumption", May.CASES_EDIT,
     Text("登记恢复协商的日期。", "Record the day on which it goes on."))  # fmt: skip
door("agree_draft", "table.case_agreeing", May.CASES_EDIT,
     Text("在草案页面锁定文本。", "Fix the text on the page of the draft."))  # fmt: skip
door("amend_draft", "table.case_agreeing", May.CASES_EDIT,
     Text("另起一稿，修改后再次表决。", "Write a next version and vote again."))  # fmt: skip
door("convene", "table.case_vote", May.CASES_EDIT,
     Text("会前把草案和说明送交代表。", "Draft and explanation go out before."))  # fmt: skip
door("sign", "table.case_signing_desk", May.CASES_EDIT,
     Text("双方首席代表先后签字。", "The chiefs sign in turn."))  # fmt: skip
door("apply_for_settlement", "table.case_dispute", May.CASES_EDIT,
     Text("向劳动行政部门或者三方机制申请。", "To the labour authority or the tripartite body."),
     grave=True)  # fmt: skip
door("bargain_again", "table.case_again", May.CASES_EDIT,
     Text("回到协商，另行开会。", "Back to the table."), post=True)  # fmt: skip


@card(31, May.CASES_EDIT)
def meetings_to_come(viewer: Viewer) -> Card | None:
    """Meetings of the coming days, and those nobody has recorded yet."""
    query = (
        select(Meeting.id, Meeting.number, Meeting.opens_at, Meeting.place, BargainingCase.name)
        .join(BargainingCase, OF_MEETING)
        .where(Meeting.state == MeetingState.CALLED, cases_within(viewer))
        .order_by(Meeting.opens_at)
        .limit(ROWS)
    )
    rows = [
        Row(
            text=row.name,
            url=url_for("table.meeting", meeting_id=row.id),
            date=local_day(row.opens_at),
            what=_("Meeting %(number)s", number=row.number),
            note=row.place,
            act=_("Record who came") if local_day(row.opens_at) <= today() else _("Open"),
            about=f"meeting:{row.id}",
        )
        for row in db.session.execute(query)
    ]
    return Due(title=_("Bargaining meetings"), rows=rows) if rows else None


@card(32, May.CASES_EDIT)
def clocks_of_cases(viewer: Viewer) -> Card | None:
    """Running clocks of cases, the nearest first: how long bargaining may last, the re-vote."""
    query = (
        select(Deadline.rule_key, Deadline.due_on, BargainingCase.id, BargainingCase.name)
        .join(BargainingCase, BargainingCase.id == Deadline.subject_id)
        .where(
            Deadline.subject_kind == BargainingCase.__tablename__,
            Deadline.status == DeadlineStatus.RUNNING,
            cases_within(viewer),
        )
        .order_by(Deadline.due_on)
        .limit(ROWS)
    )
    titles = catalogue()
    rows = [
        Row(
            text=row.name,
            url=url_for("cases.show", case_id=row.id),
            date=row.due_on,
            what=said(titles[row.rule_key].title),
            act=_("Open"),
        )
        for row in db.session.execute(query)
    ]
    return Due(title=_("Clocks of cases"), rows=rows) if rows else None


@card(33, May.CASES_EDIT)
def votes_to_hold(viewer: Viewer) -> Card | None:
    """Votes that are convened and not decided."""
    query = (
        select(Ballot.id, Ballot.round, Ballot.held_on, BargainingCase.name)
        .join(BargainingCase, OF_BALLOT)
        .where(Ballot.result.is_(None), cases_within(viewer))
        .order_by(Ballot.held_on)
        .limit(ROWS)
    )
    rows = [
        Row(
            text=row.name,
            url=url_for("table.vote", ballot_id=row.id),
            date=row.held_on,
            what=_("Vote %(round)s", round=row.round),
            act=_("Open"),
        )
        for row in db.session.execute(query)
    ]
    return Due(title=_("Votes"), rows=rows) if rows else None
