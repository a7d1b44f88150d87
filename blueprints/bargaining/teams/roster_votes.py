"""The workers' vote on their roster, held against the rule of the place, live."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from blueprints.bargaining.ground.law import rule_of, selection_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.roster_models import Assembly, RosterVote
from blueprints.bargaining.ground.team_models import (
    BY_VOTE,
    Chosen,
    Representative,
    Seat,
    Side,
    Team,
)
from blueprints.bargaining.teams.actions import OF_TEAM
from rules.ballots import needed
from rules.broken import RuleBroken
from rules.findings import Finding
from rules.rosters import wants_approval
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

THRESHOLD = "vote.threshold"
ASSEMBLIES = {
    Assembly.CONGRESS: Text(
        "职工代表大会（含行业、区域职代会）", "workers' congress, joint ones too"
    ),
    Assembly.ALL_STAFF: Text("全体职工", "all workers"),
}
TEAM_OF_VOTE = (Team.tenant_id == RosterVote.tenant_id) & (Team.id == RosterVote.team_id)


@dataclass(frozen=True)
class Said:
    """What the count sheet says."""

    assembly: str
    place: str
    held_on: date
    people: Sequence[int]
    electorate: int
    present: int
    in_favour: int
    against: int
    abstained: int
    note: str | None = None


def record(
    case: BargainingCase, team: Team, said: Said, *, record_id: int | None, by_id: int | None
) -> RosterVote:
    """Write down how it came out, won or lost."""
    vote = RosterVote(
        team_id=team.id, assembly=said.assembly, place=said.place, held_on=said.held_on,
        people=sorted(said.people), electorate=said.electorate, present=said.present,
        in_favour=said.in_favour, against=said.against, abstained=said.abstained, note=said.note,
        record_id=record_id, recorded_by_id=by_id,
    )  # fmt: skip
    db.session.add(vote)
    db.session.flush()
    trail.record(
        "roster.voted", case, held_on=said.held_on.isoformat(), electorate=said.electorate,
        in_favour=said.in_favour, people=len(vote.people),
    )  # fmt: skip
    return vote


def strike(case: BargainingCase, vote: RosterVote, reason: str) -> None:
    """It was entered by mistake: it stays to be seen and counts no more."""
    if vote.struck_at is not None:
        raise RuleBroken(Text("本次表决记录已经作废。", "This entry was struck out already."))
    vote.struck_at, vote.struck_reason = now(), reason
    trail.record("roster.vote_struck", case, held_on=vote.held_on.isoformat(), reason=reason)


def votes_of(case_id: int) -> Sequence[RosterVote]:
    """Every vote on the roster, the latest first, those struck out too."""
    query = (
        select(RosterVote)
        .join(Team, TEAM_OF_VOTE)
        .where(Team.case_id == case_id)
        .order_by(RosterVote.held_on.desc(), RosterVote.id.desc())
    )  # fmt: skip
    return db.session.scalars(query).all()


def get_vote(case: BargainingCase, ident: int) -> RosterVote | None:
    return next((vote for vote in votes_of(case.id) if vote.id == ident), None)


def standing(votes: Sequence[RosterVote]) -> RosterVote | None:
    """The last one that was not struck out: it says whom the workers agreed to."""
    return next((vote for vote in votes if vote.struck_at is None), None)


def stood_on(case: BargainingCase, day: date) -> list[Representative]:
    """Who was on the workers' list on a day."""
    query = select(Representative).join(Team, OF_TEAM).where(
        Team.case_id == case.id, Team.side == Side.WORKERS, Representative.seat == Seat.MEMBER
    ).order_by(Representative.chief.desc(), Representative.id)  # fmt: skip
    return [one for one in db.session.scalars(query) if one.left_on is None or one.left_on > day]


def votes_needed(case: BargainingCase, electorate: int) -> int:
    """How many of all who may vote must agree, by the share the place asks of a vote."""
    return needed(rule_of(case, THRESHOLD), electorate)


def passed(case: BargainingCase, vote: RosterVote) -> bool:
    return vote.in_favour >= votes_needed(case, vote.electorate)


def is_wanted(case: BargainingCase, workers: Sequence[Representative]) -> bool:
    """Whether the rule asks for it; those elected by the workers need no second vote."""
    return wants_approval(selection_of(case)) and any(_put_up(one) for one in workers)


def _put_up(one: Representative) -> bool:
    return one.seat == Seat.MEMBER and one.chosen not in {*BY_VOTE, Chosen.UNION_CHAIR}


def findings(case: BargainingCase, workers: Sequence[Representative]) -> Iterator[Finding]:
    """Where the workers must approve the list: that they did, all of it, and on paper."""
    if not is_wanted(case, workers):
        return
    article = selection_of(case).citation
    vote = standing(votes_of(case.id))
    if vote is None:
        yield Finding(
            Text("职工方代表名单尚未经职工（代表）大会表决认可。",
                 "The workers have not voted on the list of their representatives yet."),
            article, Side.WORKERS,
        )  # fmt: skip
        return
    least = votes_needed(case, vote.electorate)
    if vote.in_favour < least:
        yield Finding(
            Text(f"代表名单得同意票{vote.in_favour}，全体{vote.electorate}人中至少需要{least}。",
                 f"The list has {vote.in_favour} votes; of {vote.electorate}, {least} must agree."),
            _both(article, rule_of(case, THRESHOLD).citation), Side.WORKERS,
        )  # fmt: skip
    if late := [one.name for one in workers if _put_up(one) and one.id not in vote.people]:
        yield Finding(
            Text(f"表决时名单上没有{'、'.join(late)}，须再次表决认可。",
                 f"Not on the list the workers voted on: {', '.join(late)}. They vote once more."),
            article, Side.WORKERS,
        )  # fmt: skip
    if vote.record_id is None:
        yield Finding(
            Text("名单表决的会议记录未上传。", "The record of the vote on the list is missing."),
            article, Side.WORKERS, blocks=False,
        )  # fmt: skip


def _both(one: Text, other: Text) -> Text:
    return one if one == other else Text(f"{one.zh}；{other.zh}", f"{one.en}; {other.en}")
