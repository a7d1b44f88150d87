"""What may be typed on a contract: filing, review, publication, change and end, members."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from blueprints.contracts.filing.actions import Answer, Receipt
from blueprints.contracts.ground.filing_models import Filer, ReviewKind
from blueprints.contracts.ground.labels import MEMBER_BASES
from blueprints.contracts.ground.membership_models import LeavingReason
from blueprints.contracts.ground.membership_words import REASONS
from blueprints.contracts.ground.models import Contract, Reach
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.words import Text
from tenants.clock import today

LONG = [Filled(), Length(max=2000)]
FILERS = {
    Filer.EMPLOYER: Text("企业一方", "The employer's side"),
    Filer.ASSOCIATION: Text("企业代表组织", "The employers' association"),
    Filer.UNION: Text("工会一方", "The union's side"),
}
KINDS = {
    ReviewKind.NO_OBJECTION: Text("无异议", "No objection"),
    ReviewKind.OBJECTION: Text("有异议，需重新协商", "Objection: to be bargained again"),
}


class ContractForm(Form):
    """A form that knows the contract it is about."""

    def __init__(self, *args: Any, contract: Contract | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.ready()

    def ready(self) -> None:
        """Fill in the choices."""


class ConfirmForm(ContractForm):
    pass


class PastDay(DateField):
    """A day that has come."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002 - as WTForms calls it
        if not validation_stopped and self.data and self.data > today():
            raise ValidationError(_l("This day has not come yet."))


class AssembleForm(ContractForm):
    filer = RadioField(_l("Who files"), [InputRequired()])
    filer_name = TextField(_l("Name of the filing party"), [Filled(), Length(max=120)])
    authority_name = TextField(_l("Labour authority"), [Filled(), Length(max=120)])

    def ready(self) -> None:
        many = self.contract is not None and self.contract.level != Reach.ENTERPRISE
        self.filer.choices = [
            SelectChoice(str(key), said(words))
            for key, words in FILERS.items()
            if many or key == "employer"
        ]


class ReceiptForm(ContractForm):
    handed_in_on = PastDay(_l("Handed in on"), [InputRequired()])
    received_on = PastDay(_l("Received by the authority on"), [InputRequired()])
    receipt_no = TextField(_l("Number of the receipt"), [Length(max=60)])
    scan = FileField(_l("Scan of the receipt"))

    def validate_receipt_no(self, field: TextField) -> None:
        if not field.data and not self.scan.data:
            raise ValidationError(_l("Enter the number of the receipt or add its scan."))

    def receipt(self, document_id: int | None) -> Receipt:
        return Receipt(
            self.handed_in_on.data, self.received_on.data, self.receipt_no.data or None, document_id
        )


class SupplementForm(ContractForm):
    asked_on = PastDay(_l("Asked for on"), [InputRequired()])
    words = TextAreaField(_l("What the authority asks for"), LONG, filters=[strip])


class SuppliedForm(ContractForm):
    supplied_on = PastDay(_l("Supplied on"), [InputRequired()])


class ReviewForm(ContractForm):
    kind = RadioField(_l("What the authority says"), [InputRequired()])
    delivered_on = PastDay(_l("Delivered on"), [InputRequired()])
    letter_no = TextField(_l("Number of its letter"), [Length(max=60)])
    opinion = TextAreaField(_l("Its opinion, word for word"), LONG)
    points = TextAreaField(_l("Clauses objected to, one a line"), [Length(max=2000)])
    scan = FileField(_l("Scan of its letter"))

    def ready(self) -> None:
        self.kind.choices = [SelectChoice(str(key), said(words)) for key, words in KINDS.items()]

    def validate_points(self, field: TextAreaField) -> None:
        if self.kind.data == ReviewKind.OBJECTION and not (field.data or "").strip():
            raise ValidationError(_l("Name the clauses that are objected to."))

    def answer(self, document_id: int | None) -> Answer:
        lines = [line.strip() for line in (self.points.data or "").splitlines() if line.strip()]
        return Answer(
            ReviewKind(self.kind.data),
            self.delivered_on.data,
            self.opinion.data,
            self.letter_no.data or None,
            [{"clause": line} for line in lines] if self.kind.data == "objection" else [],
            document_id,
        )


class PublicationForm(ContractForm):
    enterprise_id = SelectField(_l("Enterprise"), [InputRequired()], coerce=int)
    place = TextField(_l("Where it hangs"), [Filled(), Length(max=200)])
    from_on = PastDay(_l("From"), [InputRequired()])
    until_on = DateField(_l("Until"), [Optional()])
    photo = FileField(_l("Photo of the board"))
    note = TextField(_l("Remark"), [Length(max=400)])

    def validate_until_on(self, field: DateField) -> None:
        if field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError(_l("It ends before it begins."))


class CopyForm(ContractForm):
    to = TextField(_l("Upper union"), [Filled(), Length(max=120)])
    on = PastDay(_l("Handed over on"), [InputRequired()])
    note = TextField(_l("Remark"), [Length(max=400)])


class AgreedForm(ContractForm):
    reason = TextAreaField(_l("Reason and evidence"), LONG, filters=[strip])
    both = BooleanField(_l("Both sides have agreed to it in writing"))

    def validate_both(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Without the agreement of both sides it stays as it is."))


class KeepForm(ContractForm):
    both = BooleanField(_l("Both sides agree that it stays as it is"))

    def validate_both(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Both sides must agree."))


class EndForm(ContractForm):
    voted_on = PastDay(_l("The congress voted on"), [InputRequired()])
    on = PastDay(_l("Ended on"), [InputRequired()])
    passed = BooleanField(_l("The congress passed the termination"))


class EndReportForm(ContractForm):
    on = PastDay(_l("Reported on"), [InputRequired()])


class MemberForm(Form):
    """The basis on which the picked enterprises are bound."""

    basis = RadioField(_l("Basis"), [InputRequired()])
    on = PastDay(_l("Since"), [InputRequired()])
    note = TextField(_l("What proves it"), [Length(max=400)])
    evidence = FileField(_l("Scan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis.choices = [
            SelectChoice(str(key), said(words)) for key, words in MEMBER_BASES.items()
        ]

    def validate_note(self, field: TextField) -> None:
        if not (field.data or "").strip() and not self.evidence.data:
            raise ValidationError(_l("Say what proves it, or add a scan."))


class LeaveForm(Form):
    reason = RadioField(_l("Reason"), [InputRequired()])
    on = PastDay(_l("No longer bound from"), [InputRequired()])
    note = TextField(_l("Remark"), [Length(max=400)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [
            SelectChoice(str(key), said(REASONS[key]))
            for key in LeavingReason
            if key != LeavingReason.LAPSED
        ]
