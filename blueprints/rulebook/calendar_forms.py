"""What may be typed about days: a holiday of a notice, a complete year, how days are counted."""

import re
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.shared.forms import DateField, Filled, Form, TextField, strip

FIRST_YEAR, LAST_YEAR = 2001, 2050
LONGEST = 31  # days of one holiday
SATURDAY = 5
NOTICE = Length(max=80, message=_l("At most %(max)d characters."))


class EntryForm(Form):
    """One holiday as the State Council's notice has it: days off, and days worked for them."""

    name = TextField(_l("Holiday"), [Filled(), Length(max=40)])
    first = DateField(_l("First day off"), [Optional()])
    last = DateField(_l("Last day off"), [Optional()])
    make_up = TextAreaField(_l("Days worked instead"), filters=[strip])
    notice = TextField(_l("Number of the notice"), [Filled(), NOTICE])

    taken: dict[date, str]  # days that other entries have, with their names
    year: int

    def validate_last(self, field: DateField) -> None:
        first = self.first.data
        if first is None or field.data is None:
            return
        if field.data < first:
            raise ValidationError(_("It cannot end before it begins."))
        if (field.data - first).days >= LONGEST:
            raise ValidationError(_("More than %(days)s days off in one go; check.", days=LONGEST))
        self._free(self.days_off())

    def validate_make_up(self, field: TextAreaField) -> None:
        if self.first.data is None and not field.data:
            raise ValidationError(_("Give the days off, or the days worked, or both."))
        days = self.days_worked()
        if both := sorted(set(days) & set(self.days_off())):
            raise ValidationError(_("%(day)s is given as a day off too.", day=both[0]))
        self._free(days)

    def days_off(self) -> list[date]:
        first, last = self.first.data, self.last.data or self.first.data
        if first is None or last is None or not 0 <= (last - first).days < LONGEST:
            return []
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def days_worked(self) -> list[date]:
        days = []
        for word in re.split(r"[\s,，、;；]+", self.make_up.data or ""):
            try:
                days += [date.fromisoformat(word)] if word else []
            except ValueError:
                words = _(
                    "“%(word)s” is not a date such as %(year)s-02-14.", word=word, year=self.year
                )
                raise ValidationError(words) from None
        return sorted(set(days))

    def _free(self, days: list[date]) -> None:
        for day in days:
            if not FIRST_YEAR <= day.year <= LAST_YEAR or abs(day.year - self.year) > 1:
                raise ValidationError(_("%(day)s is not of this year.", day=day))
            if day in self.taken:
                words = _("%(day)s is already entered (%(name)s); change that entry.",
                          day=day, name=self.taken[day])  # fmt: skip
                raise ValidationError(words)


class YearForm(Form):
    notice = TextField(_l("Number of the notice"), [Filled(), NOTICE])


class ReasonForm(Form):
    reason = TextField(_l("Why"), [Filled(), Length(max=200)])


class ConventionsForm(Form):
    roll_off_rest_days = BooleanField(
        _l("A calendar-day period that ends on a day of rest moves to the next working day")
    )
    make_up_days_count = BooleanField(_l("Days worked in exchange count as working days"))


def entry_form(year: int, taken: dict[date, str], **known: Any) -> EntryForm:
    form = EntryForm(data=known)
    form.year, form.taken = year, taken
    return form
