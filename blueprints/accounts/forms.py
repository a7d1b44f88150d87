"""Forms of an account: coming in, choosing a password, one's own details."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _p
from wtforms import Field, HiddenField, PasswordField, RadioField
from wtforms.validators import Length, ValidationError

from blueprints.shared.forms import Form, InputRequired, TextField
from blueprints.shared.languages import LANGUAGES
from tenants.passwords import SHORTEST

LONGEST = 200  # argon2 reads all of it, so somebody could keep us busy with more


class FederationForm(Form):
    address = TextField(_l("Address of your federation"), [InputRequired()])


class SignInForm(Form):
    email = TextField(_l("E-mail"), [InputRequired(), Length(max=LONGEST)])
    password = PasswordField(_l("Password"), [InputRequired(), Length(max=LONGEST)])
    next = HiddenField()


class ResetRequestForm(Form):
    email = TextField(_l("E-mail"), [InputRequired(), Length(max=LONGEST)])


class NewPasswordForm(Form):
    """A password, typed twice. Long rather than odd: length is what keeps it."""

    password = PasswordField(_l("New password"), [InputRequired()])
    again = PasswordField(_l("The same once more"), [InputRequired()])

    def __init__(self, *args: Any, known: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = tuple(word.lower() for word in known if word)

    def validate_password(self, field: Field) -> None:
        if fault := fault_in_password(field.data or "", self.known):
            raise ValidationError(fault)

    def validate_again(self, field: Field) -> None:
        if self.password.data and field.data != self.password.data:
            raise ValidationError(_("The two passwords are not the same."))


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(_l("Current password"), [InputRequired(), Length(max=LONGEST)])


class ProfileForm(Form):
    name = TextField(_p("person", "Name"), [InputRequired(), Length(max=60)])
    title = TextField(_l("Office held"), [Length(max=60)])
    phone = TextField(_l("Telephone"), [Length(max=40)])
    locale = RadioField(_l("Language"), choices=LANGUAGES)


def fault_in_password(password: str, known: tuple[str, ...]) -> str | None:
    """Why this will not do as a password; None when it will."""
    if len(password) < SHORTEST:
        return str(_("Use at least %(shortest)s characters.", shortest=SHORTEST))
    if len(password) > LONGEST:
        return str(_("Use at most %(longest)s characters.", longest=LONGEST))
    if len(set(password)) < 4:
        return str(_("Use more than three different characters."))
    if password.lower() in known:
        return str(_("Do not use your name or address as the password."))
    return None
