"""Chinese first, English on request: which language this answer speaks."""

from pathlib import Path
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, request
from flask_babel import Babel, get_locale
from flask_login import current_user

from rules.words import Text

LANGUAGES = {"zh_CN": "中文", "en": "English"}  # each by its own name
LOCALES = tuple(LANGUAGES)
COOKIE = "language"
TRANSLATIONS = Path(__file__).parents[2] / "translations"


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "zh_CN"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    compile_stale()
    Babel(app, locale_selector=chosen)
    app.jinja_env.globals["language"] = language
    app.jinja_env.filters["said"] = said


def chosen() -> str:
    """The language picked in this browser, else that of the account, else Chinese."""
    picked = request.cookies.get(COOKIE)
    if picked in LOCALES:
        return picked
    account = getattr(current_user, "locale", None)
    return account if account in LOCALES else "zh_CN"


def language() -> Literal["zh", "en"]:
    """`zh` or `en`, the short form that letters and rules use."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def said(text: Text | str) -> str:
    """A bilingual sentence in the language of this answer."""
    return text if isinstance(text, str) else text.in_(language())


def compile_stale() -> None:
    """Make the machine form of a catalogue whose source is newer, as a checkout has none."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalog = read_po(po)
        aside = made.with_suffix(".mo.part")
        with aside.open("wb") as mo:
            write_mo(mo, catalog)
        aside.replace(made)
