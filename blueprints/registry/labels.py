"""Facts of the register in words: what a list, a comparison and a timeline show."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from blueprints.registry.areas import area_name
from blueprints.registry.columns import FIELDS
from blueprints.registry.import_models import Outcome, RunState
from blueprints.registry.industries import industry_name
from blueprints.registry.kinds import LEVELS, OWNERSHIPS, STANDINGS, STATUSES, Standing
from blueprints.registry.queries import RENEWAL_DAYS
from blueprints.shared.formats import written
from blueprints.shared.languages import language, said
from tenants.clock import today

LOOKS = {Standing.ABLE: "ok", Standing.WEAK: "soon", Standing.NONE: "stop"}


def standing(value: str) -> tuple[str, str]:
    """The look and the words of a union's standing."""
    return LOOKS[Standing(value)], said(STANDINGS[value])


def contract(claimed: bool | None, until: date | None) -> tuple[str, str]:
    """The look and the words of what the ledger claims about a wage contract."""
    if not claimed:
        return "stop", _("No contract")
    if until is None:
        return "ok", _("Signed")
    if until < today():
        return "late", _("Expired")
    if until <= today() + timedelta(days=RENEWAL_DAYS):
        return "soon", _("In renewal")
    return "ok", _("Until %(month)s", month=until.strftime("%Y-%m"))


def trades(codes: list[str]) -> str:
    joiner = ", " if language() == "en" else "、"
    return joiner.join(said(industry_name(code)) for code in codes)


def field_label(field: str) -> str:
    """The heading of a fact, as ledgers have it."""
    known = FIELDS.get(field.removesuffix("_claimed"))
    if known:
        return said(known.label)
    words: dict[str, str] = {
        "locality": _("Street, park or village"),
        "industries": _("Industry"),
        "contract_claimed_until": said(FIELDS["contract_until"].label),
        "contact_title": _("Office held"),
        "status": _("Status"),
        "union_id": _("Union"),
        "standing": _("Standing"),
        "level": _("Level"),
        "parent_id": _("Union above"),
        "chair_since": _("In office since"),
        "counted_on": _("Counted on"),
        "head": _("President"),
        "kind": _("Kind"),
    }
    return words.get(field, field)


def value_words(field: str, value: Any) -> str:  # noqa: PLR0911
    """A fact as words: codes by their names, days and yes or no in the reader's language."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, date):
        return written(value, "plain_day")
    if field == "area":
        return said(area_name(value))
    if field in {"industry", "industries"}:
        return trades(value if isinstance(value, list) else [value])
    if isinstance(value, list):
        return ("、" if language() == "zh" else ", ").join(map(str, value))
    tables = {"ownership": OWNERSHIPS, "standing": STANDINGS, "level": LEVELS, "status": STATUSES}
    return said(tables.get(field, {}).get(value, str(value)))


def outcome(value: str) -> tuple[str, str]:
    """The look and the words of what becomes of a row."""
    return {
        Outcome.NEW: ("ok", _("New")),
        Outcome.CHANGED: ("run", _("Changed")),
        Outcome.UNCHANGED: ("stop", _("Unchanged")),
        Outcome.REJECTED: ("late", _("Sent back")),
    }[Outcome(value)]


def run_state(value: str) -> tuple[str, str]:
    return {
        RunState.UPLOADED: ("draft", _("Columns to confirm")),
        RunState.CHECKING: ("run", _("Being checked")),
        RunState.CHECKED: ("soon", _("Waits for your yes")),
        RunState.IMPORTING: ("run", _("Being imported")),
        RunState.IMPORTED: ("ok", _("Imported")),
        RunState.FAILED: ("late", _("Broke off, nothing written")),
        RunState.DROPPED: ("stop", _("Given up")),
    }[RunState(value)]
