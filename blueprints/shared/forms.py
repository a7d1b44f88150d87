"""What every form shares: a token against forgery, words in the user's language."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField as _DateField
from wtforms import StringField
from wtforms.validators import DataRequired, ValidationError
from wtforms.validators import InputRequired as _InputRequired

from blueprints.shared.languages import said
from rules.words import Text

REQUIRED = _l("Please fill in this field")


class Form(FlaskForm):
    """A form of the house. What was typed stays in it whatever happens."""


class InputRequired(_InputRequired):
    def __init__(self, message: Any = REQUIRED) -> None:
        super().__init__(message)


class Filled(DataRequired):
    """Something is written here; spaces are nothing."""

    def __init__(self, message: Any = REQUIRED) -> None:
        super().__init__(message)


class DateField(_DateField):
    """A day. Says in words what it cannot read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("This is not a date. Write it as 2026-03-31.")) from None


def strip(value: Any) -> Any:
    """A filter: no space, not even a full-width one, before or after what was typed."""
    return value.strip(" \t\r\n\u3000") if isinstance(value, str) else value


class TextField(StringField):
    """One line of text, trimmed."""

    def __init__(self, *args: Any, filters: tuple[Any, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, filters=(strip, *filters), **kwargs)


def fault(text: Text | None) -> None:
    """Put a rule's answer beside the field: raise it as the field's error, if there is one."""
    if text is not None:
        raise ValidationError(said(text))
