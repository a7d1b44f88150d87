"""A scan for one paper of the filing set."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import Length

from blueprints.shared.forms import Form, TextField


class PaperForm(Form):
    file = FileField(_l("File"), [FileRequired()])
    note = TextField(_l("Remark"), [Length(max=200)])
