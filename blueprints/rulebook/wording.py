"""What the pages of the rules call kinds, levels, directions and standings."""

from typing import Any

from flask_babel import lazy_gettext as _l

from rules.law import Level, Rule

KINDS = {"wage": _l("Wage contracts"), "general": _l("General contracts")}
ALL_KINDS = {"any": _l("Both kinds of contract"), **KINDS}
LEVELS = {
    Level.NATION: _l("National law"),
    Level.PROVINCE: _l("Law of the province"),
    Level.CITY: _l("Law of the city"),
    Level.FEDERATION: _l("Confirmed by this federation"),
}
DIRECTIONS = {"after": _l("counted forward from the event"), "before": _l("counted back from it")}
STANDINGS = {"past": _l("Past"), "running": _l("Running"), "next": _l("Next")}
LOOKS = {"past": "ok", "running": "run", "next": "draft"}


def look_of(rule: Rule) -> str:
    """The shape of a rule's standing: a disc when confirmed, the open one when not."""
    return "ok" if rule.confirmed else "unsure"


def words() -> dict[str, Any]:
    """What every template of the rules is handed."""
    return {
        "kinds": KINDS,
        "all_kinds": ALL_KINDS,
        "levels": LEVELS,
        "directions": DIRECTIONS,
        "standings": STANDINGS,
        "looks": LOOKS,
        "look_of": look_of,
    }
