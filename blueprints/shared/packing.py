"""A page sent packed, for a slow line.

Only for pages that repeat nothing of what the address asks. Where a page holds a secret (its
token against forgery) and echoes what somebody else can choose, its packed length tells of the
secret, guess by guess (BREACH). So a page with a question in its address goes out as it is.
"""

import gzip
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, make_response, request
from flask.typing import RouteCallable

View = TypeVar("View", bound=RouteCallable)
SMALLEST = 1024


def packed(view: View) -> View:
    """Stands over a view, below the label of its permission."""

    @wraps(view)
    def send(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        response.vary.add("Accept-Encoding")
        fits = not request.query_string and request.accept_encodings.quality("gzip") > 0
        if fits and response.is_sequence and len(body := response.get_data()) >= SMALLEST:
            response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
            response.content_encoding = "gzip"
        return response

    return cast("View", send)  # it takes what the view takes
