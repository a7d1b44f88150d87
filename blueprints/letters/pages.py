"""What the page of one official text shows, gathered in one place."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from blueprints.letters import preview, queries
from blueprints.letters.comparison import changes
from blueprints.letters.forms import DecisionForm, ReturnForm
from blueprints.notices.letters.texts import read_text
from blueprints.notices.wordings import WordingState, text_in_force
from blueprints.shared.languages import language

OFFICIAL = 0  # the number of the wording the product brings
FORMS = {
    "letter": _l("Letter"),
    "form": _l("Form"),
    "mail": _l("Mail"),
    "minutes": _l("Minutes"),
    "survey": _l("Survey"),
    "leaflet": _l("Leaflet"),
    "announcement": _l("Announcement"),
    "report": _l("Report"),
    "resolution": _l("Resolution"),
    "contract": _l("Written agreement"),
}
STANDINGS = {"official": _l("official wording"), "own": _l("own wording")}
STATES = {
    WordingState.PROPOSED: ("soon", _l("waits for approval")),
    WordingState.APPROVED: ("ok", _l("approved")),
    WordingState.RETURNED: ("late", _l("sent back")),
    WordingState.WITHDRAWN: ("stop", _l("withdrawn")),
}


def words() -> dict[str, Any]:
    return {"forms": FORMS, "standings": STANDINGS, "states": STATES, "official": OFFICIAL}


def versions_of(line: queries.Line) -> dict[int, str]:
    """The sources by number; 0 is the official one."""
    own = {row.number: row.source for row in queries.versions(line.text.id)}
    return {OFFICIAL: line.text.source, **own}


def chosen_version(known: Mapping[int, str], asked: str, otherwise: int) -> int:
    """The number asked for, where there is such a version."""
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else otherwise
    return number if number in known else otherwise


def show_page(line: queries.Line, asked: Mapping[str, str]) -> dict[str, Any]:
    """`number` shows another version than the one in force, `row=1` a real case, `lang` a side."""
    versions = queries.versions(line.text.id)
    known = {OFFICIAL: line.text.source, **{row.number: row.source for row in versions}}
    in_force = line.in_force.number if line.in_force else OFFICIAL
    number = chosen_version(known, asked.get("number", ""), in_force)
    text = text_in_force(line.text.id) if number == in_force else read_text(known[number])
    row = preview.newest(text)
    use_row = row is not None and asked.get("row") == "1"
    lang = preview.LANGS.get(asked.get("lang", ""), preview.LANGS[language()])
    if use_row and row is not None and row.lang:
        lang = row.lang
    shown = preview.real(text, row, lang) if use_row and row else preview.example(text, lang)
    waiting = line.waiting
    return {
        "line": line,
        "versions": versions,
        "names": queries.names_of(versions),
        "number": number,
        "in_force": in_force,
        "lang": lang,
        "row": row,
        "use_row": use_row,
        "shown": shown,
        "changes": changes(text_in_force(line.text.id).source, waiting.source) if waiting else None,
        "decision": DecisionForm(formdata=None, data={"number": waiting and waiting.number}),
        "returning": ReturnForm(formdata=None, data={"number": waiting and waiting.number}),
        **words(),
    }
