"""What every template may use without being handed it: files, pictures, dates, marks, links."""

from flask import Flask

from blueprints.shared import assets, charts, formats, icons, links


def init_app(app: Flask) -> None:
    for room in (assets, charts, formats, icons, links):
        room.init_app(app)
