"""What an enterprise may type at the reply desk, and an officer who records a reply on paper."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, RadioField, SelectChoice, SelectField, TelField, TextAreaField
from wtforms.validators import Email, Length, Optional, ValidationError

from blueprints.offers.ground.labels import MISTAKES
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind
from blueprints.offers.service.actions import Answer
from blueprints.shared.forms import REQUIRED, DateField, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.reasons import Group, reasons

KINDS = (
    SelectChoice(ReplyKind.ACCEPT, _l("We agree to bargain")),
    SelectChoice(ReplyKind.ACCEPT_OTHER_DATE, _l("We agree, on another date")),
    SelectChoice(ReplyKind.REFUSE, _l("Not for now")),
    SelectChoice(ReplyKind.NOT_US, _l("This is not for us")),
)
_SEPARATORS = re.compile(r"[、,，;；\n]+")


class ReplyForm(Form):
    """One answer. Which fields are needed depends on its kind; the others are left alone."""

    kind = RadioField(
        _l("Your answer"), [InputRequired(_l("Choose one of the answers."))], choices=KINDS
    )
    meeting_on = DateField(_l("Day you propose"), [Optional()])
    meeting_time = TextField(_l("Time"), [Length(max=40)])
    meeting_place = TextField(_l("Place"), [Length(max=200)])
    chief_name = TextField(_l("Chief representative"), [Length(max=60)])
    chief_title = TextField(_l("Post of the chief representative"), [Length(max=60)])
    others = TextField(_l("Other representatives"), [Length(max=400)])
    reason_code = SelectField(_l("Kind of reason"), [Optional()])
    reason = TextAreaField(
        _l("Your reason, in your own words"), [Length(max=4000)], filters=[strip]
    )
    mistake = RadioField(
        _l("What is wrong"),
        [Optional()],
        choices=[],
    )
    mistake_note = TextAreaField(
        _l("Anything that helps us to correct it"), [Length(max=1000)], filters=[strip]
    )
    person_name = TextField(_l("Your name"), [InputRequired(), Length(max=60)])
    person_title = TextField(_l("Your post"), [Length(max=60)])
    person_phone = TelField(_l("Telephone"), [Length(max=40)], filters=[strip])
    person_email = EmailField(
        _l("E-mail for the receipt"),
        [Optional(), Email(_l("This is not an e-mail address.")), Length(max=200)],
        filters=[strip],
    )
    scan = FileField(_l("Reply with your seal, scanned or photographed"))

    def __init__(self, *args: Any, earliest: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        self.reason_code.choices = [
            SelectChoice("", _("Choose …")),
            *(SelectChoice(r.code, said(r.label)) for r in reasons(Group.REFUSAL)),
        ]
        self.mistake.choices = [SelectChoice(k, said(words)) for k, words in MISTAKES.items()]

    def validate_meeting_on(self, field: DateField) -> None:
        if self.kind.data != ReplyKind.ACCEPT_OTHER_DATE:
            return
        if field.data is None:
            raise ValidationError(_("Say which day would suit you."))
        if self.earliest and field.data < self.earliest:
            raise ValidationError(_("This day is already past."))

    def validate_chief_name(self, field: TextField) -> None:
        agrees = self.kind.data in {ReplyKind.ACCEPT, ReplyKind.ACCEPT_OTHER_DATE}
        if agrees and self.others.data and not field.data:
            raise ValidationError(_("Name the chief representative first."))

    def validate_reason(self, field: TextAreaField) -> None:
        if self.kind.data == ReplyKind.REFUSE and not field.data:
            raise ValidationError(
                _("Please write your reason; the union must look at it before anything follows.")
            )

    def validate_mistake(self, field: RadioField) -> None:
        if self.kind.data == ReplyKind.NOT_US and not field.data:
            raise ValidationError(REQUIRED)

    def answer(self, channel: ReplyChannel, **known: Any) -> Answer:
        """The answer as typed: only the fields that belong to its kind."""
        kind = ReplyKind(self.kind.data)
        agrees = kind in {ReplyKind.ACCEPT, ReplyKind.ACCEPT_OTHER_DATE}
        moved = kind is ReplyKind.ACCEPT_OTHER_DATE
        said_why = self.reason.data if kind is ReplyKind.REFUSE else None
        return Answer(
            kind=kind,
            channel=channel,
            person_name=self.person_name.data,
            person_title=self.person_title.data or None,
            person_phone=self.person_phone.data or None,
            person_email=self.person_email.data or None,
            meeting_on=self.meeting_on.data if moved else None,
            meeting_time=(self.meeting_time.data or None) if moved else None,
            meeting_place=(self.meeting_place.data or None) if moved else None,
            representatives=self._representatives() if agrees else (),
            reason_code=self._reason_code(kind),
            reason=self.mistake_note.data or None if kind is ReplyKind.NOT_US else said_why,
            **known,
        )

    def _reason_code(self, kind: ReplyKind) -> str | None:
        if kind is ReplyKind.NOT_US:
            return str(self.mistake.data)
        return (self.reason_code.data or "refusal.other") if kind is ReplyKind.REFUSE else None

    def _representatives(self) -> tuple[dict[str, str], ...]:
        chief = {"name": self.chief_name.data, "title": self.chief_title.data, "role": "chief"}
        others = [
            {"name": name.strip(), "title": "", "role": "member"}
            for name in _SEPARATORS.split(self.others.data or "")
            if name.strip()
        ]
        return (*([chief] if self.chief_name.data else []), *others)


class PaperReplyForm(ReplyForm):
    """The same answer, copied from paper: when it came, and the scan that shows it."""

    received_on = DateField(_l("Day the reply arrived"), [InputRequired()])

    def __init__(self, *args: Any, today: date, has_scan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.has_scan = today, has_scan
        self.kind.label.text = _("Answer of the enterprise")
        self.reason.label.text = _("Its reason, in its own words")
        self.person_name.label.text = _("Name")
        self.person_title.label.text = _("Post")

    def validate_received_on(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("This day has not come yet."))

    def validate_scan(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_("Add the scan: it is the proof of the reply."))


class ReceiptForm(Form):
    """The addressee confirms that the offer arrived."""

    receiver_name = TextField(_l("Your name"), [InputRequired(), Length(max=60)])
    receiver_title = TextField(_l("Your post"), [InputRequired(), Length(max=60)])


class CodeForm(Form):
    """The short code printed on a letter."""

    code = TextField(_l("Reply code"), [InputRequired(), Length(max=20)])
