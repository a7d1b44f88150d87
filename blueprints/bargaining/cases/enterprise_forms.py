"""What may be typed about the enterprises of a case."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.bargaining.ground.labels import PARTS
from blueprints.bargaining.ground.models import CaseEnterprise, Part
from blueprints.shared.forms import DateField, Form, InputRequired, strip
from blueprints.shared.languages import said
from tenants.clock import today

BY_HAND = (Part.CANDIDATE, Part.RECOGNISING, Part.LEFT)


class CountForm(Form):
    counted_on = DateField(_l("Headcounts as of"), [InputRequired()])

    def validate_counted_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))


class PartForm(Form):
    part = RadioField(_l("How it takes part"))
    on = DateField(_l("Since"), [InputRequired()])
    reason = TextAreaField(_l("Why it leaves"), [Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, row: CaseEnterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        # only a paper makes an enterprise one that gave a mandate
        ways = {key: words for key, words in PARTS.items() if key in {*BY_HAND, row.part}}
        self.part.choices = [(key, said(words)) for key, words in ways.items()]

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))
        if field.data and field.data < self.row.joined_on:
            raise ValidationError(_("It came into the case on %(day)s.", day=self.row.joined_on))

    def validate_reason(self, field: TextAreaField) -> None:
        if self.part.data == Part.LEFT and not field.data:
            raise ValidationError(_("Say why it leaves."))
