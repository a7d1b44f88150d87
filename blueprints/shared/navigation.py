"""The way through the house: the rooms in the order of the work, each where it may be entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from blueprints.shared.role_names import role_name
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


class Entry(NamedTuple):
    """A door as a page shows it."""

    label: str
    url: str
    icon: str
    current: bool


DOORS = (
    Door(_l("Workbench"), "workbench.index", May.SIGNED_IN, "home", ("workbench",)),
    Door(_l("My day"), "my_day.index", May.SUPERVISORS_OWN, "calendar", ("my_day", "my_month")),
    Door(
        _l("Enterprises and unions"),
        "registry.index",
        May.REGISTRY_READ,
        "enterprise",
        ("registry", "unions", "associations", "imports"),
    ),
    Door(_l("Campaigns"), "campaigns.index", May.CAMPAIGNS_READ, "flag", ("campaigns", "feedback")),
    Door(_l("Offers"), "offers.index", May.OFFERS_READ, "offer", ("offers",)),
    Door(_l("Bargaining"), "cases.index", May.CASES_READ, "bargaining", ("cases", "table")),
    Door(
        _l("Collective contracts"),
        "contracts.index",
        May.CONTRACTS_READ,
        "contract",
        ("contracts", "acting", "performance", "coverage", "contract_imports"),
    ),
    Door(_l("Forecast"), "forecast.index", May.FORECAST_READ, "calendar", ("forecast",)),
    Door(
        _l("Supervisors"), "supervisors.index", May.SUPERVISORS_READ, "supervisor", ("supervisors",)
    ),
    Door(_l("Visits"), "visits.index", May.VISITS_READ, "place", ("visits",)),
    Door(
        _l("Work and appraisal"),
        "work.index",
        May.SUPERVISORS_READ,
        "evaluation",
        ("work", "appraisals"),
    ),
    Door(
        _l("My appraisal"),
        "my_appraisals.index",
        May.SUPERVISORS_OWN,
        "evaluation",
        ("my_appraisals",),
    ),
    Door(
        _l("Notices and exposure"),
        "notices.index",
        May.NOTICES_READ,
        "exposure",
        ("notices", "contacts", "letters", "delivery"),
    ),
    Door(_l("Ladder and exposure"), "exposures.index", May.EXPOSURES_READ, "rules", ("exposures",)),
    Door(_l("Evaluation"), "surveys.index", May.SURVEYS_READ, "statistics", ("surveys",)),
    Door(
        _l("Rule records"),
        "rules.index",
        May.RULES_READ,
        "reference",
        ("rules", "calendars", "recounts"),
    ),
    Door(_l("Settings"), "settings.index", May.SETTINGS_EDIT, "settings", ("settings", "users")),
    Door(_l("Audit trail"), "trail.index", May.TRAIL_READ, "clock", ("trail",)),
)


def init_app(app: Flask) -> None:
    app.context_processor(surroundings)


def surroundings() -> dict[str, object]:
    """What every page shows around itself."""
    if not has_request_context():
        return {}
    around: dict[str, object] = {
        "nav": list(entries()),
        "today": today(),
        "demo_mode": current_app.config["DEMO_MODE"],
        "has_endpoint": current_app.view_functions.__contains__,
        "language_url": url_for("accounts.language"),
        "door_url": url_for("accounts.home"),
    }
    if current_user.is_authenticated and g.get("tenant") is not None:
        around |= {
            "home_url": url_for("workbench.index"),
            "profile_url": url_for("accounts.profile"),
            "sign_out_url": url_for("accounts.sign_out"),
            "person_role": role_name(current_user.role),
            "person_area": current_user.area,
        }
        if "registry.index" in current_app.view_functions and current_user.may(May.REGISTRY_READ):
            around["find_url"] = url_for("registry.index")
    return around


def entries() -> Iterator[Entry]:
    """The doors that this person may open, into rooms that exist."""
    if not current_user.is_authenticated or g.get("tenant") is None:
        return
    here = request.blueprint or ""
    for door in DOORS:
        if door.endpoint in current_app.view_functions and current_user.may(door.permission):
            yield Entry(str(door.label), url_for(door.endpoint), door.icon, here in door.rooms)
