"""The files a page needs: our own styles and scripts, and those out of installed packages.

Of Bootstrap only the styles: what folds, drops down or asks is <details>, :target and <dialog>.
The address of each carries a fingerprint of its content, so that it may be kept for a year.
"""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, url_for

from blueprints.shared.guards import requires
from tenants.roles import May

OURS = Path(__file__).parents[2] / "static"
PACKAGED = {
    "bootstrap.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
    "htmx.js": ("js_lib_htmx", "static/htmx/htmx.min.js"),
}
SHEETS = [  # in the order in which one may speak over the other
    *("tokens", "base", "shell", "page", "status", "table", "form", "clock", "timeline"),
    *("acts", "chart", "letter", "drawer", "public", "rulebook", "print"),
]
YEAR = 31_536_000

bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file, ready to be sent."""

    body: bytes
    packed: bytes
    type: str
    digest: str


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals["asset_url"] = asset_url


def asset_url(name: str) -> str:
    """Where `name` is: "house.css" (all our styles), "js/app.js", "bootstrap.css", "htmx.js"."""
    return url_for("assets.send", digest=asset(name).digest, name=name)


@bp.get("/assets/<digest>/<path:name>")
@requires(May.ANYONE)
def send(digest: str, name: str) -> Response:
    """A page of before the last update may ask under an old fingerprint: answered, not kept."""
    found = asset(name) if known(name) else abort(404)
    response = Response(found.body, content_type=found.type)
    if request.accept_encodings.quality("gzip") > 0 and len(found.packed) < len(found.body):
        response.set_data(found.packed)
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    if digest == found.digest:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


def known(name: str) -> bool:
    """Whether there is such a file; nothing outside the two places is ever looked at."""
    if name in PACKAGED or name == "house.css":
        return True
    path = (OURS / name).resolve()
    return path.is_relative_to(OURS.resolve()) and path.is_file()


def asset(name: str) -> Asset:
    paths = paths_of(name)
    return _read(name, paths, max(path.stat().st_mtime_ns for path in paths))


def paths_of(name: str) -> tuple[Path, ...]:
    if name == "house.css":
        return tuple(OURS / "css" / f"{sheet}.css" for sheet in SHEETS)
    if name in PACKAGED:
        package, inside = PACKAGED[name]
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(package)
        return (Path(spec.origin).parent / inside,)
    return (OURS / name,)


@lru_cache(maxsize=64)
def _read(name: str, paths: tuple[Path, ...], _changed: int) -> Asset:
    body = b"\n".join(path.read_bytes() for path in paths)
    guessed = guess_type(name)[0] or "application/octet-stream"
    if guessed.startswith("text/") or guessed.endswith("javascript"):
        guessed += "; charset=utf-8"
    return Asset(body, gzip.compress(body, mtime=0), guessed, sha256(body).hexdigest()[:12])
