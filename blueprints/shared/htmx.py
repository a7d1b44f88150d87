"""Answering with a page or with the part of it that htmx asked for."""

import json
from typing import Any

from flask import Response, make_response, redirect, render_template
from htmx_flask import request
from werkzeug.wrappers import Response as AnyResponse


def wants_fragment() -> bool:
    htmx = request.htmx
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request)


def page(template: str, *, fragment: str, status: int = 200, **context: Any) -> Response:
    """The whole page for a browser, its fragment for htmx."""
    name = fragment if wants_fragment() else template
    response = make_response(render_template(name, **context), status)
    response.vary.add("HX-Request")
    return response


def changed(fragment: str, *, see: str, **context: Any) -> AnyResponse:
    """After a change: the new fragment for htmx, a redirect to `see` for a browser."""
    if wants_fragment():
        return make_response(render_template(fragment, **context))
    return redirect(see, 303)


def go_to(address: str) -> Response:
    """Have htmx load a whole page."""
    response = make_response("", 204)
    response.headers["HX-Redirect"] = address
    return response


def moved(address: str) -> AnyResponse:
    """After a change that belongs on another page."""
    return go_to(address) if wants_fragment() else redirect(address, 303)


def tell(response: Response, event: str, **detail: Any) -> Response:
    """Raise an event in the page; as JSON, because a raw header cannot carry Chinese."""
    response.headers["HX-Trigger"] = json.dumps({event: detail})
    return response
