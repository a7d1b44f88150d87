"""Turning failures into answers, once for all rooms: a page, or a fragment for htmx."""

import secrets

import structlog
from flask import Flask, g, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from blueprints.shared.guards import signed_out, to_sign_in
from blueprints.shared.htmx import wants_fragment
from blueprints.shared.languages import said
from rules.broken import RuleBroken
from tenants.db import OutsideArea, db

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(RuleBroken, broken)
    app.register_error_handler(OutsideArea, outside)
    app.register_error_handler(OperationalError, unreachable)
    app.register_error_handler(DataError, unreadable)
    app.register_error_handler(Exception, surprised)


def refused(error: HTTPException) -> ResponseReturnValue:
    """A status with words. A redirect or a made response goes out as it is."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    titles = {
        400: _("This request cannot be read"),
        403: _("You may not see this page"),
        404: _("The page was not found"),
        405: _("This address does not take that kind of request"),
        409: _("This cannot be done now"),
        413: _("The file is too large"),
        429: _("Too many attempts; try again in a few minutes"),
        503: _("The service is resting for a moment"),
    }
    words = {
        403: _("Your role does not include it. Ask your federation's administrator."),
        404: _("The address may be mistyped, or the record is not yours to see."),
        413: _("Choose a smaller file and try again."),
        503: _("Please try again in a minute; nothing is lost."),
    }
    title = titles.get(error.code, titles[400])
    response = make_response(answer(error.code, title, words.get(error.code, "")))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def forged(_error: CSRFError) -> ResponseReturnValue:
    """A form without its token; where the session is over, that is why, and the door helps."""
    if signed_out():
        return to_sign_in()
    return answer(
        400,
        _("This form has been open too long"),
        _("Go back, reload the page and send it again; what you typed is still there."),
    )


def broken(error: RuleBroken) -> ResponseReturnValue:
    """A step that the rules forbid: the sentence of the rule, status 409."""
    db.session.rollback()
    return answer(409, _("This cannot be done now"), said(error.text))


def outside(_error: OutsideArea) -> ResponseReturnValue:
    """Of another area: as if it were not there, and nothing is written."""
    db.session.rollback()
    return refused(NotFound())


def unreachable(error: OperationalError) -> ResponseReturnValue:
    log.error("database unreachable", error=str(error.orig))
    return answer(
        503,
        _("The service is resting for a moment"),
        _("Please try again in a minute; nothing is lost."),
    )


def unreadable(error: DataError) -> ResponseReturnValue:
    """What no column can hold: a number too large, a NUL in a text. No page of ours asks so."""
    db.session.rollback()
    log.warning("unreadable value", error=str(error.orig))
    return answer(400, _("This request cannot be read"), "")


def surprised(error: Exception) -> ResponseReturnValue:
    """What nobody foresaw: an id for the person, the story for the log."""
    ident = secrets.token_hex(4)
    log.error("surprise", id=ident, exc_info=error)
    g.pop("_flashes", None)
    return answer(
        500,
        _("Something went wrong"),
        _("It has been written down. If you ask about it, give this number: %(id)s", id=ident),
    )


def answer(status: int, title: str, text: str) -> ResponseReturnValue:
    name = "errors/_error.html" if wants_fragment() else "errors/error.html"
    response = make_response(render_template(name, status=status, title=title, text=text), status)
    response.vary.add("HX-Request")
    return response
