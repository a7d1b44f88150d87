"""What an enterprise may type at its own page: the code, its statement, an objection."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from blueprints.shared.forms import Filled, Form, InputRequired, TextField

LONGEST = 8000  # characters of a statement


class CodeForm(Form):
    code = TextField(_l("Code on the notice"), [InputRequired(), Length(max=40)])


class OwnStatementForm(Form):
    """The enterprise's own words; nothing is trimmed, so that they stand as they were written."""

    words = TextAreaField(
        _l("Your statement, in your own words"),
        [
            Filled(_l("Please write what you have to say.")),
            Length(max=LONGEST, message=_l("At most 8,000 characters; a file can hold the rest.")),
        ],
    )
    person_name = TextField(_l("Your name"), [InputRequired(), Length(max=60)])
    person_title = TextField(_l("Your post"), [Length(max=60)])
    material = FileField(_l("Material"))
    withhold = BooleanField(_l("Please do not show our statement beside the announcement"))


class OwnObjectionForm(Form):
    words = TextAreaField(
        _l("What is wrong, and why"),
        [Filled(_l("Please write what you object to.")), Length(max=4000)],
    )
    person_name = TextField(_l("Your name"), [InputRequired(), Length(max=60)])
    person_title = TextField(_l("Your post"), [Length(max=60)])
