"""What may be typed about a roster: many people at once, and the workers' vote on it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.bargaining.ground.labels import CHOSEN
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.teams.forms import WAYS
from blueprints.bargaining.teams.roster_votes import ASSEMBLIES, Said, stood_on
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from tenants.clock import today

MOST = 5_000_000


class RosterForm(Form):
    """A list, and what holds for every row that does not say otherwise."""

    lines = TextAreaField(_l("The list, pasted from a spreadsheet"), [Length(max=200_000)])
    file = FileField(_l("Or a sheet, XLSX or CSV"))
    chosen = SelectField(_l("How chosen, where a row does not say"))
    chosen_on = DateField(_l("Chosen on, where a row does not say"), [InputRequired()])
    electorate = IntegerField(
        _l("Entitled to vote, where a row does not say"), [Optional(), NumberRange(1, MOST)]
    )
    record = FileField(_l("Record of the election or appointment, for all of them"))

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen.choices = [(key, said(CHOSEN[key])) for key in WAYS[side]]

    def validate_lines(self, field: TextAreaField) -> None:
        if not (field.data or "").strip() and not self.file.data:
            raise ValidationError(_("Paste the list, or choose a sheet."))

    def bytes_(self) -> bytes:
        file = self.file.data
        return file.read() if file else (self.lines.data or "").encode()

    def otherwise(self) -> dict[str, str]:
        known = {"chosen": self.chosen.data, "chosen_on": self.chosen_on.data.isoformat()}
        return known | ({"electorate": str(self.electorate.data)} if self.electorate.data else {})


class RosterVoteForm(Form):
    assembly = RadioField(_l("Who voted"), [InputRequired()])
    held_on = DateField(_l("Voted on"), [InputRequired()])
    place = TextField(_l("Place"), [Length(max=200)])
    people = SelectMultipleField(_l("Who was on the list"), [InputRequired()])
    electorate = IntegerField(_l("Entitled to vote"), [InputRequired(), NumberRange(1, MOST)])
    present = IntegerField(_l("Present"), [InputRequired(), NumberRange(1, MOST)])
    in_favour = IntegerField(_l("In favour"), [InputRequired(), NumberRange(0, MOST)])
    against = IntegerField(_l("Against"), [Optional(), NumberRange(0, MOST)])
    abstained = IntegerField(_l("Abstained"), [Optional(), NumberRange(0, MOST)])
    record = FileField(_l("Minutes or count sheet"))
    note = TextAreaField(_l("Remark"), [Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, case: BargainingCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assembly.choices = [
            SelectChoice(key, said(words)) for key, words in ASSEMBLIES.items()
        ]
        self.people.choices = [(str(one.id), one.name) for one in stood_on(case, case.opened_on)]

    def validate_held_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def validate_present(self, field: IntegerField) -> None:
        if field.data and self.electorate.data and field.data > self.electorate.data:
            raise ValidationError(
                _("More than the %(num)s entitled to vote.", num=self.electorate.data)
            )

    def validate_in_favour(self, field: IntegerField) -> None:
        given = sum(one.data or 0 for one in (field, self.against, self.abstained))
        if field.data is not None and self.present.data and given > self.present.data:
            raise ValidationError(
                _("%(given)s votes in all, and only %(num)s were present.", given=given,
                  num=self.present.data)
            )  # fmt: skip

    def said(self) -> Said:
        return Said(
            self.assembly.data, self.place.data or "", self.held_on.data,
            [int(ident) for ident in self.people.data], self.electorate.data, self.present.data,
            self.in_favour.data, self.against.data or 0, self.abstained.data or 0,
            self.note.data or None,
        )  # fmt: skip


class StrikeForm(Form):
    reason = TextAreaField(_l("What was wrong"), [Filled(), Length(max=500)], filters=[strip])
