"""What may be typed about information, undertakings and commitments."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import Commitment, InfoRequest
from blueprints.bargaining.ground.team_models import Representative, Side
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from tenants.clock import today


def not_yet(field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("This day has not come yet."))


class RequestForm(Form):
    by_side = RadioField(_l("Who asks"), default=Side.WORKERS)
    asked = TextAreaField(_l("What is asked for, one thing a line"), [Filled(), Length(max=4000)])
    asked_on = DateField(_l("Asked on"), [InputRequired()])
    meeting_on = DateField(_l("Needed for the meeting of"), [Optional()])

    def __init__(self, *args: Any, case: BargainingCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.by_side.choices = [(side, said(words)) for side, words in SIDES.items()]

    def validate_asked_on(self, field: DateField) -> None:
        not_yet(field)

    def validate_meeting_on(self, field: DateField) -> None:
        if field.data and self.asked_on.data and field.data < self.asked_on.data:
            raise ValidationError(_("The meeting is before the request."))


class ItemForm(Form):
    what = TextField(_l("What was handed over"), [Filled(), Length(max=300)])
    handed_on = DateField(_l("Handed over on"), [InputRequired()])
    handed_by = TextField(_l("By whom"), [Filled(), Length(max=80)])
    confidential = BooleanField(_l("Marked as a secret: only under an undertaking"))
    file = FileField(_l("File"))

    def __init__(self, *args: Any, asked: InfoRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked

    def validate_handed_on(self, field: DateField) -> None:
        not_yet(field)


class AnswerlessForm(Form):
    words = TextAreaField(
        _l("What was said instead"), [Filled(), Length(max=2000)], filters=[strip]
    )
    on = DateField(_l("Day"), [InputRequired()])

    def validate_on(self, field: DateField) -> None:
        not_yet(field)


class UndertakingForm(Form):
    representative_id = SelectField(_l("Who undertakes"))
    signed_on = DateField(_l("Signed on"), [InputRequired()])
    until_on = DateField(_l("Confidential until"), [InputRequired()])
    covers = TextField(_l("What it covers"), [Filled(), Length(max=300)])
    scan = FileField(
        _l("Scan"),
        [FileRequired(_l("Attach the signed paper, or let the person confirm on line."))],
    )

    def __init__(self, *args: Any, people: Sequence[Representative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.representative_id.choices = [(str(one.id), one.name) for one in people]

    def validate_signed_on(self, field: DateField) -> None:
        not_yet(field)

    def validate_until_on(self, field: DateField) -> None:
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            raise ValidationError(_("It ends before it begins."))


class AskingForm(Form):
    """What everybody at the table who has not promised yet is asked to promise."""

    until_on = DateField(_l("Confidential until"), [InputRequired()])
    covers = TextField(_l("What it covers"), [Filled(), Length(max=300)])
    back_within = TextField(
        _l("Papers are given back within (as agreed)"), [Filled(), Length(max=40)]
    )

    def validate_until_on(self, field: DateField) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("This day is over."))


class ConfirmationForm(Form):
    """At one's private link: one's name under exactly the text that stands above it."""

    name = TextField(_l("Your name"), [Filled(), Length(max=80)])
    seen = HiddenField()
    read = BooleanField(_l("I have read this undertaking and will keep it"))

    def validate_read(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Tick that you have read it."))


class CommitmentForm(Form):
    workers_name = TextField(_l("Workers' side"), [Filled(), Length(max=120)])
    employer_name = TextField(_l("Employers' side"), [Filled(), Length(max=120)])
    matters = TextAreaField(_l("What will be bargained"), [Filled(), Length(max=1000)])
    signed_on = DateField(_l("Signed on"), [InputRequired()])
    bargain_by = DateField(_l("Bargaining opens by"), [Optional()])
    ends_on = DateField(_l("The commitment ends on"), [InputRequired()])
    scan = FileField(_l("Signed paper"))

    def validate_signed_on(self, field: DateField) -> None:
        not_yet(field)

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.signed_on.data and field.data <= self.signed_on.data:
            raise ValidationError(_("It ends before it begins."))

    def validate_bargain_by(self, field: DateField) -> None:
        start, end = self.signed_on.data, self.ends_on.data
        if field.data and start and end and not start <= field.data <= end:
            raise ValidationError(_("This is outside the term of the commitment."))

    def facts(self) -> dict[str, Any]:
        names = ("workers_name", "employer_name", "matters", "signed_on", "bargain_by", "ends_on")
        return {key: self[key].data for key in names}


class CommitmentEndForm(Form):
    ended = RadioField(_l("How it ended"))
    ended_on = DateField(_l("Day"), [InputRequired()])
    ended_note = TextAreaField(_l("Remark"), [Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        self.ended.choices = [
            ("kept", _("Bargaining was opened")), ("lapsed", _("It ran out")),
            ("replaced", _("Another one took its place")),
        ]  # fmt: skip

    def validate_ended_on(self, field: DateField) -> None:
        not_yet(field)
        if field.data and field.data < self.commitment.signed_on:
            raise ValidationError(
                _("It was only signed on %(day)s.", day=self.commitment.signed_on)
            )


def lines_of(text: str) -> list[str]:
    """What stands on the lines of a field."""
    return [line.strip(" \t\r\u3000") for line in text.splitlines() if line.strip(" \t\r\u3000")]
