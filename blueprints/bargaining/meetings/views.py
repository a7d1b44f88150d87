"""The page of a meeting, as it lies on the table in the room, and its papers."""

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.table_words import CHAIRS, MEETING_STATES, METHODS, POSITION_KINDS
from blueprints.bargaining.meetings import queries as reads
from blueprints.bargaining.meetings.actions import minutes_complete
from blueprints.bargaining.meetings.acts import MEETING
from blueprints.bargaining.meetings.invitations import ICS, calendar_entry
from blueprints.bargaining.meetings.minutes import minutes_letter
from blueprints.bargaining.meetings.rules import signers_of
from blueprints.bargaining.table.acts import acts_on, bp
from blueprints.bargaining.table.text_files import paper, para, pdf_of
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from rules.clauses import plain
from tenants.roles import May


@bp.get("/meetings/<int:meeting_id>")
@requires(May.CASES_READ)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Agenda, who came, what was said turn by turn, what came of it, who signed."""
    row = reads.get_meeting(meeting_id, viewer())
    case = queries.get_case(row.case_id)
    opened, closed = acts_on(MEETING, case, row, viewer())
    attendance = reads.attendance_of(row.id)
    return render_template(
        "bargaining/meeting.html", case=case, meeting=row, open_acts=opened, closed_acts=closed,
        attendance=attendance, chains=reads.positions_of(case.id),
        signed=reads.signatures_under(row.id),
        wanted={one.id for one in signers_of(case, attendance)},
        complete=minutes_complete(case, row),
        chair=rule_for(case, "meeting.chair"), signing=rule_for(case, "minutes.sign"),
        words={"states": MEETING_STATES, "chairs": CHAIRS, "sides": SIDES,
               "kinds": POSITION_KINDS, "methods": METHODS, "plain": plain},
    )  # fmt: skip


@bp.get("/meetings/<int:meeting_id>/meeting.ics")
@requires(May.CASES_READ)
def meeting_calendar(meeting_id: int) -> ResponseReturnValue:
    row = reads.get_meeting(meeting_id, viewer())
    case = queries.get_case(row.case_id)
    return attachment(calendar_entry(case, row), f"meeting-{row.number}.ics", ICS)


@bp.get("/meetings/<int:meeting_id>/minutes.pdf")
@requires(May.CASES_READ)
def minutes_file(meeting_id: int) -> ResponseReturnValue:
    """As they are recorded; once fixed, the text whose fingerprint is signed."""
    row = reads.get_meeting(meeting_id, viewer())
    case = queries.get_case(row.case_id)
    if row.minutes_text is None:
        data = pdf_of(minutes_letter(case, row))
    else:
        lines = [para(line) for line in row.minutes_text.splitlines()[1:] if line.strip()]
        lines.append(para(f"文本指纹（SHA-256）：{row.minutes_sha256}"))
        data = pdf_of(paper(row.minutes_text.splitlines()[0], lines, number=case.document_no))
    return attachment(data, f"{case.document_no}-{row.number}.pdf", "application/pdf")


DESKS = (MEETING,)
