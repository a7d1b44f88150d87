"""What a federation says of itself: names, whom to ask, the stems of its document numbers."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.settings.federation import DAYS_BEFORE, facts, stem_of
from blueprints.shared.forms import Form, InputRequired, TextField
from tenants.models import Tenant
from tenants.numbering import SUFFIXES

STEM = re.compile(r"[^\d\s〔〕\[\]()（）]+")


class StemField(TextField):
    """The characters before the year in a document number."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        if self.data and not STEM.fullmatch(self.data):
            raise ValidationError(_("Only characters: no digit, no space, no bracket."))


class FederationForm(Form):
    name = TextField(_l("Name of the federation"), [InputRequired(), Length(max=80)])
    name_en = TextField(_l("English name"), [InputRequired(), Length(max=120)])
    short_name = StemField(_l("Document characters"), [InputRequired(), Length(max=12)])
    sender_name = TextField(_l("Sender name of mails"), [Length(max=80)])
    contact_name = TextField(_l("Contact person"), [Length(max=60)])
    contact_phone = TextField(_l("Telephone"), [Length(max=40)])
    contact_address = TextField(_l("Address"), [Length(max=200)])
    remind_before_days = IntegerField(
        _l("Remind before the reply is due, in days"),
        [Optional(), NumberRange(1, 15, _l("Between 1 and 15 days."))],
        default=DAYS_BEFORE,
    )
    offer = StemField(_l("Offers"), [Length(max=20)])
    feedback = StemField(_l("Feedback"), [Length(max=20)])
    reminder = StemField(_l("Reminders"), [Length(max=20)])
    letter = StemField(_l("Letters"), [Length(max=20)])

    def stems(self) -> dict[str, Field]:
        return {kind: self[kind] for kind in SUFFIXES if kind in self}

    def validate(self, extra_validators: Any = None) -> bool:
        """Two series under one stem would give two documents the same number."""
        fine = super().validate(extra_validators)
        seen: dict[str, Field] = {}
        for kind, field in self.stems().items():
            stem = field.data or stem_of(kind, self.short_name.data or "")
            if stem in seen:
                words = _("%(other)s already uses this stem.", other=seen[stem].label.text)
                field.errors = [*field.errors, words]
                fine = False
            seen.setdefault(stem, field)
        return bool(fine)


def form_of(tenant: Tenant) -> FederationForm:
    """The form as the federation stands now."""
    return FederationForm(formdata=None, data=facts(tenant))
