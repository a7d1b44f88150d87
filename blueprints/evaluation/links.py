"""The address behind a poster."""

from flask import url_for


def link(token: str) -> str:
    return url_for("survey_answers.show", token=token, _external=True)
