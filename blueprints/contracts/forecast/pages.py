"""What the pages and sheets of the forecast show, gathered in one place."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.contracts.forecast import announcing as forecast_announcing
from blueprints.contracts.forecast import queries as forecast
from blueprints.contracts.forecast import runs as forecast_runs
from blueprints.contracts.forecast import trigger_lists
from blueprints.contracts.forecast.load import Load
from blueprints.contracts.forecast.models import EntryState, ForecastEntry
from blueprints.contracts.forecast.words import (
    STATES,
    TRIGGERS,
    ground_of,
    place,
    standing,
    title_of,
    trigger_of,
    unit_of,
)
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.labels import NOT_YOURS, on_behalf
from blueprints.contracts.performance.check_pages import exports
from blueprints.notices.labels import notice_state
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.industries import divisions
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from blueprints.shared.trail.words import history
from rules.deadlines import Due
from rules.forecast import GROUND_NAMES, Ground, last_of, months_from
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.roles import May

YEAR = 12
ONCE_EACH = Text(
    "有关企业和工会每家通知一次，不是要约。",
    "Once to each enterprise and union concerned; it is no offer.",
)
A_DRAFT = Text(
    "按此范围生成要约行动草稿，审批后才发出。",
    "A draft campaign with just this scope; nothing goes out before it is approved.",
)
A_CASE = Text("直接立项协商，列入有关企业。", "A bargaining case with the enterprises concerned.")
DEALT_WITH = Text("这条预报已经办理。", "This line has been dealt with already.")
OWNER_FIRST = Text("请先确定责任人和计划日期。", "First name its owner and the planned day.")
TOLD_ONCE = Text("已经发布过预报通知。", "It was announced already.")


def ground_words(row: Any) -> str:
    """Why a line is there; an event by its kind and source."""
    if row.event:
        return f"{said(TRIGGERS[row.event])} · {row.source}"
    return said(GROUND_NAMES[Ground(row.ground)])


def words() -> dict[str, Any]:
    return {
        "states": STATES,
        "grounds": GROUND_NAMES,
        "ground_words": ground_words,
        "unit": lambda row: said(unit_of(row, row.contract)),
        "stands": lambda row: standing(row, row.owner, today()),
        "place_words": place,
    }


def places() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    areas = [(area.code, said(area.name)) for area in city_of(require().division).areas]
    return areas, [(one.code, said(one.name)) for one in divisions().values()]


def list_page(viewer: Viewer, asked: forecast.Asked) -> dict[str, Any]:
    areas, industries = places()
    return {
        "asked": asked,
        "page": forecast.page_of(viewer, asked),
        "totals": forecast.totals(viewer, asked),
        "counts": forecast.by_ground(viewer),
        "areas": areas,
        "industries": industries,
        "may_edit": viewer.may(May.FORECAST_EDIT),
        "exports": exports(viewer, "forecast.export"),
        **look_words(),
        **words(),
    }


def months_page(viewer: Viewer, asked: forecast.Asked) -> dict[str, Any]:
    """Twelve months across the grounds, every figure leading to its lines."""
    months = months_from(today(), YEAR)
    table: dict[Any, dict[str, Any]] = {month: {} for month in months}
    for row in forecast.by_month(viewer, asked, months[0], last_of(months[-1])):
        table.setdefault(row.month, {})[row.ground] = row
    return {"asked": asked, "months": table, **words()}


def load_page(load: Load) -> dict[str, Any]:
    return {"load": load, "area_name": area_name}


def look_words() -> dict[str, Any]:
    """The look under way, or the last there was, and who asked for it."""
    look = forecast_runs.latest()
    asked = {look.asked_by_id} if look and look.asked_by_id else set()
    return {"look": look, "lookers": names_of(asked)}


def looks_page(viewer: Viewer) -> dict[str, Any]:
    rows = forecast_runs.runs()
    asked = {row.asked_by_id for row in rows if row.asked_by_id}
    return {
        "look": rows[0] if rows else None,
        "rows": rows,
        "lookers": names_of(asked),
        "may_edit": viewer.may(May.FORECAST_EDIT),
    }


def trigger_page(viewer: Viewer, asked: trigger_lists.Asked) -> dict[str, Any]:
    areas, industries = places()
    return {
        "asked": asked,
        "page": trigger_lists.page_of(asked),
        "total": trigger_lists.how_many(asked),
        "areas": areas,
        "industries": industries,
        "may_edit": viewer.may(May.FORECAST_EDIT),
        "exports": exports(viewer, "forecast.export_triggers"),
        **look_words(),
        "kinds": TRIGGERS,
        "place_words": place,
    }


def entry_page(entry: ForecastEntry, viewer: Viewer) -> dict[str, Any]:
    contract = queries.get_contract(entry.contract_id) if entry.contract_id else None
    opened, closed = acts(entry, viewer)
    return {
        "entry": entry,
        "title": title_of(entry),
        "ground": ground_of(entry),
        "contract": contract,
        "trigger": trigger_of(entry),
        "due": Due.from_json(entry.clock) if entry.clock else None,
        "people": names_of({one for one in (entry.owner_id,) if one}),
        "told": forecast_announcing.told(entry),
        "notice_state": notice_state,
        "open_acts": opened,
        "closed_acts": closed,
        "course": history(trail.of(entry)),
        "entry_stands": standing(entry, entry.owner_id, today()),
        **words(),
    }


def acts(entry: ForecastEntry, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What this person can make of a line now, and what not, each with the reason."""
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    over = None if entry.state == EntryState.OPEN else DEALT_WITH

    def offer(label: str, endpoint: str, may: May, why_not: Text | None, **more: Any) -> None:
        if not viewer.may(may):
            why_not = NOT_YOURS
        if why_not is not None:
            closed.append({"label": label, "why": why_not})
            return
        url = url_for(f"forecast.{endpoint}", forecast_id=entry.id)
        opened.append({"label": label, "act": label, "url": url, **more})

    unowned = entry.owner_id is None
    offer(_("Name owner and day"), "assign", May.FORECAST_EDIT, over, main=unowned)
    told = TOLD_ONCE if entry.announced_at else OWNER_FIRST if unowned else None
    offer(_("Publish to those concerned"), "announce", May.FORECAST_EDIT, over or told,
          why=ONCE_EACH)  # fmt: skip
    offer(_("Make it a campaign"), "make_campaign", May.CAMPAIGNS_PREPARE, over,
          method="post", main=not unowned and not entry.contract_id, why=A_DRAFT)  # fmt: skip
    offer(_("Open a case"), "make_case", May.CASES_EDIT, over,
          method="post", main=not unowned and bool(entry.contract_id), why=A_CASE)  # fmt: skip
    offer(_("Drop it"), "drop", May.FORECAST_EDIT, over, grave=True)
    return opened, closed


def entry_heads() -> list[str]:
    return [
        _("Unit or industry"),
        _("On behalf of"),
        _("Ground"),
        _("State"),
        _("Enterprises"),
        _("Workers"),
        _("May be proposed from"),
        _("Contract ends"),
        _("Planned for"),
        _("Owner"),
        _("Published on"),
    ]


def entry_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        _shape, state = standing(row, row.owner, today())
        yield [said(unit_of(row, row.contract)), on_behalf(row), ground_words(row), said(state),
               row.enterprises, row.workers, row.opens_on, row.term_to, row.planned_on,
               row.owner or "", row.announced_at]  # fmt: skip
