"""What happened to an enterprise, from the trail, the imports and the rooms above: one line."""

from collections.abc import Iterator
from datetime import date, datetime, time

from flask import url_for
from flask_babel import gettext as _

from blueprints.registry import contributions
from blueprints.registry.contributions import Entry
from blueprints.registry.import_models import Outcome
from blueprints.registry.import_queries import rows_about
from blueprints.registry.labels import field_label, value_words
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.reasons import Finding
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.trail.words import actor_words
from tenants import trail
from tenants.clock import ZONE
from tenants.models import Event
from tenants.roles import May


def of_enterprise(enterprise: Enterprise, viewer: Viewer) -> list[Entry]:
    """Newest first."""
    found = [
        *(entry for event in trail.of(enterprise) if (entry := _from_trail(event))),
        *_from_imports(enterprise.id, viewer),
        *contributions.events_of(enterprise.id),
    ]
    return sorted(found, key=_when, reverse=True)


def of_union(union: TradeUnion) -> list[Entry]:
    return [entry for event in trail.of(union) if (entry := _from_trail(event))]


def _from_trail(event: Event) -> Entry | None:
    words = {
        "enterprise.registered": _("Put on the register"),
        "enterprise.corrected": _("Record corrected"),
        "enterprise.union_linked": _("Union link changed"),
        "enterprise.merged": _("A double was merged into this record"),
        "enterprise.merged_away": _("Merged into another record"),
        "union.registered": _("Put on the register"),
        "union.corrected": _("Record corrected"),
        "union.dissolved": _("The union was closed"),
    }
    if event.verb not in words:
        return None
    detail = changes_words(event.payload.get("changes") or {})
    if event.verb == "enterprise.merged":
        detail = event.payload.get("name", "")
    return Entry(
        event.at, words[event.verb], " · ".join(filter(None, (actor_words(event.actor), detail)))
    )


def _from_imports(enterprise_id: int, viewer: Viewer) -> Iterator[Entry]:
    for row in rows_about(enterprise_id):
        if row.outcome == Outcome.UNCHANGED:
            continue
        new = row.outcome == Outcome.NEW
        text = _("Registered from a ledger") if new else _("Brought up to date from a ledger")
        found = _("; ").join(said(Finding.from_json(one).text) for one in row.findings)
        where = _("%(file)s, row %(row)s", file=row.file_name, row=row.number)
        detail = " · ".join(filter(None, (where, changes_words(row.changes), found)))
        links = []
        if viewer.may(May.REGISTRY_IMPORT):
            links = [(_("The import"), url_for("imports.show", run_id=row.id))]
        yield Entry(row.finished_at, text, detail, links)


def changes_words(changes: dict[str, object]) -> str:
    """Which facts changed, and from what to what where both are known."""
    parts, colon = [], _(": ")
    for field, change in changes.items():
        label = field_label(field)
        if isinstance(change, list) and len(change) == 2:
            old, new = (value_words(field, value) for value in change)
            parts.append(f"{label}{colon}{new}" if old == "—" else f"{label}{colon}{old} → {new}")
        else:
            parts.append(label)
    return str(_("; ")).join(parts)


def _when(entry: Entry) -> datetime:
    if isinstance(entry.at, datetime):
        return entry.at
    day: date = entry.at
    return datetime.combine(day, time.max, tzinfo=ZONE)
