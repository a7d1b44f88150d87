"""What the lines of the forecast are called, in both languages, and how they look."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.contracts.forecast.models import (
    BargainingTrigger,
    EntryState,
    ForecastEntry,
    TriggerKind,
)
from blueprints.contracts.ground.models import Contract
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from rules.forecast import GROUND_NAMES, Ground
from rules.words import Text, same
from tenants.db import db

STATES: Mapping[str, Text] = {
    EntryState.OPEN: Text("待办理", "Coming up"),
    EntryState.CAMPAIGN: Text("已转要约行动", "Made a campaign"),
    EntryState.CASE: Text("已立项协商", "Made a case"),
    EntryState.DROPPED: Text("不再办理", "Dropped"),
    EntryState.OVER: Text("情形消失", "No longer so"),
}
TRIGGERS: Mapping[str, Text] = {
    TriggerKind.MINIMUM_WAGE: Text("最低工资标准调整", "Minimum wage changed"),
    TriggerKind.GUIDELINE: Text("工资指导线发布", "Wage guideline published"),
    TriggerKind.PRICE_POSITION: Text("工资价位发布", "Pay levels published"),
    TriggerKind.LAYOFFS: Text("裁员", "Layoffs"),
    TriggerKind.STOPPAGE: Text("停工、集体访", "Stoppage or petition"),
    TriggerKind.OTHER: Text("其他", "Other"),
}
TO_ARRANGE = Text("待安排", "Nobody's yet")
ARRANGED = Text("已安排", "Arranged")
DAY_PASSED = Text("已过计划日期", "Planned day passed")
EVERYWHERE = Text("全市", "the whole city")
EVERY_TRADE = Text("各行业", "every industry")


def standing(row: Any, owner: object, today: date) -> tuple[str, Text]:
    """How a line stands, as a shape and a word; `owner` is whoever took it on, or None.

    Nothing is late here but our own plan; a window that is open is near.
    """
    if row.state != EntryState.OPEN:
        gone_on = row.state in {EntryState.CAMPAIGN, EntryState.CASE}
        return ("ok" if gone_on else "stop"), STATES[row.state]
    if row.planned_on < today:
        return "late", DAY_PASSED
    if owner is not None:
        return "run", ARRANGED
    return ("soon" if row.opens_on <= today else "run"), TO_ARRANGE


def place(area: str | None, industry: str | None) -> Text:
    """沙市区餐饮业: area and industry in one phrase."""
    where = same(area_name(area)) if area else EVERYWHERE
    what = same(industry_name(industry)) if industry else EVERY_TRADE
    return Text(f"{where.zh}{what.zh}", f"{what.en}, {where.en}")


def unit_of(row: Any, contract_name: str | None = None) -> Text:
    """What a line is about: a contract by its name, a group by place and trade."""
    return same(contract_name) if contract_name else place(row.area, row.industry)


def name_of_contract(entry: ForecastEntry) -> str | None:
    if entry.contract_id is None:
        return None
    return db.session.scalar(select(Contract.name).where(Contract.id == entry.contract_id))


def trigger_of(entry: ForecastEntry) -> BargainingTrigger | None:
    if entry.trigger_id is None:
        return None
    return db.session.scalar(
        select(BargainingTrigger).where(BargainingTrigger.id == entry.trigger_id)
    )


def ground_of(entry: ForecastEntry) -> Text:
    """Why it is there; an event is named with its source."""
    trigger = trigger_of(entry)
    if trigger is None:
        return GROUND_NAMES[Ground(entry.ground)]
    named = TRIGGERS[trigger.kind]
    return Text(f"{named.zh}（{trigger.source}）", f"{named.en} ({trigger.source})")


def title_of(entry: ForecastEntry) -> Text:
    """The name that a campaign or case made of it begins with."""
    unit, ground = unit_of(entry, name_of_contract(entry)), GROUND_NAMES[Ground(entry.ground)]
    return Text(f"{unit.zh}：{ground.zh}", f"{unit.en}: {ground.en}")


def subject_of(entry: ForecastEntry) -> Text:
    if entry.ground == Ground.RENEWAL:
        return Text("续订集体合同", "renewal of the collective contract")
    return Text("工资", "wages")
