"""What may be typed for the habits: numbers within their limits, points that make a hundred."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from wtforms import DecimalField, HiddenField
from wtforms.validators import Optional, ValidationError

from blueprints.contracts.habits.actions import plain
from blueprints.contracts.habits.listed import GRADE_LIMITS, HABITS, Habit
from blueprints.contracts.habits.values import kept, version
from blueprints.shared.forms import Form
from blueprints.shared.languages import said
from rules.assessment import Item

FIELDS = {key: key.replace(".", "_") for key in HABITS}


class HabitField(DecimalField):
    """A number of a habit; left empty, the default counts."""

    def __init__(self, habit: Habit, **kwargs: Any) -> None:
        super().__init__(validators=[Optional(), self.within], places=None, **kwargs)
        self.habit = habit
        self.label.text = said(habit.label)

    def within(self, _form: Form, field: "HabitField") -> None:
        low, high = self.habit.low, self.habit.high
        if not field.data.is_finite() or not low <= Fraction(str(field.data)) <= high:
            raise ValidationError(
                _("Between %(low)s and %(high)s.", low=f"{float(low):g}", high=f"{float(high):g}")
            )
        if self.habit.whole and field.data != int(field.data):
            raise ValidationError(_("Whole numbers only."))


class HabitsForm(Form):
    version = HiddenField()

    def values(self) -> dict[str, Fraction | None]:
        """By key; None where the field was left empty."""
        return {key: self._value(key) for key in HABITS}

    def _value(self, key: str) -> Fraction | None:
        data = self[FIELDS[key]].data
        return None if data is None else Fraction(str(data))

    def _counted(self, key: str) -> Fraction:
        said_ = self._value(key)
        return HABITS[key].default if said_ is None else said_

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        whole = sum(self._counted(f"points.{item}") for item in Item)
        if whole != 100:
            self._refuse(
                f"points.{next(iter(Item))}",
                _("The points make %(sum)s, not 100.", sum=f"{float(whole):g}"),
            )
            fine = False
        limits = [self._counted(f"grade.{grade}") for grade in GRADE_LIMITS]
        if not limits[0] > limits[1] > limits[2]:
            first = f"grade.{next(iter(GRADE_LIMITS))}"
            self._refuse(first, _("Each grade needs more points than the next."))
            fine = False
        return fine

    def _refuse(self, key: str, words: str) -> None:
        field = self[FIELDS[key]]
        field.errors = [*field.errors, words]


for _key, _name in FIELDS.items():
    setattr(HabitsForm, _name, HabitField(HABITS[_key]))


def form_as_it_stands() -> HabitsForm:
    """Filled with what was set; a field at its default stays empty."""
    set_here = {FIELDS[key]: Decimal(plain(said_, key)) for key, said_ in kept().items()}
    return HabitsForm(formdata=None, data={**set_here, "version": version()})
