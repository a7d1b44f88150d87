"""What the table puts on the workbench, and the doors it opens in the procedure of a case."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.bargaining.disputes.findings import take_up_by
from blueprints.bargaining.ground.ballot_models import Ballot
from blueprints.bargaining.ground.contributions import door
from blueprints.bargaining.ground.dispute_models import OPEN, Dispute
from blueprints.bargaining.ground.meeting_models import Meeting, MeetingState
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.reach import cases_within
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
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
OF_DISPUTE = (BargainingCase.tenant_id == Dispute.tenant_id) & (
    BargainingCase.id == Dispute.case_id
)
OF_CLOCK = (
    (Deadline.tenant_id == Dispute.tenant_id)
    & (Deadline.subject_kind == Dispute.__tablename__)
    & (Deadline.subject_id == Dispute.id)
)
OF_BALLOT = (BargainingCase.tenant_id == Ballot.tenant_id) & (BargainingCase.id == Ballot.case_id)

door("meet", "table.case_meeting", May.CASES_EDIT,
     Text("召集会议，双方首席代表到会即开始协商。",
          "Call a meeting; with both chiefs there, bargaining begins."),
     brings=("both_chiefs_present",))  # fmt: skip
door("suspend", "table.case_suspension", May.CASES_EDIT,
     Text("须经双方同意，写明原因和恢复协商的日期。",
          "With the consent of both sides, a reason, and the day it goes on."),
     brings=("both_sides_agree", "resumption_date_set"))  # fmt: skip
door("resume", "table.case_resumption", May.CASES_EDIT,
     Text("登记恢复协商的日期。", "Record the day on which it goes on."))  # fmt: skip
door("agree_draft", "table.case_agreeing", May.CASES_EDIT,
     Text("双方首席代表在纪要上签字后，在草案页面锁定文本；低于法定底线的不能锁定。",
          "Once both chiefs have signed, fix it on its page; nothing below a floor is fixed."),
     brings=("draft_frozen", "chiefs_signed_minutes", "floors_met"))  # fmt: skip
door("amend_draft", "table.case_agreeing", May.CASES_EDIT,
     Text("另起一稿，修改后再次表决。", "Write a next version and vote again."),
     brings=("draft_frozen", "floors_met"))  # fmt: skip
door("convene", "table.case_vote", May.CASES_EDIT,
     Text("会前按规定的天数把草案和说明送交代表。",
          "Draft and explanation go out the days before that the rule wants."),
     brings=("papers_sent_in_time",))  # fmt: skip
door("sign", "table.case_signing_desk", May.CASES_EDIT,
     Text("双方首席代表先后签字；签字的文本就是表决通过的文本。",
          "The chiefs sign in turn, and exactly the text that was voted on."),
     brings=("signed_text_is_voted_text", "floors_met", "chiefs_signed_contract"))  # fmt: skip
door("apply_for_settlement", "table.case_dispute", May.CASES_EDIT,
     Text("协商不成时，向劳动行政部门或者三方机制申请。",
          "Where bargaining fails: to the labour authority or the tripartite body."),
     grave=True, brings=("coordination_applied",))  # fmt: skip
door("settle", "table.coordination", May.CASES_EDIT,
     Text("在协调申请页面登记受理、协调协议或者终结。",
          "On the page of the application: taken up, settled, or ended."),
     brings=("settlement_on_file",))  # fmt: skip
door("take_back", "table.coordination", May.CASES_EDIT,
     Text("不予受理或者撤回的，也在该页面登记。", "Not taken up, or withdrawn: on the same page."),
     brings=("application_put_aside",))  # fmt: skip
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


@card(34, May.CASES_EDIT)
def disputes_to_follow(viewer: Viewer) -> Card | None:
    """Applications for coordination nobody has put an end to: taken up by, settled by."""
    query = (
        select(Dispute, BargainingCase, Deadline.due_on)
        .join(BargainingCase, OF_DISPUTE)
        .outerjoin(Deadline, OF_CLOCK)
        .where(Dispute.state.in_(OPEN), cases_within(viewer))
        .order_by(Dispute.applied_on, Dispute.id)
        .limit(ROWS)
    )
    found = [(row[0], row[1], row[2]) for row in db.session.execute(query)]
    rows = [
        Row(
            text=case.name,
            url=url_for("table.dispute", dispute_id=one.id),
            date=due_on or take_up_by(case, one),
            what=_("To be settled by") if due_on else _("To be taken up by"),
            note=one.authority,
            act=_("Open"),
        )
        for one, case, due_on in found
    ]
    return Due(title=_("Coordination"), rows=rows) if rows else None


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
