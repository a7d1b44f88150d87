"""What may be typed about a dispute."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length, NumberRange, ValidationError

from blueprints.bargaining.disputes.actions import Application
from blueprints.bargaining.disputes.clocks import MAKING
from blueprints.bargaining.disputes.parties import ears_of
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import APPLICANTS
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said

LONG = [Filled(), Length(max=4000)]


class ApplicationForm(Form):
    applicant = RadioField(_l("Who applies"), [InputRequired()])
    authority = TextField(_l("To which body"), [Filled(), Length(max=120)])
    matter = TextAreaField(_l("About what"), LONG, filters=[strip])
    applied_on = DateField(_l("Applied on"), [InputRequired()])
    paper = FileField(
        _l("The application"), description=_l("Can be filed later, once it is sealed.")
    )

    def about(self, case: BargainingCase, _row: Any) -> None:
        names = _(", ").join(ear.name for ear in ears_of(case))
        self.matter.description = _("Both sides read this word for word: %(names)s.", names=names)
        self.applicant.choices = [
            SelectChoice(name, said(words)) for name, words in APPLICANTS.items()
        ]

    def application(self, document_id: int | None) -> Application:
        return Application(
            self.applicant.data, self.authority.data, self.matter.data, self.applied_on.data,
            document_id,
        )  # fmt: skip


class PaperForm(Form):
    paper = FileField(_l("The application"))

    def validate_paper(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the application."))


class DayForm(Form):
    on = DateField(_l("On"), [InputRequired()])

    def about(self, case: BargainingCase, _row: Any) -> None:
        rule = rule_for(case, MAKING)
        self.on.description = f"{said(rule.text)} ({said(rule.citation)})"


class ExtensionForm(Form):
    days = IntegerField(_l("Days"), [InputRequired(), NumberRange(1, 60)])
    reason = TextAreaField(_l("Reason"), [Filled(), Length(max=500)], filters=[strip])


class SettlementForm(Form):
    on = DateField(_l("Settled on"), [InputRequired()])
    outcome = TextAreaField(_l("What was settled"), LONG, filters=[strip])
    paper = FileField(_l("The settlement"))

    def validate_paper(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the settlement."))


class EndForm(Form):
    on = DateField(_l("On"), [InputRequired()])
    outcome = TextAreaField(_l("How it ended"), LONG, filters=[strip])
