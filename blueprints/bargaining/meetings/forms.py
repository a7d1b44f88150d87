"""What may be typed about meetings, and about suspending the bargaining."""

from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.meeting_models import Meeting
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import POSITION_KINDS
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.meetings.actions import Call, Said
from blueprints.bargaining.meetings.rules import signers_of
from blueprints.bargaining.meetings.suspensions import Pause, faults_in
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, fault, strip
from blueprints.shared.languages import said
from rules.findings import Finding
from rules.words import Text
from tenants.clock import ZONE, now

LONG = [Filled(), Length(max=4000)]


def clock_time(text: str) -> time | None:
    """09:30, however the colon was typed; None where it is no time."""
    hours, _colon, minutes = text.replace("：", ":").partition(":")
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        return None
    if int(hours) > 23 or int(minutes) > 59:
        return None
    return time(int(hours), int(minutes))


class TimeField(TextField):
    """An hour of the day."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        if self.data and clock_time(self.data) is None:
            raise ValidationError(_l("Write the time as 09:00."))


class CallForm(Form):
    """When, where, about what."""

    day = DateField(_l("Day"), [InputRequired()])
    time = TimeField(_l("Time"), [Filled(), Length(max=5)], default="09:00")
    minutes_long = IntegerField(
        _l("How long, in minutes"), [InputRequired(), NumberRange(15, 600)], default=120
    )
    place = TextField(_l("Place"), [Filled(), Length(max=120)])
    agenda = TextAreaField(
        _l("Agenda, one item a line"), [Filled(), Length(max=2000)], filters=[strip]
    )
    recorder_name = TextField(_l("Recorder"), [Length(max=60)])
    observers = TextField(_l("Others who attend"), [Length(max=200)])

    def validate_day(self, _field: DateField) -> None:
        moment = self.moment()
        if moment is not None and moment < now():
            fault(Text("会议时间已经过去。", "This moment is over already."))

    def moment(self) -> datetime | None:
        at = clock_time(self.time.data or "")
        return datetime.combine(self.day.data, at, ZONE) if self.day.data and at else None

    def call(self) -> Call:
        at = self.moment()
        assert at is not None  # noqa: S101 - the form was validated first
        lines = (self.agenda.data or "").splitlines()
        return Call(
            at, self.place.data, tuple(line.strip() for line in lines if line.strip()),
            self.recorder_name.data or "", self.observers.data or "", self.minutes_long.data,
        )  # fmt: skip


class ReasonForm(Form):
    reason = TextAreaField(_l("Reason"), [Filled(), Length(max=500)], filters=[strip])


class AttendanceForm(Form):
    """Who came; each name is one box."""

    present = SelectMultipleField(_l("Who is present"), coerce=int)

    def about(self, _case: BargainingCase, meeting: Meeting) -> None:
        self.present.choices = [
            (one.id, f"{one.name} · {said(SIDES[one.side])}")
            for one in meetings.attendance_of(meeting.id)
        ]


class TurnForm(Form):
    """What a side said."""

    topic = TextField(_l("Topic"), [Filled(), Length(max=120)])
    side = RadioField(_l("Which side"), [InputRequired()])
    kind = SelectField(_l("What it does"), [InputRequired()])
    body = TextAreaField(_l("In its words"), LONG, filters=[strip])
    amount = DecimalField(_l("Figure"), [Optional(), NumberRange(0)])
    unit = TextField(_l("Unit"), [Length(max=20)])

    def about(self, _case: BargainingCase, _meeting: Meeting) -> None:
        self.side.choices = [SelectChoice(name, said(words)) for name, words in SIDES.items()]
        self.kind.choices = [
            SelectChoice(name, said(words)) for name, words in POSITION_KINDS.items()
        ]

    def validate_unit(self, field: TextField) -> None:
        if self.amount.data is not None and not field.data:
            raise ValidationError(_l("A figure needs its unit."))

    def turn(self) -> Said:
        return Said(
            self.topic.data, self.side.data, self.kind.data, self.body.data, self.amount.data,
            self.unit.data or None,
        )  # fmt: skip


class ResultsForm(Form):
    results = TextAreaField(_l("Results"), [Length(max=4000)], filters=[strip])
    open_points = TextAreaField(
        _l("Information still to be supplied"), [Length(max=2000)], filters=[strip]
    )
    next_on = DateField(_l("Next meeting"), [Optional()])

    def about(self, _case: BargainingCase, meeting: Meeting) -> None:
        self.meeting = meeting

    def validate_next_on(self, field: DateField) -> None:
        held = self.meeting.held_on
        if field.data and held and field.data < held:
            fault(Text("下次会议不能早于本次会议。", "The next meeting is not before this one."))


class ConfirmForm(Form):
    """Nothing is typed; the page says what will happen."""


class MinutesScanForm(Form):
    """A page signed on paper: whose names are on it."""

    signed = SelectMultipleField(_l("Who has signed"), coerce=int)
    scan = FileField(_l("Scan of the signed minutes"))

    def about(self, case: BargainingCase, meeting: Meeting) -> None:
        done = meetings.signatures_under(meeting.id)
        rows = [one for one in meetings.attendance_of(meeting.id) if one.present]
        wanted = {one.id for one in signers_of(case, rows)}
        self.signed.choices = [
            (one.representative_id, one.name + (" *" if one.id in wanted else ""))
            for one in rows
            if one.representative_id not in done
        ]

    def validate_signed(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_l("Say whose names are on the page."))

    def validate_scan(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the scan of the signed page."))


class SuspensionForm(Form):
    """Both sides agree to pause. The cap of the place is checked before it is saved."""

    from_on = DateField(_l("From"), [InputRequired()])
    until_on = DateField(_l("Bargaining goes on"), [InputRequired()])
    reason = TextAreaField(_l("Reason"), [Filled(), Length(max=500)], filters=[strip])
    worker_consent = TextField(_l("Who agreed for the workers' side"), [Filled(), Length(max=60)])
    employer_consent = TextField(
        _l("Who agreed for the employers' side"), [Filled(), Length(max=60)]
    )
    force_majeure = BooleanField(_l("Because of force majeure"))
    paper = FileField(_l("The record of it"))

    def about(self, case: BargainingCase, _row: Any) -> None:
        self.case = case
        rule = rule_for(case, "suspension")
        self.until_on.description = f"{said(rule.text)} ({said(rule.citation)})"

    def validate_until_on(self, field: DateField) -> None:
        if not (field.data and self.from_on.data):
            return
        if field.data <= self.from_on.data:
            fault(Text("恢复日期须晚于中止日期。", "It goes on after the day it stops."))
        found: list[Finding] = faults_in(self.case, self.pause(None))
        fault(next((one.text for one in found if one.blocks), None))

    def pause(self, document_id: int | None) -> Pause:
        return Pause(
            self.from_on.data, self.until_on.data, self.reason.data or "",
            self.worker_consent.data or "", self.employer_consent.data or "",
            bool(self.force_majeure.data), document_id,
        )  # fmt: skip


class ResumptionForm(Form):
    on = DateField(_l("Bargaining goes on from"), [InputRequired()])


def chiefs_named(case: BargainingCase) -> dict[str, str]:
    """Who would agree for each side, to begin with."""
    workers = queries.chief_of(case.id, "workers")
    employer = queries.chief_of(case.id, "employer")
    return {
        "worker_consent": workers.name if workers else "",
        "employer_consent": employer.name if employer else "",
    }
