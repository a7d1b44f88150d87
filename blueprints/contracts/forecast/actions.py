"""The verbs of the forecast: an owner and a day, an event on record, dropped, turned into work.

The caller has locked the entry (`forecast_queries.seen(lock=True)`), and commits.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from blueprints.bargaining.cases.opening import Opening, open_case
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel
from blueprints.bargaining.ground.models import Ground as CaseGround
from blueprints.contracts.forecast import successors
from blueprints.contracts.forecast.groups import in_group
from blueprints.contracts.forecast.models import (
    BargainingTrigger,
    EntryState,
    ForecastEntry,
    TriggerKind,
)
from blueprints.contracts.forecast.words import subject_of, title_of
from blueprints.contracts.ground import queries
from blueprints.contracts.performance.letters import law_kind
from blueprints.offers.campaigns import actions as campaign_actions
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.ground.campaign_models import Campaign, ContractKind
from blueprints.registry.kinds import Standing
from blueprints.registry.models import Enterprise
from blueprints.rulebook.queries import name_of
from rules.broken import RuleBroken
from rules.forecast import Ground
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

STALE = Text(
    "这条预报刚被别人改过，请看过现在的内容再保存。",
    "Somebody else has just changed this line; look at it as it is now, then save again.",
)
UNIONISED = (Standing.ABLE, Standing.WEAK)


def assign(
    entries: Iterable[ForecastEntry], *, owner_id: int | None, planned_on: date, note: str | None
) -> int:
    """Who takes it on, and when it is to be put forward. How many lines that was."""
    changed, owner = [], name_of(owner_id)
    for entry in entries:
        if entry.state != EntryState.OPEN:
            continue
        entry.owner_id, entry.planned_on = owner_id, planned_on
        entry.note = note or entry.note
        entry.version += 1
        changed.append((entry, {"owner": owner, "planned_on": planned_on.isoformat()}))
    trail.record_many("forecast.assigned", changed)
    return len(changed)


def demand_fresh(entry: ForecastEntry, version: int) -> None:
    if entry.version != version:
        raise RuleBroken(STALE)


def drop(entry: ForecastEntry, reason: str) -> None:
    """Nothing is to come of it, and why."""
    _demand_open(entry)
    if not reason.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    entry.state, entry.dropped_reason = EntryState.DROPPED, reason.strip()
    entry.version += 1
    trail.record("forecast.dropped", entry, reason=reason)


def record_trigger(
    kind: TriggerKind,
    *,
    happened_on: date,
    source: str,
    area: str | None,
    industry: str | None,
    note: str | None,
    by_id: int,
) -> BargainingTrigger:
    """Put an event on record: what changed, from which day, by which document."""
    made = BargainingTrigger(
        kind=kind,
        happened_on=happened_on,
        source=source,
        area=area,
        industry=industry,
        note=note,
        recorded_by_id=by_id,
    )
    db.session.add(made)
    trail.record("trigger.recorded", made, event=str(kind), source=source)
    return made


def withdraw_trigger(trigger: BargainingTrigger, reason: str) -> None:
    """It was entered by mistake; its line ends with the next look."""
    if trigger.withdrawn_at is not None:
        raise RuleBroken(Text("已经撤回。", "It was withdrawn already."))
    trigger.withdrawn_at, trigger.withdrawn_reason = now(), reason
    trail.record("trigger.withdrawn", trigger, reason=reason)


def make_campaign(entry: ForecastEntry, *, by_id: int) -> Campaign:
    """A draft campaign with just this scope; it is prepared and approved before anything goes."""
    _demand_open(entry)
    campaign = campaign_actions.create(
        name=f"{title_of(entry).zh}（{today():%Y-%m-%d}·{entry.id}）",
        contract_kind=kind_of(entry),
        subject=subject_of(entry).zh,
        by_id=by_id,
    )
    campaign_actions.save_scope(
        campaign,
        Scope(
            areas=(entry.area,) if entry.area else (),
            industries=(entry.industry,) if entry.industry else (),
            standings=UNIONISED if entry.ground == Ground.NEVER_BARGAINED else tuple(Standing),
            without_contract=entry.ground in {Ground.NEVER_BARGAINED, Ground.NEW_ENTERPRISE},
        ),
    )
    entry.state, entry.campaign_id = EntryState.CAMPAIGN, campaign.id
    entry.version += 1
    trail.record("forecast.made_campaign", entry, campaign=campaign.name)
    return campaign


def make_case(entry: ForecastEntry, *, by_id: int) -> BargainingCase:
    """A bargaining case; a renewal follows on its contract and takes over what fell short."""
    _demand_open(entry)
    ids = db.session.scalars(
        select(Enterprise.id)
        .where(in_group(entry))
        .order_by(Enterprise.id)
        .limit(successors.AT_MOST + 1)
    ).all()
    case = _following(entry, ids, by_id) if entry.contract_id else _of_group(entry, ids, by_id)
    entry.state, entry.case_id = EntryState.CASE, case.id
    entry.version += 1
    trail.record("forecast.made_case", entry, case=case.document_no)
    return case


def _following(entry: ForecastEntry, ids: Sequence[int], by_id: int) -> BargainingCase:
    contract = queries.get_contract(entry.contract_id or 0)
    said = (title_of(entry).zh, entry.note or "", *successors.lessons(contract))
    return successors.follow_on(
        contract,
        name=title_of(entry).zh,
        ground=CaseGround.RENEWAL if entry.ground == Ground.RENEWAL else CaseGround.FORECAST,
        kind=kind_of(entry),
        subject=subject_of(entry).zh,
        note="；".join(filter(None, said)),
        enterprise_ids=ids,
        owner_id=entry.owner_id or by_id,
    )


def _of_group(entry: ForecastEntry, ids: Sequence[int], by_id: int) -> BargainingCase:
    if len(ids) > successors.AT_MOST:
        raise RuleBroken(successors.TOO_MANY)
    return open_case(
        Opening(
            name=title_of(entry).zh,
            ground=CaseGround.FORECAST,
            level=level_of(entry),
            opened_on=today(),
            contract_kind=ContractKind(kind_of(entry)),
            subject=subject_of(entry).zh,
            ground_note="；".join(filter(None, (title_of(entry).zh, entry.note))),
            area=entry.area,
            industry=entry.industry,
            owner_id=entry.owner_id or by_id,
            enterprise_ids=ids,
        )
    )


def kind_of(entry: ForecastEntry) -> str:
    """The kind of contract it is about: the contract's own, and wages where there is none yet."""
    if entry.contract_id is None or entry.ground == Ground.WAGE_ROUND:
        return ContractKind.WAGE
    return law_kind(queries.get_contract(entry.contract_id))


def level_of(entry: ForecastEntry) -> CaseLevel:
    return CaseLevel.INDUSTRY if entry.industry else CaseLevel.REGIONAL


def _demand_open(entry: ForecastEntry) -> None:
    if entry.state != EntryState.OPEN:
        raise RuleBroken(Text("这条预报已经办理。", "This line has been dealt with already."))
