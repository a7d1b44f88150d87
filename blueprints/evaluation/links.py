"""The address behind a poster, and its code."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.notices.letters.check import qr_svg


def link(token: str) -> str:
    return url_for("survey_answers.show", token=token, _external=True)


def code_of(token: str) -> Markup:
    return qr_svg(link(token), _("Code of the survey"))
