"""A small application that shows the gallery of parts, for the tests that look at them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, render_template
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.serving import make_server

from blueprints.shared import face, gallery, languages, security

HOUSE = Path(__file__).parents[2]


def application() -> Flask:
    app = Flask("gallery", root_path=str(HOUSE), template_folder="templates", static_folder=None)
    app.config.update(SECRET_KEY="for tests, and for nothing else", WTF_CSRF_ENABLED=False)
    app.jinja_env.undefined = StrictUndefined
    languages.init_app(app)
    CSRFProtect(app)
    security.init_app(app)
    face.init_app(app)
    app.register_blueprint(gallery.bp)

    @app.get("/refused/<int:status>")
    def refused(status):
        return render_template("errors/error.html", status=status, title="Shut", text="Ask.")

    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chromium() -> str:
    return (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or pytest.skip("no Chromium on this machine")
    )
