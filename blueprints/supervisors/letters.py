"""The letter of engagement (27a) as a page, Word or PDF, made again out of its row."""

from typing import cast

from flask import current_app

from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.pdf import pdf
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.supervisors import telling
from blueprints.supervisors.models import Supervisor


def engagement(supervisor: Supervisor, lang: str) -> Letter:
    """The letter; a draft with blanks where the engagement has no number or term yet."""
    issued = supervisor.engagement_no is not None
    return compose(
        text_in_force(telling.ENGAGEMENT),
        telling.engagement_values(supervisor),
        cast("Lang", lang),
        draft=not issued,
        sealed_on=supervisor.engaged_on if issued else None,
    )


def file(letter: Letter, form: str) -> bytes:
    """As a file to hand out: pdf or docx."""
    if form == "docx":
        return docx(letter)
    return pdf(letter, font_dir=current_app.extensions["settings"].font_dir)
