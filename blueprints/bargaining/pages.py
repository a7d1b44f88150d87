"""Everything the page of one case shows, gathered in one place."""

from datetime import UTC, date, datetime, time
from typing import Any

from blueprints.bargaining import queries
from blueprints.bargaining.contributions import Entry, events_of, sections_for
from blueprints.bargaining.labels import KINDS, LEVELS, state_label, state_look
from blueprints.bargaining.models import BargainingCase
from blueprints.bargaining.moves import acts_on, move_words
from blueprints.bargaining.wording import detail_of
from blueprints.offers.campaign_models import Campaign
from blueprints.offers.labels import ACTING_MODES
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.registry.models import EmployerAssociation, TradeUnion
from blueprints.shared.guards import Viewer
from blueprints.shared.trail.words import actor_words, payload_words, verb_words
from blueprints.supervisors.models import Supervisor
from rules.procedure import machines
from rules.words import Text
from tenants import trail
from tenants.clock import ZONE
from tenants.db import db
from tenants.models import Event, User


def case_page(case: BargainingCase, viewer: Viewer) -> dict[str, Any]:
    opened, closed = acts_on(case, viewer)
    return {
        "case": case,
        "totals": queries.totals_of(case.id),
        "explain": machines()["case"].states[case.state].explain,
        "words": words_of(case),
        "named": named(case),
        "open_acts": opened,
        "closed_acts": closed,
        "sections": sections_for(case, viewer),
        "timeline": timeline(case),
    }


def words_of(case: BargainingCase) -> dict[str, Any]:
    return {
        "state": state_label(case.state),
        "look": state_look(case.state),
        "level": LEVELS[case.level],
        "kind": KINDS[case.contract_kind],
        "mode": ACTING_MODES[case.acting_mode],
        "place": place(case),
        "industry": industry_name(case.industry),
    }


def place(case: BargainingCase) -> Text:
    """County and street, mall or park; the city of the rules where neither is named."""
    area = area_name(case.area)
    parts = (area.zh, case.territory or ""), (area.en, case.territory or "")
    return Text("".join(parts[0]), ", ".join(part for part in parts[1] if part))


def named(case: BargainingCase) -> dict[str, Any]:
    """Whom the case names, as rows; None where it names nobody."""
    wanted = {
        "union": (TradeUnion, case.union_id),
        "upper_union": (TradeUnion, case.upper_union_id),
        "association": (EmployerAssociation, case.employer_association_id),
        "owner": (User, case.owner_id),
        "supervisor": (Supervisor, case.supervisor_id),
        "campaign": (Campaign, case.campaign_id),
    }
    return {
        name: db.session.get(kind, (case.tenant_id, ident)) if ident else None
        for name, (kind, ident) in wanted.items()
    }


def timeline(case: BargainingCase) -> list[Entry]:
    """What was done by whom, and what the parts add, the newest first."""
    lines = [line_of(event) for event in trail.of(case)]
    return sorted([*lines, *events_of(case)], key=lambda line: instant(line.at), reverse=True)


def line_of(event: Event) -> Entry:
    if event.verb == "case.moved":
        act, state = move_words(event.payload)
        return Entry(event.at, act, Text(f"{state.zh}　{actor_words(event.actor)}",
                                         f"{state.en}; {actor_words(event.actor)}"))  # fmt: skip
    who = actor_words(event.actor)
    known = event.payload
    detail = payload_words(known) if "changed" in known else detail_of(known)
    words = verb_words(event.verb)
    return Entry(event.at, f"{who} {words}", detail)


def instant(at: date | datetime) -> datetime:
    """A day stands at its midnight here, so that days and moments can be put in order."""
    if isinstance(at, datetime):
        return at.astimezone(UTC)
    return datetime.combine(at, time(0), ZONE).astimezone(UTC)
