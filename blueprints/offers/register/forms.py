"""What an officer or supervisor may type about an offer that is out."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from blueprints.offers.ground.labels import FINDINGS, SERVICE_METHODS
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Finding, ServiceMethod
from blueprints.offers.service.actions import Receipt, fault_in_service_day
from blueprints.shared.forms import DateField, Form, InputRequired, TextField, fault, strip
from blueprints.shared.languages import said
from rules.days import local_day
from rules.reasons import Group, reasons

BY_HAND = (
    ServiceMethod.IN_PERSON,
    ServiceMethod.REGISTERED_POST,
    ServiceMethod.EMAIL_ACKNOWLEDGED,
)


class ServiceForm(Form):
    """One attempt to serve: it reached them, with proof, or it did not, with the reason."""

    reached = RadioField(
        _l("What happened"),
        [InputRequired()],
        choices=[
            SelectChoice("yes", _l("It was received")),
            SelectChoice("no", _l("It could not be served")),
        ],
        default="yes",
    )
    method = SelectField(_l("How"), [InputRequired()])
    served_on = DateField(_l("Day"), [InputRequired(_l("Enter the day on the delivery receipt."))])
    receiver_name = TextField(_l("Who took it"), [Length(max=60)])
    receiver_title = TextField(_l("Post"), [Length(max=60)])
    witness = TextField(_l("Witness"), [Length(max=60)])
    post_number = TextField(_l("Number of the registered letter"), [Length(max=40)])
    photo = FileField(_l("Take a photo of the proof"))
    evidence = FileField(_l("Or choose a photo or scan"))
    # Not Optional(): that ends the checks of an empty field, and the reason would not be asked for.
    failure = SelectField(_l("Why not"), validate_choice=False)
    note = TextAreaField(_l("Remark"), [Length(max=1000)], filters=[strip])

    def __init__(
        self, *args: Any, offer: Offer, today: date, on_site: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.today, self.on_site = offer, today, on_site
        self.method.choices = [SelectChoice(m, said(SERVICE_METHODS[m])) for m in BY_HAND]
        self.failure.choices = [
            SelectChoice("", _("Choose …")),
            *(SelectChoice(r.code, said(r.label)) for r in reasons(Group.SERVICE_FAILURE)),
        ]

    @property
    def was_reached(self) -> bool:
        return bool(self.reached.data == "yes")

    def validate_served_on(self, field: DateField) -> None:
        if field.data:
            sealed_on = local_day(self.offer.sealed_at)
            fault(fault_in_service_day(field.data, sealed_on=sealed_on, today=self.today))

    def validate_evidence(self, field: FileField) -> None:
        proof = field.data or self.photo.data or self.post_number.data
        if self.was_reached and not proof:
            raise ValidationError(
                _("Service needs proof: a photo or scan, or the number of the registered letter.")
            )

        if self.was_on_site and not (field.data or self.photo.data):
            raise ValidationError(_("Service on site is proven by a photo or scan."))

    def validate_witness(self, field: TextField) -> None:
        if self.was_on_site and not field.data:
            raise ValidationError(_("Service on site needs a witness; write the name."))

    @property
    def was_on_site(self) -> bool:
        """Whether somebody was sent there, after mail and post had failed, and served it."""
        in_person = self.method.data == ServiceMethod.IN_PERSON
        return self.on_site and self.was_reached and in_person

    def validate_receiver_name(self, field: TextField) -> None:
        if self.was_reached and self.method.data == ServiceMethod.IN_PERSON and not field.data:
            raise ValidationError(_("Say who took the letter."))

    def validate_failure(self, field: SelectField) -> None:
        known = {reason.code for reason in reasons(Group.SERVICE_FAILURE)}
        if not self.was_reached and field.data not in known:
            raise ValidationError(_("Say why it could not be served."))

    def receipt(self, **known: Any) -> Receipt:
        return Receipt(
            method=ServiceMethod(self.method.data),
            served_on=self.served_on.data,
            receiver_name=self.receiver_name.data or None,
            receiver_title=self.receiver_title.data or None,
            witness=self.witness.data or None,
            post_number=self.post_number.data or None,
            note=self.note.data or None,
            **known,
        )


class ReviewForm(Form):
    """The upper union's finding on the reason of a refusal."""

    finding = RadioField(_l("Finding"), [InputRequired()])
    note = TextAreaField(
        _l("Why"),
        [
            DataRequired(_l("Write the reason of the finding; the enterprise reads it.")),
            Length(max=2000),
        ],
        filters=[strip],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding.choices = [SelectChoice(f, said(FINDINGS[f])) for f in Finding]


class WithdrawalForm(Form):
    """Why an offer is taken back."""

    reason = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("State the reason; it stays with the offer.")), Length(max=1000)],
        filters=[strip],
    )


class GoneForm(WithdrawalForm):
    """Why there is nobody to bargain with any more, and what the register says from now on."""

    register = RadioField(
        _l("On the register"),
        [InputRequired()],
        choices=[
            SelectChoice("closed", _l("The enterprise has closed")),
            SelectChoice("moved", _l("The enterprise has moved away")),
            SelectChoice("keep", _l("Leave the register as it is")),
        ],
        default="closed",
    )
