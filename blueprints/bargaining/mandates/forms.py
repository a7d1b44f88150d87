"""What may be typed about a mandate."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.bargaining.ground.team_models import Mandate
from blueprints.bargaining.mandates.actions import POWERS
from blueprints.registry.models import EmployerAssociation
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from tenants.clock import today


class MandateForm(Form):
    """The paper is recorded as it came: what it lacks is found and shown, never refused."""

    agent = TextField(_l("Agent"), [Length(max=80)])
    agent_title = TextField(_l("Post or office"), [Length(max=80)])
    association_id = SelectField(_l("Acts through"), default="")
    matter = TextAreaField(_l("Matter"), [Length(max=500)], filters=[strip])
    powers = SelectMultipleField(_l("Powers ticked"))
    signed_on = DateField(_l("Signed on"), [Optional()])
    from_on = DateField(_l("In force from"), [Optional()])
    to_on = DateField(_l("until"), [Optional()])
    sealed = BooleanField(_l("It bears the seal or signature of the enterprise"))
    scan = FileField(_l("Scan"))
    delegated_by = TextField(_l("Sub-delegated by"), [Length(max=80)])
    delegation_agreed = BooleanField(_l("The enterprise agreed to the sub-delegation"))

    def __init__(
        self, *args: Any, associations: Sequence[EmployerAssociation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.powers.choices = [(key, said(words)) for key, words in POWERS.items()]
        self.association_id.choices = [
            ("", "—"), *((str(one.id), one.name) for one in associations),
        ]  # fmt: skip

    def validate_signed_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def validate_scan(self, field: FileField) -> None:
        if self.sealed.data and not getattr(field.data, "filename", ""):
            raise ValidationError(_("Upload the scan that shows the seal."))

    def facts(self) -> dict[str, Any]:
        """What the paper says, as the row keeps it."""
        maybe = ("agent_title", "signed_on", "from_on", "to_on", "delegated_by")
        return {
            "agent": self.agent.data or "",
            "matter": self.matter.data or "",
            **{key: self[key].data or None for key in maybe},
            "powers": list(self.powers.data or ()),
            "association_id": int(self.association_id.data) if self.association_id.data else None,
            "sealed": self.sealed.data,
            "delegation_agreed": self.delegation_agreed.data,
        }


class RevocationForm(Form):
    on = DateField(_l("Revoked on"), [InputRequired()])
    reason = TextAreaField(_l("Why"), [Filled(), Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))
        if field.data and self.mandate.signed_on and field.data < self.mandate.signed_on:
            raise ValidationError(_("It was only signed on %(day)s.", day=self.mandate.signed_on))
