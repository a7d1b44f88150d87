"""The wording of a letter as two texts to edit, and its faults beside the right one."""

from typing import Any

from flask_babel import gettext as _

from blueprints.notices.letters.faults import faults
from blueprints.notices.letters.texts import LetterText, sections
from blueprints.shared.languages import said


def read_bodies(source: str) -> dict[str, str]:
    """The Chinese and the English text, without what declares the placeholders."""
    _head, bodies, _start = sections(source)
    return {
        lang: "\n".join(line for _number, line in bodies[lang]).strip("\n") for lang in ("zh", "en")
    }


def rebuilt(official: str, zh: str, en: str) -> str:
    """A source with these two texts; placeholders stay declared as in the official one."""
    head, _bodies, _start = sections(official)
    parts = (
        "---",
        head,
        "---",
        "<!-- lang: zh -->",
        _plain(zh),
        "",
        "<!-- lang: en -->",
        _plain(en),
    )
    return "\n".join(parts) + "\n"


def wording_faults(form: Any, source: str, official: LetterText) -> bool:
    """Whether the wording is fit; puts each fault beside its text, with the line."""
    found = faults(source, official)
    head_lines = official.source.replace("\r\n", "\n").split("\n").index("---", 1) + 1
    first_zh = head_lines + 2
    first_en = first_zh + _plain(form.zh.data or "").count("\n") + 3
    for fault in found:
        words = said(fault.words)
        if fault.line >= first_en - 1:
            field, line = form.en, fault.line - first_en + 1
        else:
            field, line = form.zh, fault.line - first_zh + 1
        text = _("Line %(line)s: %(fault)s", line=line, fault=words) if line > 0 else words
        field.errors = [*field.errors, text]
    return not found


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
