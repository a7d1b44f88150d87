"""The verbs of a vote. The caller has locked the case, and commits.

A round votes on one fixed text. Electorate, rules and what is needed are frozen when voting
begins; sums are checked by the rules, decided by arithmetic, and kept by the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete

from blueprints.bargaining.ballots import queries as ballots
from blueprints.bargaining.ballots.rules import faults_in_papers, frozen_rules, needs, tally_of
from blueprints.bargaining.drafts.queries import agreed_draft
from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.ballot_models import (
    Ballot,
    BallotSlip,
    Elector,
    Manner,
    Method,
    UnitState,
    VotingUnit,
)
from blueprints.bargaining.ground.models import BargainingCase, CaseState, Part
from blueprints.bargaining.ground.moves import move
from rules.ballots import Tally, faults_in
from rules.broken import RuleBroken
from rules.findings import require
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

MACHINE = "ballot"
REVOTE = "draft.revote_days"
ART_36 = Text("《集体合同规定》第36条", "Order 22, art. 36")


@dataclass(frozen=True)
class Convening:
    """What is said when a vote is convened."""

    manner: Manner
    method: Method
    held_on: date
    papers_sent_on: date | None
    place: str = ""
    name: str = ""  # of the congress or assembly
    electorate: int = 0  # of the congress or assembly
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Count:
    """What was counted on paper in one unit."""

    present: int
    in_favour: int
    against: int
    abstained: int
    invalid: int = 0
    tellers: str = ""
    tally_document_id: int | None = None


def convene(case: BargainingCase, said: Convening) -> Ballot:
    """Put the agreed text to the vote: a round with its units, each with its electorate."""
    draft = agreed_draft(case.id)
    if draft is None or draft.text_sha256 is None or case.state != CaseState.DRAFT_AGREED:
        raise RuleBroken(
            Text("双方对草案达成一致并锁定文本后，才能提交表决。",
                 "A draft is put to the vote once both sides agree and its text is fixed."), ART_36
        )  # fmt: skip
    require(faults_in_papers(case, said.papers_sent_on, said.held_on))
    last = ballots.last_ballot(case.id)
    ballot = Ballot(
        case_id=case.id,
        draft_id=draft.id,
        text_sha256=draft.text_sha256,
        round=last.round + 1 if last else 1,
        manner=said.manner,
        method=said.method,
        held_on=said.held_on,
        place=said.place,
        papers_sent_on=said.papers_sent_on,
        opens_at=said.opens_at,
        closes_at=said.closes_at,
        rules=frozen_rules(case, said.held_on),
    )
    db.session.add(ballot)
    db.session.flush()
    for name, enterprise_id, electorate in _units(case, said):
        add_unit(case, ballot, name, electorate, enterprise_id=enterprise_id)
    trail.record(
        "ballot.convened", case, round=ballot.round, manner=said.manner, method=said.method,
        sha256=draft.text_sha256, held_on=said.held_on.isoformat(),
    )  # fmt: skip
    case_clocks.stop(case, REVOTE)
    move(case, "convene", papers_sent_in_time=True)
    return ballot


def _units(case: BargainingCase, said: Convening) -> Sequence[tuple[str, int | None, int]]:
    if said.manner != Manner.EACH_ENTERPRISE:
        return [(said.name or case.name, None, said.electorate)]
    rows = [
        row for row in queries.enterprises_of(case.id)
        if row.part in {Part.RECOGNISING, Part.MANDATED}
    ]  # fmt: skip
    uncounted = [row.name for row in rows if not row.headcount]
    if uncounted or not rows:
        names = "、".join(uncounted[:3]) or case.name
        raise RuleBroken(
            Text(f"没有职工人数，无法确定表决人数：{names}。",
                 f"No headcount is on record, so nobody knows how many may vote: {names}."), ART_36
        )  # fmt: skip
    return [(row.name, row.enterprise_id, row.headcount or 0) for row in rows]


def add_unit(
    case: BargainingCase,
    ballot: Ballot,
    name: str,
    electorate: int,
    *,
    enterprise_id: int | None = None,
) -> VotingUnit:
    wanted = needs(case, electorate, ballot.held_on)
    unit = VotingUnit(
        ballot_id=ballot.id,
        enterprise_id=enterprise_id,
        name=name,
        electorate=electorate,
        quorum_needed=wanted.quorum,
        votes_needed=wanted.votes,
    )
    db.session.add(unit)
    db.session.flush()
    return unit


def enter_roll(
    case: BargainingCase, ballot: Ballot, unit: VotingUnit, people: Sequence[Elector]
) -> None:
    """The roll by name; it sets the electorate. Frozen with the first ballot paper."""
    _not_frozen(ballot)
    db.session.execute(delete(Elector).where(Elector.unit_id == unit.id))
    for number, one in enumerate(people, start=1):
        one.unit_id, one.number = unit.id, number
        db.session.add(one)
    wanted = needs(case, len(people), ballot.held_on)
    unit.electorate, unit.quorum_needed = len(people), wanted.quorum
    unit.votes_needed = wanted.votes
    _drop_slips(unit)
    trail.record("ballot.roll_entered", case, unit=unit.name, electors=len(people))


def set_electorate(case: BargainingCase, ballot: Ballot, unit: VotingUnit, electorate: int) -> None:
    """How many may vote, where there is no roll by name."""
    _not_frozen(ballot)
    wanted = needs(case, electorate, ballot.held_on)
    unit.electorate, unit.quorum_needed = electorate, wanted.quorum
    unit.votes_needed = wanted.votes
    _drop_slips(unit)
    trail.record("ballot.electorate_set", case, unit=unit.name, electors=electorate)


def _drop_slips(unit: VotingUnit) -> None:
    db.session.flush()
    db.session.execute(delete(BallotSlip).where(BallotSlip.unit_id == unit.id))


def _not_frozen(ballot: Ballot) -> None:
    if ballot.frozen_at is not None:
        raise RuleBroken(
            Text("表决已经开始，表决人数不能再改。",
                 "Voting has begun; the electorate is frozen."), ART_36
        )  # fmt: skip


def open_vote(case: BargainingCase, ballot: Ballot) -> None:
    """Freeze the electorate; from here on ballots are taken, on paper or on-line."""
    _not_frozen(ballot)
    wanted = sum(unit.electorate for unit in ballots.units_of(ballot.id))
    if ballot.method == Method.ONLINE and ballots.slips_made(ballot.id) != wanted:
        raise RuleBroken(Text("请先打印并发放全部选票码。", "Print and hand out all slips first."))
    ballot.frozen_at = now()
    trail.record("ballot.opened", case, round=ballot.round, electors=wanted)


def count(case: BargainingCase, ballot: Ballot, unit: VotingUnit, said: Count) -> None:
    """Enter a count on paper. Too few present: adjourned. Sums that cannot be right: refused."""
    if ballot.method != Method.PAPER or ballot.frozen_at is None:
        raise RuleBroken(Text("本轮表决现在不能登记计票。", "No count can be entered now."), ART_36)
    if unit.passed is not None:
        raise RuleBroken(Text("计票结果已经确定。", "The count is decided already."), ART_36)
    require(faults_in(tally(unit, said)))
    unit.present, unit.tellers = said.present, said.tellers
    unit.tally_document_id = said.tally_document_id
    if unit.state == UnitState.ADJOURNED:
        unit.state = advance(MACHINE, unit.state, "reconvene", {"new_date_set": True})
    if said.present < unit.quorum_needed:
        unit.state = advance(MACHINE, unit.state, "adjourn", {"quorum_missing": True})
        trail.record(
            "ballot.adjourned", case, unit=unit.name, present=said.present,
            needed=unit.quorum_needed,
        )  # fmt: skip
        return
    unit.in_favour, unit.against = said.in_favour, said.against
    unit.abstained, unit.invalid = said.abstained, said.invalid
    unit.state = advance(MACHINE, unit.state, "open", {"quorum_present": True})
    _decide(case, unit)
    settle(case, ballot)


def tally(unit: VotingUnit, said: Count) -> Tally:
    return Tally(
        unit.name, unit.electorate, said.present, said.in_favour, said.against, said.abstained,
        said.invalid,
    )  # fmt: skip


def close(case: BargainingCase, ballot: Ballot) -> None:
    """Close an on-line vote and have the database count. Before its hour only if all have voted."""
    if ballot.method != Method.ONLINE or ballot.frozen_at is None or ballot.closed_at is not None:
        raise RuleBroken(Text("本轮表决现在不能截止。", "This vote cannot be closed now."), ART_36)
    units = ballots.units_of(ballot.id)
    cast = ballots.cast_in([unit.id for unit in units])
    everybody = all(cast.get(unit.id, 0) == unit.electorate for unit in units)
    if ballot.closes_at is None or (now() < ballot.closes_at and not everybody):
        raise RuleBroken(
            Text("尚未到截止时间，还有人没有投票。",
                 "The hour of closing has not come, and some have not voted."), ART_36
        )  # fmt: skip
    ballot.closed_at = now()
    db.session.flush()
    for unit in units:
        unit.in_favour = 0  # the database puts in what is in the box
        db.session.flush()
        db.session.refresh(unit)
        # Too few votes cast decide an on-line vote too: it is lost, and may be held again.
        unit.state = advance(MACHINE, unit.state, "open", {"quorum_present": True})
        _decide(case, unit)
    trail.record("ballot.closed", case, round=ballot.round, ballots=sum(cast.values()))
    settle(case, ballot)


def _decide(case: BargainingCase, unit: VotingUnit) -> None:
    """By arithmetic, over all who may vote."""
    votes = tally_of(unit)
    unit.passed = votes.present >= unit.quorum_needed and votes.in_favour >= unit.votes_needed
    unit.counted_at = now()
    unit.state = advance(MACHINE, unit.state, "count", {"tally_adds_up": True})
    event, fact = ("pass", "majority_of_all") if unit.passed else ("lose", "no_majority_of_all")
    unit.state = advance(MACHINE, unit.state, event, {fact: True})
    trail.record(
        "ballot.counted", case, unit=unit.name, electors=unit.electorate, present=votes.present,
        in_favour=votes.in_favour, against=votes.against, abstained=votes.abstained,
        needed=unit.votes_needed, passed=unit.passed,
    )  # fmt: skip
    db.session.flush()


def certify(case: BargainingCase, unit: VotingUnit, minutes_document_id: int) -> None:
    """The resolution and the minutes are signed and on file."""
    unit.minutes_document_id, unit.certified_at = minutes_document_id, now()
    unit.state = advance(MACHINE, unit.state, "certify", {"minutes_signed": True})
    trail.record("ballot.certified", case, unit=unit.name)


def settle(case: BargainingCase, ballot: Ballot) -> None:
    """Once every unit is decided, so is the round; a lost one starts the re-vote clock."""
    units = ballots.units_of(ballot.id)
    if any(unit.passed is None for unit in units):
        return
    ballot.result = "passed" if all(unit.passed for unit in units) else "lost"
    ballot.decided_at = now()
    db.session.flush()
    trail.record("ballot.decided", case, round=ballot.round, result=ballot.result)
    if ballot.result == "lost":
        move(case, "reject", vote_lost_somewhere=True)
        clock = case_clocks.start(case, REVOTE, today())
        if clock is not None:
            ballot.revote_due_on, ballot.revote_clock = clock.due_on, clock.derivation
