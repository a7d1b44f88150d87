"""The form of the step "content": its rows, what is suggested, and what the letter keeps of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from blueprints.offers.campaigns.forms import MOST_TOPICS, ContentForm
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.campaigns.values import TYPED
from blueprints.offers.ground.campaign_models import Campaign, CampaignTopic
from blueprints.registry.areas import area_name
from blueprints.registry.industries import divisions, sections
from rules.words import Text
from tenants.federation import this_federation

DATES = ("acting_from", "acting_until")
PARTS = ("title", "reason", "position")


def content_form(campaign: Campaign, topics: Iterable[CampaignTopic]) -> ContentForm:
    """The form as it was left."""
    kept: dict[str, Any] = {name: campaign.letter.get(name) for name in TYPED}
    for name in DATES:
        kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
    suggested = suggestions(campaign)
    for name in ("territory_name", "industry_name", "scope_description", "acting_matters"):
        kept[name] = kept[name] or suggested[name]
    rows = [{part: getattr(topic, part) for part in PARTS} for topic in topics]
    return ContentForm(
        formdata=None,
        data={
            **kept,
            "subject": campaign.subject,
            "contract_kind": campaign.contract_kind,
            "proposed_on": campaign.proposed_on,
            "proposed_place": campaign.proposed_place,
            "topics": rows or [{}],
        },
    )


def suggestions(campaign: Campaign) -> dict[str, str]:
    """What the scope says of itself in the words of a letter."""
    scope = Scope.from_json(campaign.scope)
    areas = "、".join(area_name(code).zh for code in scope.areas) or this_federation().name
    trades = "、".join(_trade(code).zh for code in scope.industries)
    return {
        "territory_name": areas.removesuffix("总工会"),
        "industry_name": trades,
        "scope_description": f"从事{trades}的企业" if trades else "",
        "acting_matters": "发出要约、跟踪答复、指导推举协商代表",
    }


def _trade(code: str) -> Text:
    if code in divisions():
        return divisions()[code].name
    return next((one.name for one in sections() if one.code == code), Text(code, code))


def with_rows(typed: Mapping[str, Any], act: str) -> MultiDict[str, Any]:
    """The form as typed, a row of topics added, taken out or moved: `add`, `remove-2`, `up-2`."""
    rows = _rows(typed)
    verb, _dash, place = act.partition("-")
    at = int(place) if place.isdecimal() else -1
    if verb == "add" and len(rows) < MOST_TOPICS:
        rows.append(dict.fromkeys(PARTS, ""))
    elif verb == "remove" and 0 <= at < len(rows):
        rows.pop(at)
    elif verb == "up" and 0 < at < len(rows):
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    elif verb == "down" and 0 <= at < len(rows) - 1:
        rows[at + 1], rows[at] = rows[at], rows[at + 1]
    laid_out = MultiDict(
        (name, value) for name, value in MultiDict(typed).items(multi=True) if not _is_row(name)
    )
    for number, row in enumerate(rows or [dict.fromkeys(PARTS, "")]):
        for part, value in row.items():
            laid_out.add(f"topics-{number}-{part}", value)
    return laid_out


def _rows(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows in the order in which they stood on the page."""
    numbers = sorted({int(name.split("-")[1]) for name in typed if _is_row(name)})
    return [
        {part: typed.get(f"topics-{number}-{part}", "") for part in PARTS}
        for number in numbers[:MOST_TOPICS]
    ]


def _is_row(name: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[0] == "topics" and parts[1].isdecimal() and parts[2] in PARTS


def filled_topics(form: ContentForm) -> list[dict[str, str]]:
    """The topics in which something is typed."""
    return [
        {part: getattr(row.form, part).data or "" for part in PARTS}
        for row in form.topics
        if not row.form.blank
    ]


def fields_of_letter(form: ContentForm) -> dict[str, Any]:
    """What is kept for the letter, as plain JSON."""
    kept: dict[str, Any] = {}
    for name in TYPED:
        value = getattr(form, name).data
        kept[name] = value.isoformat() if name in DATES and value else value or None
    return kept
