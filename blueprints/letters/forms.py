"""What is typed about a wording: its two texts and why, or the decision on it."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, TextAreaField
from wtforms.validators import Length

from blueprints.notices.letters.texts import LONGEST_SOURCE
from blueprints.shared.forms import Filled, Form, TextField

REASON = 500


class WordingForm(Form):
    """A letter's words in both languages; what fills them in stays declared as it is."""

    zh = TextAreaField(_l("Chinese text"), [Filled(), Length(max=LONGEST_SOURCE // 2)])
    en = TextAreaField(_l("English text"), [Filled(), Length(max=LONGEST_SOURCE // 2)])
    note = TextField(_l("What is changed, and why"), [Filled(), Length(max=REASON)])


class DecisionForm(Form):
    """`number` is the version that was read: another one is not decided by mistake."""

    number = HiddenField()
    note = TextAreaField(_l("Note to the proposer"), [Length(max=REASON)])


class ReturnForm(Form):
    number = HiddenField()
    reason = TextAreaField(
        _l("What should be changed"),
        [Filled(_l("Say what should be changed.")), Length(max=REASON)],
    )


class CodeForm(Form):
    """What somebody reads off a letter."""

    code = TextField(_l("Check code"), [Filled(), Length(max=20)])


class FileForm(Form):
    """A file to compare with the record. It is read and not kept."""

    code = HiddenField()
    file = FileField(_l("PDF or Word file of the letter"))
