"""Whom a campaign addresses, and for each enterprise it does not, the reason why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Exists,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Text as TextType
from sqlalchemy.dialects.postgresql import ARRAY

from blueprints.offers.ground.campaign_models import Campaign, CampaignPick
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.registry.industries import divisions
from blueprints.registry.kinds import Standing, Status
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.rulebook import queries as rulebook
from rules.law import Period, Unit
from rules.reasons import reason as reason_of
from rules.words import Text
from tenants.clock import ZONE
from tenants.scope import current_tenant_id

OFFERED_DAYS = 180  # our own habit, which the officer may change; not a number of the law
STANDING: ColumnElement[str] = case(
    (Enterprise.union_id.is_(None), Standing.NONE.value), else_=TradeUnion.standing
)
WAITING = (OfferState.SEALED, OfferState.DISPATCHED, OfferState.SERVED, OfferState.REMINDED)
BARGAINING = (OfferState.ANSWERED_YES, OfferState.ANSWERED_CONDITIONAL)

# What the officer chose, beside the reasons that rules/reasons.yaml knows.
CHOSEN: Mapping[str, Text] = {
    "choice.removed": Text("人工移出", "taken out by hand"),
    "choice.standing": Text("工会情况未勾选", "standing of the union not ticked"),
    "choice.size": Text("职工人数不在所选范围", "number of workers outside the limits"),
}
REMEDIES: Mapping[str, Text] = {
    "scope.duplicate": Text("已合并，无需处理", "merged already; nothing to do"),
    "scope.closed": Text("先核实状态", "check its status first"),
    "scope.no_workers": Text("更正人数后列入", "correct the number of workers"),
    "scope.data_unverified": Text("补齐信用代码或者区域后列入", "add its credit code or area"),
    "scope.case_open": Text("不能，等协商办结", "no, it is bargaining already"),
    "scope.recent_offer": Text("可以人工加入", "may be added by hand"),
    "scope.valid_contract": Text("核实合同后可以人工加入", "may be added by hand once checked"),
    "scope.outside_territory": Text("改区域，或者人工加入", "change the area, or add by hand"),
    "scope.other_industry": Text("改行业，或者人工加入", "change the industry, or add by hand"),
    "choice.removed": Text("可以恢复", "may be put back"),
    "choice.standing": Text("勾选后列入", "tick that standing"),
    "choice.size": Text("改人数界限", "change the limits"),
}
# Nothing that a hand can overrule: there is nobody to address, or nobody sure to be.
FIRM = (
    "scope.duplicate",
    "scope.closed",
    "scope.no_workers",
    "scope.data_unverified",
    "scope.case_open",
)
ELSEWHERE = ("scope.outside_territory", "scope.other_industry")


@dataclass(frozen=True)
class Scope:
    """The conditions. Empty areas or industries mean all of them."""

    areas: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()  # sections (H) and divisions (62)
    standings: tuple[str, ...] = tuple(Standing)
    least: int | None = None
    most: int | None = None
    without_contract: bool = True
    not_offered_days: int | None = OFFERED_DAYS

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Scope":
        known: dict[str, Any] = {
            name: tuple(kept[name]) if isinstance(kept[name], list | tuple) else kept[name]
            for name in cls.__dataclass_fields__
            if name in kept
        }
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def divisions(self) -> list[str]:
        """The two-digit codes that are meant; a section means all of its own."""
        return [
            code
            for code, division in divisions().items()
            if code in self.industries or division.section in self.industries
        ]


@dataclass(frozen=True)
class Moment:
    """What the conditions are measured against: this day, and the law of the place."""

    today: date
    kind: str
    renewal: Period | None = field(default=None)

    @property
    def in_force_after(self) -> date:
        """A contract that ends later is not yet up for renewal."""
        if self.renewal is None:
            return self.today
        if self.renewal.unit is Unit.MONTH:
            return months_after(self.today, self.renewal.length)
        return self.today + timedelta(days=self.renewal.length)


def moment_of(campaign: Campaign, on: date) -> Moment:
    """Today, and how long before its end a contract of this kind may be renewed."""
    rule = rulebook.book(on).rule("renewal.window", campaign.contract_kind)
    return Moment(on, campaign.contract_kind, rule.period)


def judged(campaign_id: int, scope: Scope, moment: Moment) -> Subquery:
    """Every enterprise on the register with the reason why it is left out; NULL: it is addressed.

    The first reason that applies is the one given. What a hand added passes all but FIRM.
    """
    tenant = current_tenant_id()
    bargaining = _offered(campaign_id, moment, Offer.state.in_(BARGAINING))
    pick = (
        select(CampaignPick.enterprise_id, CampaignPick.pick)
        .where(CampaignPick.tenant_id == tenant, CampaignPick.campaign_id == campaign_id)
        .subquery("pick")
    )
    by_choice = case(*_choices(scope), else_=None)
    by_state = case(*_in_the_way(campaign_id, scope, moment), else_=None)
    reason = case(
        (Enterprise.status == Status.MERGED, "scope.duplicate"),
        (Enterprise.status != Status.ACTIVE, "scope.closed"),
        (pick.c.pick == "removed", "choice.removed"),
        (and_(pick.c.pick.is_distinct_from("added"), by_choice.in_(ELSEWHERE)), by_choice),
        (Enterprise.headcount == 0, "scope.no_workers"),
        (or_(Enterprise.credit_code.is_(None), Enterprise.area.is_(None)), "scope.data_unverified"),
        (bargaining, "scope.case_open"),
        (pick.c.pick == "added", None),
        else_=func.coalesce(by_choice, by_state),
    )
    return (
        select(
            Enterprise.id,
            reason.label("reason"),
            STANDING.label("standing"),
            pick.c.pick.label("pick"),
        )
        .outerjoin(
            TradeUnion,
            and_(TradeUnion.tenant_id == tenant, TradeUnion.id == Enterprise.union_id),
        )
        .outerjoin(pick, pick.c.enterprise_id == Enterprise.id)
        .where(Enterprise.tenant_id == tenant)
        .subquery("judged")
    )


def words_for(code: str) -> Text:
    """The short label of a reason."""
    return CHOSEN[code] if code in CHOSEN else reason_of(code).label


def _choices(scope: Scope) -> list[tuple[ColumnElement[bool], str]]:
    whens: list[tuple[ColumnElement[bool], str]] = []
    if scope.areas:
        outside = or_(Enterprise.area.is_(None), Enterprise.area.not_in(scope.areas))
        whens.append((outside, "scope.outside_territory"))
    if scope.industries:
        ours = Enterprise.industries.overlap(cast(scope.divisions or [""], ARRAY(TextType)))
        main = Enterprise.industry.in_(scope.divisions)
        whens.append((~func.coalesce(or_(ours, main), False), "scope.other_industry"))
    whens.append((STANDING.not_in(scope.standings), "choice.standing"))
    if scope.least is not None:
        few = func.coalesce(Enterprise.headcount, 0) < scope.least
        whens.append((few, "choice.size"))
    if scope.most is not None:
        whens.append((Enterprise.headcount > scope.most, "choice.size"))
    return whens


def _in_the_way(
    campaign_id: int, scope: Scope, moment: Moment
) -> list[tuple[ColumnElement[bool], str]]:
    recent = _offered(campaign_id, moment, _recent(scope, moment))
    whens: list[tuple[ColumnElement[bool], str]] = [(recent, "scope.recent_offer")]
    if scope.without_contract:
        in_force = and_(
            Enterprise.contract_claimed.is_(True),
            Enterprise.contract_claimed_until > moment.in_force_after,
        )
        whens.append((in_force, "scope.valid_contract"))
    return whens


def _offered(campaign_id: int, moment: Moment, *conditions: ColumnElement[bool]) -> Exists:
    """Whether another campaign of the same kind of contract has such an offer to the enterprise.

    Asked for each by the index on enterprises: a join would be planned on figures that are out of
    date just when a campaign has been issued.
    """
    return exists().where(
        Offer.tenant_id == Enterprise.tenant_id,
        Offer.enterprise_id == Enterprise.id,
        Offer.campaign_id != campaign_id,
        Offer.contract_kind == literal(moment.kind),
        *conditions,
    )


def _recent(scope: Scope, moment: Moment) -> ColumnElement[bool]:
    """Still waiting, or issued within the days the officer has set."""
    recent: ColumnElement[bool] = Offer.state.in_(WAITING)
    if scope.not_offered_days:
        since = datetime.combine(moment.today, datetime.min.time(), ZONE) - timedelta(
            days=scope.not_offered_days
        )
        recent = or_(recent, and_(Offer.sealed_at >= since, Offer.state != OfferState.CLOSED))
    return recent


def listed(judgement: Subquery, *columns: Any) -> Select[Any]:
    """Enterprises beside their judgement."""
    return select(*columns, judgement.c.reason, judgement.c.standing, judgement.c.pick).join(
        judgement, judgement.c.id == Enterprise.id
    )


def months_after(day: date, months: int) -> date:
    """The day with the same number so many months on, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)
