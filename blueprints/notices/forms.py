"""What may be typed about an address."""

import unicodedata

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from blueprints.shared.forms import Form, InputRequired, TextField


def half_width(value: str | None) -> str | None:
    """＠ and ． as a Chinese keyboard types them are the plain characters."""
    return unicodedata.normalize("NFKC", value) if value else value


class AddressForm(Form):
    address = TextField(
        _l("Address that works"),
        [InputRequired(_l("Type the e-mail address that works."))],
        filters=(half_width,),
    )

    def validate_address(self, field: TextField) -> None:
        """Read it as mail servers do; whether somebody reads it there, sending will show."""
        try:
            found = validate_email(field.data or "", check_deliverability=False)
        except EmailNotValidError:
            raise ValidationError(
                _("This is not an e-mail address. It has a name, an @ and a domain, no spaces.")
            ) from None
        if not found.local_part.isascii():
            raise ValidationError(_("The part before the @ may only hold plain characters."))
        field.data = found.normalized
