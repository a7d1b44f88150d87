"""The figures of a campaign: whom its scope reaches and misses, how far its offers have come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy import Text as TextType
from sqlalchemy.dialects.postgresql import ARRAY

from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.campaigns.scope import (
    ELSEWHERE,
    REMEDIES,
    Scope,
    judged,
    listed,
    moment_of,
    words_for,
)
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.registry.kinds import Standing
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.paging import Key, Page, leaf
from rules.words import Text
from tenants.clock import today
from tenants.db import db

NAMED = 3


@dataclass(frozen=True)
class LeftOut:
    """One reason, how many it keeps out, some of their names, and what can be done."""

    code: str
    label: Text
    count: int
    names: Sequence[str]
    remedy: Text


@dataclass
class Outcome:
    """What a scope comes to on the register as it is today."""

    count: int = 0
    workers: int = 0
    women: int = 0
    frontline: int = 0
    mailed: int = 0
    never: int = 0
    unknown_headcount: int = 0
    standings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def on_paper(self) -> int:
        return self.count - self.mailed

    @property
    def near(self) -> list[LeftOut]:
        """Left out although of the area and the trade."""
        return [one for one in self.left_out if one.code not in ELSEWHERE]

    @property
    def elsewhere(self) -> list[LeftOut]:
        return [one for one in self.left_out if one.code in ELSEWHERE]

    @property
    def near_count(self) -> int:
        return sum(one.count for one in self.near)


def outcome(campaign: Campaign, scope: Scope) -> Outcome:
    """Count it, in one query: addressed, by standing, and left out by reason."""
    judgement = judged(campaign.id, scope, moment_of(campaign, today()))
    query = (
        select(
            judgement.c.reason,
            judgement.c.standing,
            func.count(),
            func.coalesce(func.sum(Enterprise.headcount), 0),
            func.coalesce(func.sum(Enterprise.women), 0),
            func.coalesce(func.sum(Enterprise.frontline), 0),
            func.count(func.nullif(Enterprise.email, "")),
            func.count().filter(Enterprise.contract_claimed.is_not(True)),
            func.count().filter(Enterprise.headcount.is_(None)),
            func.array_agg(Enterprise.name, type_=ARRAY(TextType))[1:NAMED],
        )
        .join(judgement, judgement.c.id == Enterprise.id)
        .group_by(judgement.c.reason, judgement.c.standing)
    )
    found = Outcome()
    out: dict[str, list[Any]] = {}
    for reason, standing, count, *sums in db.session.execute(query):
        if reason is None:
            workers, women, frontline, mailed, never, unknown, _names = sums
            found.count += count
            found.workers += int(workers)
            found.women += int(women)
            found.frontline += int(frontline)
            found.mailed += mailed
            found.never += never
            found.unknown_headcount += unknown
            found.standings[standing] += count
        else:
            known = out.setdefault(reason, [0, []])
            known[0] += count
            known[1] += sums[-1] or []
    order = list(REMEDIES)
    found.left_out = [
        LeftOut(code, words_for(code), count, sorted(names)[:NAMED], REMEDIES[code])
        for code, (count, names) in sorted(out.items(), key=lambda one: order.index(one[0]))
    ]
    return found


def members(
    campaign: Campaign, scope: Scope, *, show: str, q: str, cursor: str | None
) -> tuple[Page, int]:
    """One leaf of the enterprises addressed, left out, or left out for one reason; and how many."""
    judgement = judged(campaign.id, scope, moment_of(campaign, today()))
    query = listed(
        judgement,
        Enterprise.id,
        Enterprise.name,
        Enterprise.area,
        Enterprise.industry,
        Enterprise.headcount,
        Enterprise.email,
        Enterprise.phone,
    )
    for condition in _shown(judgement, show, q):
        query = query.where(condition)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (Key(Enterprise.sort_key), Key(Enterprise.id))
    return leaf(query, order, cursor=cursor, size=25), count


def all_members(campaign: Campaign, scope: Scope, *, show: str) -> Sequence[Row[Any]]:
    """The same as a sheet to take away."""
    judgement = judged(campaign.id, scope, moment_of(campaign, today()))
    query = listed(
        judgement,
        Enterprise.name,
        Enterprise.credit_code,
        Enterprise.area,
        Enterprise.industry,
        Enterprise.headcount,
        Enterprise.email,
    )
    for condition in _shown(judgement, show, ""):
        query = query.where(condition)
    return db.session.execute(query.order_by(Enterprise.sort_key, Enterprise.id)).all()


def _shown(judgement: Any, show: str, q: str) -> list[Any]:
    asked: list[Any] = []
    if show == "addressed":
        asked.append(judgement.c.reason.is_(None))
    elif show == "left-out":
        asked.append(judgement.c.reason.is_not(None))
    elif show == "picked":
        asked.append(judgement.c.pick.is_not(None))
    elif show != "all":
        asked.append(judgement.c.reason == show)
    if q:
        asked.append(found_by(q))
    return asked


@dataclass(frozen=True)
class Progress:
    """How far the offers have come. Groups are those of the list of offers."""

    addressed: int
    mailed: int
    paper: int
    served: int
    groups: dict[str, int]
    states: dict[str, int]

    @property
    def answered(self) -> int:
        return self.groups["accepted"] + self.groups["refused"]


def progress(campaign: Campaign) -> Progress:
    """Counted over the index of offers by campaign and state, and that of notices by batch."""
    by_state = (
        select(Offer.state, func.count(), func.count(Offer.served_on))
        .where(Offer.campaign_id == campaign.id)
        .group_by(Offer.state)
    )
    states, served = {}, 0
    for state, count, proven in db.session.execute(by_state):
        states[state] = count
        served += proven
    by_notice = (
        select(Notice.state, func.count())
        .where(
            Notice.batch_kind == Campaign.__tablename__,
            Notice.batch_id == campaign.id,
            Notice.kind == Offer.__tablename__,
        )
        .group_by(Notice.state)
    )
    notices = dict(db.session.execute(by_notice).all())
    groups = {
        name: sum(states.get(state, 0) for state in members_of)
        for name, members_of in GROUPS.items()
    }
    return Progress(
        addressed=sum(states.values()),
        mailed=sum(notices.get(s, 0) for s in (NoticeState.SENT, NoticeState.DELIVERED)),
        paper=notices.get(NoticeState.PAPER, 0),
        served=served,
        groups=groups,
        states={state: states.get(state, 0) for state in OfferState},
    )
