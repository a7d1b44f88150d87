"""What a federation says of its mail: server, sender, limits, quiet hours, its own list."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, PasswordField, RadioField, TextAreaField, TimeField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.notices.sending import PAPER_AFTER, VISIT_AFTER, MailSetup, Tls
from blueprints.shared.forms import Filled, Form, TextField

TLS = {
    Tls.STARTTLS: _l("STARTTLS"),
    Tls.TLS: _l("TLS from the start"),
    Tls.NONE: _l("not encrypted"),
}
ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190}")
DOMAIN = re.compile(r"@[^@\s<>,;\"]{1,190}")
HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*")
MOST = 1_000_000
FACTS = (
    "host", "port", "tls", "account", "sender", "per_day", "per_domain", "quiet_from",
    "quiet_until", "paper_after", "visit_after",
)  # fmt: skip
OF_A_SERVER = ("port", "tls")


class SetupForm(Form):
    host = TextField(_l("Mail server"), [Length(max=200)])
    port = IntegerField(_l("Port"), [Optional(), NumberRange(1, 65535)], default=587)
    tls = RadioField(_l("Encryption"), default=Tls.STARTTLS)
    account = TextField(_l("Account at the server"), [Length(max=200)])
    password = PasswordField(_l("Password of the account"), [Length(max=200)])
    sender = TextField(_l("Sender address"), [Length(max=254)])
    per_day = IntegerField(_l("Mails a day, at most"), [Optional(), NumberRange(1, MOST)])
    per_domain = IntegerField(
        _l("Mails a day to one domain, at most"), [Optional(), NumberRange(1, MOST)]
    )
    quiet_from = TimeField(_l("Quiet from"), [Optional()])
    quiet_until = TimeField(_l("Quiet until"), [Optional()])
    paper_after = IntegerField(
        _l("Letter on paper after"), [Optional(), NumberRange(1, 90)], default=PAPER_AFTER
    )
    visit_after = IntegerField(
        _l("Visit after"), [Optional(), NumberRange(1, 90)], default=VISIT_AFTER
    )
    own_list = TextAreaField(_l("Own list for the trial"), [Length(max=5000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tls.choices = {str(kind): str(words) for kind, words in TLS.items()}

    def validate_host(self, field: Field) -> None:
        if field.data and not HOST.fullmatch(field.data):
            raise ValidationError(_("This is no name of a server."))

    def validate_sender(self, field: Field) -> None:
        if field.data and not ADDRESS.fullmatch(field.data):
            raise ValidationError(_("This is no e-mail address."))
        if self.host.data and not field.data:
            raise ValidationError(_("A server of your own needs an address of your own."))

    def validate_account(self, field: Field) -> None:
        if field.data and self.tls.data == Tls.NONE:
            raise ValidationError(
                _("A password is not sent over an open line; choose an encryption.")
            )

    def validate_quiet_from(self, _field: Field) -> None:
        if self.quiet_until.data is None:
            raise ValidationError(_("Say both when it begins and when it ends."))

    def validate_quiet_until(self, field: Field) -> None:
        if self.quiet_from.data is None:
            raise ValidationError(_("Say both when it begins and when it ends."))
        if field.data == self.quiet_from.data:
            raise ValidationError(_("Quiet hours of no length, or of the whole day."))

    def validate_own_list(self, field: Field) -> None:
        for line in addresses(field.data):
            if not ADDRESS.fullmatch(line) and not DOMAIN.fullmatch(line):
                raise ValidationError(_("“%(line)s” is no address and no @domain.", line=line))

    def facts(self) -> dict[str, Any]:
        """What was said, as the row has it; an empty password keeps the one there is."""
        own_server = bool(self.host.data)
        return {
            "host": self.host.data or "",
            "port": self.port.data or 25,
            "tls": self.tls.data if own_server else Tls.NONE,
            "account": (self.account.data or "") if own_server else "",
            "sender": self.sender.data or "",
            "per_day": self.per_day.data,
            "per_domain": self.per_domain.data,
            "quiet_from": self.quiet_from.data,
            "quiet_until": self.quiet_until.data,
            "paper_after": self.paper_after.data,
            "visit_after": self.visit_after.data,
            "own_list": addresses(self.own_list.data),
        }


class PauseForm(Form):
    reason = TextField(
        _l("Why sending is paused"), [Filled(_l("Say why; everybody sees it.")), Length(max=200)]
    )


def addresses(typed: str | None) -> list[str]:
    """One address or @domain a line; commas do too."""
    return list(dict.fromkeys(one.lower() for one in re.split(r"[\s,;，；]+", typed or "") if one))


def form_of(setup: MailSetup | None) -> SetupForm:
    if setup is None:
        return SetupForm(formdata=None)
    open_yet = () if setup.host else OF_A_SERVER  # what is offered with a server of one's own
    kept = {name: getattr(setup, name) for name in FACTS if name not in open_yet}
    return SetupForm(formdata=None, data={**kept, "own_list": "\n".join(setup.own_list)})
