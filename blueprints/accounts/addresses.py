"""Where somebody may be sent on to: a page of this site, and nowhere else."""

from urllib.parse import unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def safe(target: str | None, *, tenant: str | None = None) -> str | None:
    """The path if it is one of ours that can be read (within `tenant`, if given); else None."""
    if not target or not target.startswith("/"):
        return None
    plain = unquote(target)
    if plain.startswith("//") or "\\" in plain or not plain.isprintable():
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or ".." in plain.split("?")[0].split("/"):
        return None
    if tenant is not None and not parts.path.startswith(f"/{tenant}/"):
        return None
    return target if _readable(parts.path) else None


def _readable(path: str) -> bool:
    try:
        current_app.url_map.bind(request.host).match(unquote(path), method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
