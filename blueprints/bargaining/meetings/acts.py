"""What can be done with a meeting, and with a case at the table."""

from typing import Any

from flask import url_for

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.meeting_models import Meeting, MeetingState, SigningMethod
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.meetings import actions as meetings
from blueprints.bargaining.meetings import forms, suspensions
from blueprints.bargaining.meetings import queries as reads
from blueprints.bargaining.meetings.actions import AT_TABLE
from blueprints.bargaining.meetings.invitations import invite
from blueprints.bargaining.meetings.minutes import minutes_of
from blueprints.bargaining.table.acts import Context, Desk, DeskAct, made_of
from blueprints.shared.guards import Viewer
from rules.days import local_day
from rules.words import Text
from tenants.clock import ZONE, today
from tenants.roles import May

HELD = Text("会议尚未召开。", "The meeting was not held yet.")
OVER = Text("会议已经召开或者取消。", "It was held or cancelled already.")
FIXED = Text("纪要已经定稿。", "The minutes are fixed already.")
NOT_FIXED = Text("请先将纪要定稿。", "Fix the text of the minutes first.")
NOT_AT_TABLE = Text("协商项目现在不在协商阶段。", "The case is not at the table now.")


def find_meeting(
    meeting_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, Meeting]:
    meeting = reads.get_meeting(meeting_id, person, permission, lock=lock)
    return queries.get_case(meeting.case_id), meeting


def find_case(
    case_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, BargainingCase]:
    case = queries.seen(case_id, person, permission, lock=lock)
    return case, case


def to_case(case: BargainingCase, _row: Any) -> str:
    return url_for("cases.show", case_id=case.id)


def to_meeting(_case: BargainingCase, meeting: Meeting) -> str:
    return url_for("table.meeting", meeting_id=meeting.id)


def while_called(_case: BargainingCase, meeting: Meeting) -> Text | None:
    return None if meeting.state == MeetingState.CALLED else OVER


def on_its_day(case: BargainingCase, meeting: Meeting) -> Text | None:
    if local_day(meeting.opens_at) > today():
        return Text("会议日期还没有到。", "The day of the meeting has not come yet.")
    return while_called(case, meeting)


def while_open(_case: BargainingCase, meeting: Meeting) -> Text | None:
    """Held, and its minutes not fixed."""
    if meeting.state != MeetingState.HELD:
        return HELD
    return FIXED if meeting.minutes_sha256 else None


def may_fix(_case: BargainingCase, meeting: Meeting) -> Text | None:
    if meeting.state != MeetingState.HELD:
        return HELD
    signed = reads.signatures_under(meeting.id)
    return Text("纪要已有人签字。", "Somebody has signed the minutes.") if signed else None


def may_sign(_case: BargainingCase, meeting: Meeting) -> Text | None:
    return None if meeting.minutes_sha256 else NOT_FIXED


def as_called(_case: BargainingCase, meeting: Meeting) -> dict[str, Any]:
    at = meeting.opens_at.astimezone(ZONE)
    return {
        "day": at.date(), "time": f"{at:%H:%M}", "place": meeting.place,
        "minutes_long": meeting.minutes_long,
        "agenda": "\n".join(one["title"] for one in meeting.agenda),
        "recorder_name": meeting.recorder_name, "observers": meeting.observers,
    }  # fmt: skip


def as_results(_case: BargainingCase, meeting: Meeting) -> dict[str, Any]:
    return {
        "results": meeting.results, "open_points": meeting.open_points, "next_on": meeting.next_on,
    }  # fmt: skip


def sign_scanned(on: Context, form: Any) -> None:
    for representative_id in form.signed.data:
        meetings.sign_minutes(
            on.case, on.row, representative_id, SigningMethod.SCAN,
            document_id=on.files["scan"],
        )  # fmt: skip


MEETING = Desk(
    "meeting",
    "meetings/<int:meeting_id>",
    "meeting_id",
    find_meeting,
    to_meeting,
    made_of(
        DeskAct(
            "attendance", Text("登记到会", "Record who came"),
            Text("双方首席代表都到会，协商即告开始。",
                 "With both chiefs there, bargaining has begun."),
            forms.AttendanceForm,
            lambda on, form: meetings.open_meeting(on.case, on.row, form.present.data or ()),
            why_not=on_its_day,
            known=lambda _c, m: {"present": [one.id for one in reads.attendance_of(m.id)]},
        ),
        DeskAct(
            "turn", Text("记录意见", "Write down a position"),
            Text("按议题逐次记录双方意见和对案，记录后不能改动。",
                 "Turn by turn on each topic; what is written down stays."),
            forms.TurnForm,
            lambda on, form: meetings.take_turn(on.case, on.row, form.turn(), by_id=on.by_id),
            why_not=while_open,
        ),
        DeskAct(
            "results", Text("登记会议结果", "Record what came of it"),
            Text("结果、待补充资料和下次会议日期。",
                 "Results, what is still to be supplied, the next day."),
            forms.ResultsForm,
            lambda on, form: meetings.note_results(on.case, on.row, form.data),
            why_not=while_open, known=as_results,
        ),
        DeskAct(
            "minutes", Text("纪要定稿", "Fix the minutes"),
            Text("按登记内容生成纪要并锁定文本，之后由规定的人签字。",
                 "The minutes are written out of what is recorded, and their text is fixed."),
            forms.ConfirmForm,
            lambda on, _f: meetings.fix_minutes(on.case, on.row, minutes_of(on.case, on.row)),
            why_not=may_fix,
        ),
        DeskAct(
            "signatures", Text("登记纸质签字", "Record signatures on paper"),
            Text("上传签字页扫描件并勾选签字人；星号为规则要求签字的人。",
                 "Attach the signed page and say whose names are on it; * must sign by the rule."),
            forms.MinutesScanForm, sign_scanned,
            why_not=may_sign, files={"scan": "minutes"},
        ),
        DeskAct(
            "invitations", Text("发出会议通知", "Send the invitations"),
            Text("向双方代表各发一份通知，附本人链接和日历文件。",
                 "One to each representative, with a link of their own and a calendar entry."),
            forms.ConfirmForm, lambda on, _f: invite(on.case, on.row),
            why_not=while_called,
        ),
        DeskAct(
            "change", Text("改期或者改议程", "Change time or agenda"),
            Text("更改后请再次发出通知。", "Send the invitations again afterwards."),
            forms.CallForm,
            lambda on, form: meetings.change_meeting(on.case, on.row, form.call()),
            why_not=while_called, known=as_called,
        ),
        DeskAct(
            "cancellation", Text("取消会议", "Cancel the meeting"),
            Text("会议不再召开，原因留存。", "It does not take place; the reason stays on file."),
            forms.ReasonForm,
            lambda on, form: meetings.cancel_meeting(on.case, on.row, form.reason.data),
            why_not=while_called, grave=True,
        ),
    ),
)  # fmt: skip


def at_table(case: BargainingCase, _row: Any) -> Text | None:
    return None if case.state in AT_TABLE else NOT_AT_TABLE


def negotiating(case: BargainingCase, _row: Any) -> Text | None:
    if case.state == CaseState.NEGOTIATING:
        return None
    return Text("协商进行中才能中止。", "Only bargaining that is going on can be suspended.")


def suspended(case: BargainingCase, _row: Any) -> Text | None:
    if case.state == CaseState.SUSPENDED:
        return None
    return Text("没有中止。", "Nothing is suspended.")


def next_call(case: BargainingCase, _row: Any) -> dict[str, Any]:
    """What is known of the next meeting: the day the last one set, and who writes."""
    earlier = reads.meetings_of(case.id)
    last = earlier[-1] if earlier else None
    recorder = next(
        (one.name for one in queries.representatives_of(case.id) if one.seat == "recorder"), ""
    )
    return {
        "day": last.next_on if last else None,
        "time": "09:00", "minutes_long": 120,
        "place": last.place if last else "",
        "recorder_name": (last.recorder_name if last else "") or recorder,
        "agenda": case.subject or "",
    }  # fmt: skip


def call(on: Context, form: Any) -> None:
    meeting = meetings.call_meeting(on.case, form.call(), by_id=on.by_id)
    invite(on.case, meeting)


CASE_ACTS = (
    DeskAct(
        "meeting", Text("召集协商会议", "Call a meeting"),
        Text("按规则确定主持方，向双方代表发出通知。",
             "The rule says which side presides; both teams are invited."),
        forms.CallForm, call, why_not=at_table, known=next_call,
    ),
    DeskAct(
        "suspension", Text("中止协商", "Suspend the bargaining"),
        Text("须经双方同意，期限在当地规则以内；项目的期限相应顺延。",
             "Both sides agree, within the cap of the place; the clocks of the case stand still."),
        forms.SuspensionForm,
        lambda on, form: suspensions.suspend(on.case, form.pause(on.files["paper"])),
        why_not=negotiating, files={"paper": "suspension"},
        known=lambda case, _r: {"from_on": today(), **forms.chiefs_named(case)},
    ),
    DeskAct(
        "resumption", Text("恢复协商", "Resume the bargaining"),
        Text("提前恢复的，剩余天数不再顺延。",
             "If it goes on early, the days that are left are given back."),
        forms.ResumptionForm, lambda on, form: suspensions.resume(on.case, form.on.data),
        why_not=suspended, known=lambda _c, _r: {"on": today()},
    ),
)  # fmt: skip
