"""The few pictures of the house: line drawings on a grid of 16, written into the page itself."""

from flask import Flask
from markupsafe import Markup

PATHS = {
    "home": "M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z",
    "enterprise": "M3 13.5v-11h6v11M9 6h4v7.5M1.5 13.5h13M5 5h2M5 8h2M5 11h2",
    "offer": "M1.5 3.5h13v9h-13zM1.5 4 8 9l6.5-5",
    "bargaining": "M2 2.5h9v6H6l-2.5 2v-2H2zM13.5 6v5.5H12v2l-2.5-2H7",
    "contract": "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 7.5h5M5.5 10h3",
    "supervisor": "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM2.8 13.8c.6-2.6 2.6-4 5.2-4s4.6 1.4 "
    "5.2 4",
    "exposure": "M2 6.5v3h2.5l6 3v-9l-6 3zM13 6v4M5 9.5v4h1.8l.4-3",
    "evaluation": "M2 12a6.3 6.3 0 1 1 12 0M8 11l2.8-4",
    "reference": "M2 3c2.5-.7 4.5-.3 6 1 1.5-1.3 3.5-1.7 6-1v9.5c-2.5-.7-4.5-.3-6 1-1.5-1.3-3.5-"
    "1.7-6-1zM8 4v9.5",
    "statistics": "M2 13.5h12M4 11V8M8 11V3M12 11V6",
    "settings": "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8"
    "h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4",
    "menu": "M2 4h12M2 8h12M2 12h12",
    "close": "M3.5 3.5l9 9M12.5 3.5l-9 9",
    "search": "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14",
    "plus": "M8 3v10M3 8h10",
    "tick": "M3 8.5l3.2 3.2L13 4.8",
    "info": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5v.2",
    "warning": "M8 2l6.5 11.5h-13zM8 6.5V10M8 11.8v.2",
    "error": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.5M8 10.8v.2",
    "lock": "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
    "clock": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5",
    "calendar": "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
    "download": "M8 2v8.5M4.5 7.5 8 11l3.5-3.5M2.5 14h11",
    "upload": "M8 11V2.5M4.5 6 8 2.5 11.5 6M2.5 14h11",
    "print": "M4 6V2h8v4M4 11.5H2V6h12v5.5h-2M4 9.5h8V14H4z",
    "previous": "M10 3.5 5.5 8l4.5 4.5",
    "next": "M6 3.5 10.5 8 6 12.5",
    "edit": "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3zM9.5 4.2l2.3 2.3",
    "copy": "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
    "link": "M6.5 9.5l3-3M7.5 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.2 1.2a2.8 2.8 0 0 "
    "1-4-4l1.2-1.2",
    "language": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c2 1.8 2.8 3.8 2.8 6S10 12.2 8 14c-2"
    "-1.8-2.8-3.8-2.8-6S6 3.8 8 2z",
    "leave": "M9.5 2.5h4v11h-4M2.5 8h7M6.5 4.8 9.7 8l-3.2 3.2",
    "mail": "M1.5 3.5h13v9h-13zM1.5 4 8 9l6.5-5",
    "phone": "M3 2.5h2.5l1.2 3L5 7c.8 1.7 2.2 3.1 4 4l1.5-1.7 3 1.2V13c0 .6-.5 1-1 1C7 14 2 8."
    "5 2 3.5c0-.5.4-1 1-1z",
    "place": "M8 14.5c-3-3.2-4.5-5.6-4.5-7.7a4.5 4.5 0 0 1 9 0c0 2.1-1.5 4.5-4.5 7.7z"
    "M8 8.4a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z",
    "file": "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3",
    "flag": "M4 14V2.5M4 3h8.5l-2 3 2 3H4",
    "rules": "M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1.2 9.5h3.6zM13 4.5l-1.8 5h3.6z",
    "people": "M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM1.8 13c.4-2.4 2-3.6 4.2-3.6s3.8 1.2 "
    "4.2 3.6M10.5 7.3a1.8 1.8 0 1 0-.4-3.5M11.5 9.5c1.5.3 2.5 1.5 2.8 3.5",
    "letter": "M1.5 3.5h13v9h-13zM1.5 4 8 9l6.5-5",
    "trail": "M3.5 3.5h9M3.5 8h9M3.5 12.5h6M1.5 3.5h.1M1.5 8h.1M1.5 12.5h.1",
    "filter": "M2 3h12L9.5 8.5v4.5l-3 1V8.5z",
    "refresh": "M13 8a5 5 0 1 1-1.5-3.6M13.5 2v3h-3",
}
MARK = (
    '<svg class="y-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<rect width="32" height="32" rx="6" fill="#a81e22"/>'
    '<path d="M8 18.5V8h10.5M24 13.5V24H13.5" fill="none" stroke="#fff" stroke-width="3"/>'
    '<circle cx="16" cy="16" r="2.2" fill="#fff"/></svg>'
)

PICTURE = Markup('<svg class="y-i" viewBox="0 0 16 16" {} focusable="false"><path d="{}"/></svg>')
SILENT = Markup('aria-hidden="true"')


def init_app(app: Flask) -> None:
    app.jinja_env.globals["icon"] = icon
    app.jinja_env.globals["house_mark"] = Markup(MARK)  # noqa: S704


def icon(name: str, label: str = "") -> Markup:
    """A picture; silent to a screen reader unless it must speak for itself with `label`."""
    says = Markup('role="img" aria-label="{}"').format(label) if label else SILENT
    return PICTURE.format(says, PATHS[name])
