"""What may be typed on the way up the ladder and about an exposure."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.exposures import measure, periods, wording
from blueprints.exposures.facts import CHANNELS
from blueprints.exposures.handing_over import NEEDS_NUMBER
from blueprints.exposures.ladder import Served
from blueprints.exposures.names import OUTCOMES
from blueprints.exposures.step_models import StepMethod
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, fault, strip
from blueprints.shared.languages import said
from rules.reasons import Group, reason, reasons
from rules.words import Text
from tenants.clock import today

METHODS = {
    StepMethod.IN_PERSON: Text("当面送达", "In person"),
    StepMethod.REGISTERED_POST: Text("挂号信或者EMS", "Registered post or EMS"),
    StepMethod.OFFICIAL_EXCHANGE: Text("机要或者公文交换", "Official exchange"),
}
LONG = [Filled(), Length(max=4000)]


class ConfirmForm(Form):
    """Nothing is typed; the page says what will happen."""


class NoteForm(Form):
    note = TextAreaField(_l("Finding and reason"), LONG, filters=[strip])


class ReminderForm(Form):
    """A reminder letter says nothing that the record does not know."""


class DemandForm(Form):
    new_due_on = DateField(
        _l("New date to reply by"),
        [Optional()],
        description=_l(
            "Never earlier than the rulebook's term allows; left empty, it is that day."
        ),
    )


class OpinionStepForm(Form):
    inspector_names = TextField(
        _l("Inspectors"), [Filled(), Length(max=120)], description=_l("Two at least, by name.")
    )
    inspector_card_nos = TextField(_l("Numbers of their cards"), [Filled(), Length(max=120)])
    inspected_from = DateField(_l("Looked into from"), [InputRequired()])
    inspected_until = DateField(_l("Looked into until"), [InputRequired()])
    enterprise_statement = TextAreaField(_l("What the enterprise said"), [Length(max=4000)])
    signatory_name = TextField(
        _l("Signatory"),
        [Filled(), Length(max=60)],
        description=_l("The chair or a vice-chair of the federation."),
    )

    def validate_inspected_until(self, field: DateField) -> None:
        early = field.data and self.inspected_from.data and field.data < self.inspected_from.data
        if early or (field.data and field.data > today()):
            fault(Text("日期先后不对。", "The days are not in order."))


class HandOverForm(Form):
    authority_name = TextField(_l("To which body"), [Filled(), Length(max=120)])
    union_comment = TextAreaField(_l("Comment of the union"), LONG, filters=[strip])
    cc_names = TextField(_l("Copy to"), [Filled(), Length(max=200)])


class InterviewForm(Form):
    meeting_on = DateField(_l("Day"), [InputRequired()])
    meeting_time = TextField(_l("Time"), [Filled(), Length(max=5)], default="09:00")
    meeting_place = TextField(_l("Place"), [Filled(), Length(max=120)])
    answer_due_on = DateField(_l("Please answer by"), [InputRequired()])

    def validate_meeting_time(self, field: TextField) -> None:
        hours, _colon, minutes = str(field.data).partition(":")
        fine = hours.isdigit() and minutes.isdigit() and len(minutes) == 2
        if not fine or int(hours) > 23 or int(minutes) > 59:
            raise ValidationError(_l("Write the time as 09:00."))
        field.data = f"{int(hours):02}:{minutes}"


class ServiceForm(Form):
    """Proven service: the day, who took it, and the proof."""

    method = SelectField(_l("How"), [InputRequired()])
    served_on = DateField(_l("Day"), [InputRequired()])
    receiver_name = TextField(_l("Who took it"), [Length(max=60)])
    post_number = TextField(_l("Number of the registered letter"), [Length(max=40)])
    evidence = FileField(_l("Photo or scan of the proof"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method.choices = [SelectChoice(name, said(words)) for name, words in METHODS.items()]

    def validate_evidence(self, field: FileField) -> None:
        if not field.data and not self.post_number.data:
            raise ValidationError(
                _l("Service needs proof: a photo or scan, or the number of the registered letter.")
            )

    def validate_served_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("The day of service has not come yet."))

    def receipt(self, evidence_id: int | None) -> Served:
        return Served(
            StepMethod(self.method.data),
            self.served_on.data,
            self.receiver_name.data or None,
            self.post_number.data or None,
            evidence_id,
        )


class AnswerForm(Form):
    answered_on = DateField(_l("Received on"), [InputRequired()])
    words = TextAreaField(_l("The answer, word for word"), LONG)


class ExamineForm(NoteForm):
    finding = RadioField(
        _l("Does the answer settle the matter?"),
        [InputRequired()],
        choices=[
            SelectChoice("settled", _l("Yes, the matter ends here")),
            SelectChoice("unsettled", _l("No, it stays open")),
        ],
    )


class ExamineStatementForm(NoteForm):
    """The finding on what an enterprise said; `seen` is how much of it was on the page."""

    seen = HiddenField()
    finding = RadioField(
        _l("Does it give a proper reason?"),
        [InputRequired()],
        choices=[
            SelectChoice("unfounded", _l("No; two leaders decide what follows")),
            SelectChoice("proper", _l("Yes; the case ends and nothing is published")),
        ],
    )

    def statements_read(self) -> int | None:
        """How many statements stood on the page; None where nothing was said of it."""
        return int(self.seen.data) if str(self.seen.data or "").isdecimal() else None


class MinutesForm(Form):
    held_on = DateField(_l("Held on"), [InputRequired()])
    attended = RadioField(
        _l("Did the enterprise come?"),
        [InputRequired()],
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
    )
    chair_name = TextField(_l("Chair of the interview"), [Filled(), Length(max=60)])
    recorder_name = TextField(_l("Recorder"), [Filled(), Length(max=60)])
    attendees = TextAreaField(
        _l("Who was there"),
        [Length(max=2000)],
        description=_l("One a line: body, name, post."),
    )
    enterprise_statement = TextAreaField(_l("What the enterprise said"), [Length(max=4000)])
    union_comment = TextAreaField(_l("What the union said"), [Length(max=4000)])
    authority_comment = TextAreaField(_l("What the labour authority said"), [Length(max=4000)])
    employer_bodies_comment = TextAreaField(
        _l("What the employers' bodies said"), [Length(max=4000)]
    )
    agreements = TextAreaField(
        _l("What was agreed"), [Length(max=4000)], description=_l("One point a line.")
    )
    open_points_text = TextAreaField(
        _l("What was not agreed, and what follows"), LONG, filters=[strip]
    )
    record_objection_text = TextAreaField(
        _l("Different views on the record"),
        [Length(max=2000)],
        description=_l("Also that somebody would not sign, and why."),
    )


class ProposeForm(Form):
    """The wording of the state of the matter; the facts come out of the record."""

    body = TextAreaField(_l("State of the matter, in one sentence"), LONG, filters=[strip])
    channel = RadioField(_l("Up to which channel"), [InputRequired()], default="union_site")
    duration_days = IntegerField(_l("Days it stands"), [InputRequired(), NumberRange(min=1)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = [
            SelectChoice(name, said(CHANNELS[name])) for name in measure.allowed_channels()
        ]
        if self.channel.data not in measure.allowed_channels():
            self.channel.data = measure.allowed_channels()[-1]

    def validate_duration_days(self, field: IntegerField) -> None:
        longest = periods.longest_shown()
        if field.data and field.data > longest:
            raise ValidationError(_("At most %(days)s days.", days=longest))

    def validate_body(self, field: TextAreaField) -> None:
        for code in wording.faults(field.data or ""):
            fault(reason(code).say)


class OutcomeForm(Form):
    """What another body did with what was handed over, out of its own document."""

    outcome = RadioField(_l("What became of it"), [InputRequired()])
    outcome_on = DateField(_l("Date of its document"), [InputRequired()])
    outcome_no = TextField(_l("Number of its document"), [Length(max=60)])
    words = TextAreaField(_l("Its finding, word for word"), LONG)
    evidence = FileField(_l("Scan of its document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [SelectChoice(one, said(words)) for one, words in OUTCOMES.items()]

    def validate_outcome_no(self, field: TextField) -> None:
        if self.outcome.data in NEEDS_NUMBER and not field.data:
            raise ValidationError(_l("Without the number of its document nobody can rely on it."))

    def validate_outcome_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("This day has not come yet."))


class StatementForm(Form):
    words = TextAreaField(_l("The statement, word for word"), [Filled(), Length(max=8000)])
    person_name = TextField(_l("Filed by"), [Length(max=60)])
    evidence = FileField(_l("Scan of the paper"))
    open_ = BooleanField(_l("It may be shown beside the announcement"), default=True)


class OpinionForm(Form):
    given_on = DateField(_l("Given on"), [InputRequired()])
    note = TextAreaField(_l("Opinion of the tripartite partners"), LONG, filters=[strip])


class ObjectionForm(Form):
    note = TextAreaField(_l("The objection, word for word"), LONG)


class CorrectionForm(Form):
    error_text = TextAreaField(_l("What was wrong"), LONG, filters=[strip])
    corrected_text = TextAreaField(_l("What is right"), LONG, filters=[strip])
    error_cause_text = TextAreaField(_l("How the error came about"), LONG, filters=[strip])
    remedy_text = TextAreaField(_l("What else is done about it"), LONG, filters=[strip])


class PublishForm(Form):
    """Nothing is typed; but a reply on paper is only found by whoever asks for it."""

    asked = BooleanField(
        _l("Asked today: neither the post room nor any issuing union holds a reply on paper"),
        [InputRequired(_l("Ask them first: a reply on paper that lies anywhere is a reply."))],
    )


class WithdrawForm(Form):
    ground = RadioField(
        _l("Ground"),
        [InputRequired()],
        choices=[
            SelectChoice("remedied", _l("Remedied: it has replied or bargains")),
            SelectChoice("error", _l("A fact or a step was wrong")),
        ],
    )
    note = TextAreaField(_l("What was found"), LONG, filters=[strip])


class ExcludeForm(Form):
    code = SelectField(_l("Reason"), [InputRequired()])
    note = TextAreaField(_l("What was found"), LONG, filters=[strip])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.choices = [
            SelectChoice(one.code, said(one.label)) for one in reasons(Group.EXPOSURE_EXCLUSION)
            if one.code in RECORDED
        ]  # fmt: skip


RECORDED = {
    "exposure.bargaining", "exposure.signed", "exposure.proper_reason",
    "exposure.reason_under_review", "exposure.force_majeure", "exposure.wrong_addressee",
    "exposure.small_or_crisis",
}  # fmt: skip
