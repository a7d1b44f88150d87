"""The page on which one thing is done about a contract: what will happen, the form, the button."""

from typing import Any

from flask import Response, make_response, render_template

from blueprints.notices.letters.model import Letter
from blueprints.offers.ground.letters import rendered
from blueprints.shared.languages import said
from rules.words import Text


def ask(
    title: Text,
    form: Any,
    *,
    back: str,
    says: Text | str = "",
    about: str = "",
    letter: Letter | None = None,
    grave: bool = False,
    status: int = 200,
) -> Response:
    """One act as a page; with `letter`, the paper it will issue stands below."""
    page = render_template(
        "performance/act.html",
        title=said(title),
        says=said(says) if says else "",
        about=about,
        form=form,
        back=back,
        grave=grave,
        paper=rendered(letter, "html") if letter is not None else "",
    )
    return make_response(page, status)
