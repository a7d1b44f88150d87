"""Many people at once: a pasted list or a sheet read into a roster, or the faults row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from blueprints.bargaining.ground.models import CaseEnterprise
from blueprints.bargaining.ground.team_models import Representative, Seat, Side
from blueprints.bargaining.teams.forms import WAYS, RepresentativeForm
from blueprints.bargaining.teams.roster_columns import BY_FIELD, COLUMNS, HEADINGS, WOMAN, readers
from blueprints.registry.columns import heading_key
from blueprints.registry.sheets import Row, open_sheet
from blueprints.registry.widths import plain
from blueprints.shared.languages import said
from rules.broken import RuleBroken
from rules.words import Text

MOST = 200
TOO_MANY = Text(f"一次最多录入{MOST}人。", f"At most {MOST} people at a time.")
NOBODY = Text("没有读到姓名。", "No name was found in it.")


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, by the number of its row as the person sees it."""

    row: int
    column: str
    written: str
    text: str


@dataclass
class Roster:
    """What a sheet says: people ready to be seated, or what stands in the way."""

    people: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # headings of columns nobody asked for


@dataclass(frozen=True)
class Desk:
    """Onto which side, who sits there already, and what holds where a row does not say."""

    side: Side
    firms: Sequence[CaseEnterprise]
    here: Sequence[Representative]
    otherwise: Mapping[str, str]


def lines_of(data: bytes) -> list[Row]:
    """The filled rows with their numbers. Raises SheetRefused for what is no sheet."""
    rows = [(number, [plain(cell) for cell in cells]) for number, cells in open_sheet(data).rows()]
    return [(number, cells) for number, cells in rows if any(cells)]


def as_lines(rows: Sequence[Row]) -> str:
    """A sheet as text that can be corrected in the page; rows keep their numbers."""
    by_number = {number: "\t".join(cells).rstrip("\t") for number, cells in rows}
    return "\n".join(by_number.get(n, "") for n in range(1, max(by_number, default=0) + 1))


def read(rows: Sequence[Row], desk: Desk) -> Roster:
    """Everybody on the sheet by the rules of the form for one; nobody where anything is wrong."""
    roster = Roster()
    mapping, body = _columns(rows, roster)
    if len(body) > MOST:
        raise RuleBroken(TOO_MANY)
    if not body:
        raise RuleBroken(NOBODY)
    reading = readers(WAYS[desk.side], desk.firms)
    for number, cells in body:
        known = {name: cells[at] for name, at in mapping.items() if at < len(cells) and cells[at]}
        typed, faults = _typed(number, known, reading, desk)
        roster.faults += faults
        roster.faults += _faults_in_form(number, known, typed, desk, roster)
    roster.faults += _faults_between(roster.people, desk)
    roster.faults.sort(key=lambda fault: fault.row)
    return roster


def _columns(rows: Sequence[Row], roster: Roster) -> tuple[dict[str, int], Sequence[Row]]:
    """Which column is which: by its heading, or in the order of the page where there is none."""
    if rows and "name" in (heads := _headings(rows[0][1])):
        known = set(heads.values())
        roster.left_out = [cell for at, cell in enumerate(rows[0][1]) if cell and at not in known]
        return heads, rows[1:]
    return {column.field: at for at, column in enumerate(COLUMNS)}, rows


def _headings(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if (name := HEADINGS.get(heading_key(cell))) is not None:
            found.setdefault(name, at)
    return found


def _typed(
    number: int, cells: Mapping[str, str], reading: Mapping[str, Any], desk: Desk
) -> tuple[MultiDict[str, str], list[Fault]]:
    """The row as if it had been typed into the form, and the cells that cannot be read."""
    typed: MultiDict[str, str] = MultiDict({"seat": Seat.MEMBER, **desk.otherwise})
    faults = []
    for name, cell in cells.items():
        if name == "sex":
            if cell.lower() in WOMAN and "women" not in typed.getlist("groups"):
                typed.add("groups", "women")
            continue
        value = reading[name](cell) if name in reading else cell
        if value is None:
            faults.append(Fault(number, said(BY_FIELD[name].label), cell, _expected(name, desk)))
        elif isinstance(value, list):
            typed.setlist(name, [*dict.fromkeys([*typed.getlist(name), *value])])
        elif value or name not in {"chief", "outsider"}:
            typed[name] = value
    return typed, faults


def _expected(name: str, desk: Desk) -> str:
    """What the cell should have said."""
    if name in {"electorate", "votes_for"}:
        words = _("This is not a number.")
    elif name in {"chief", "outsider"}:
        words = _("Write yes or no.")
    elif name == "enterprise_id":
        words = _("No enterprise of this case has this name.")
    elif name == "chosen_on":
        words = _("This is not a date. Write it as 2026-03-31.")
    else:
        known = "；".join(str(label) for _key, label in _form(MultiDict(), desk)[name].choices)
        words = _("Known are: %(words)s", words=known)
    return str(words)


def _form(typed: MultiDict[str, str], desk: Desk) -> RepresentativeForm:
    return RepresentativeForm(typed, side=desk.side, firms=desk.firms, meta={"csrf": False})


def _faults_in_form(
    number: int,
    cells: Mapping[str, str],
    typed: MultiDict[str, str],
    desk: Desk,
    roster: Roster,
) -> Iterator[Fault]:
    """The form for one person says what is wrong with this one; a fine one joins the roster."""
    form = _form(typed, desk)
    if form.validate():
        roster.people.append({**form.facts(), "row": number})
        return
    for name, errors in form.errors.items():
        column = BY_FIELD.get(str(name))
        for error in errors:
            yield Fault(
                number, said(column.label) if column else "", cells.get(str(name), ""), str(error)
            )


def _faults_between(people: Sequence[Mapping[str, Any]], desk: Desk) -> Iterator[Fault]:
    """What only shows beside the others: the same person twice, a second chief."""
    seated = {(one.name, one.enterprise_id): 0 for one in desk.here}
    chief = next((one.name for one in desk.here if one.chief), None)
    name_of, chief_of = (said(BY_FIELD[name].label) for name in ("name", "chief"))
    for one in people:
        key = (one["name"], one["enterprise_id"])
        if key in seated:
            text = (
                _("The same person stands in row %(row)s.", row=seated[key])
                if seated[key]
                else _("This person is on the roster already.")
            )
            yield Fault(one["row"], name_of, one["name"], text)
        seated.setdefault(key, one["row"])
        if one["chief"] and chief is not None:
            yield Fault(
                one["row"], chief_of, one["name"],
                _("%(name)s is the chief of this side; each side has one.", name=chief),
            )  # fmt: skip
        chief = one["name"] if one["chief"] and chief is None else chief
