"""The way through the house: the rooms in the order of the work, each where it may be entered."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from tenants.clock import today
from tenants.roles import May


@dataclass(frozen=True)
class Door:
    """An entry of the sidebar. `rooms` are the blueprints in which it is the current one."""

    label: str
    endpoint: str
    permission: May
    icon: str
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A door as a page shows it."""

    label: str
    url: str
    icon: str
    current: bool


DOORS = (
    Door(_l("Workbench"), "workbench.index", May.SIGNED_IN, "home", ("workbench",)),
    Door(
        _l("Enterprises and unions"),
        "registry.index",
        May.REGISTRY_READ,
        "building",
        ("registry", "unions", "associations", "imports"),
    ),
    Door(_l("Campaigns"), "campaigns.index", May.CAMPAIGNS_READ, "flag", ("campaigns",)),
    Door(_l("Offers"), "offers.index", May.OFFERS_READ, "letter", ("offers",)),
    Door(_l("Supervisors"), "supervisors.index", May.SUPERVISORS_READ, "people", ("supervisors",)),
    Door(
        _l("Notices and exposure"),
        "notices.index",
        May.NOTICES_READ,
        "bell",
        ("notices", "contacts", "letters"),
    ),
    Door(_l("Rule records"), "rules.index", May.RULES_READ, "scales", ("rules", "calendars")),
    Door(
        _l("Settings"),
        "settings.index",
        May.USERS_MANAGE,
        "gear",
        ("settings", "users", "trail"),
    ),
)


def init_app(app: Flask) -> None:
    app.context_processor(surroundings)


def surroundings() -> dict[str, object]:
    """What every page shows around itself."""
    return {
        "nav": list(entries()),
        "federation": g.get("tenant"),
        "today": today(),
        "demo_mode": current_app.config["DEMO_MODE"],
    }


def entries() -> Iterator[Entry]:
    """The doors that this person may open, into rooms that exist."""
    if not current_user.is_authenticated or g.get("tenant") is None:
        return
    here = request.blueprint or ""
    for door in DOORS:
        if door.endpoint in current_app.view_functions and current_user.may(door.permission):
            yield Entry(str(door.label), url_for(door.endpoint), door.icon, here in door.rooms)
