"""A day to look back to."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from blueprints.shared.forms import DateField, Form


class DayForm(Form):
    on = DateField(_l("As of"), [Optional()])
