"""What the pages of votes read: rounds, their units, rolls, receipts; never a running sum."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort
from sqlalchemy import func, select

from blueprints.bargaining.ground.ballot_models import Ballot, BallotSlip, Elector, VotingUnit
from blueprints.bargaining.ground.queries import FRESH, seen
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from tenants.db import db
from tenants.roles import May


def get_ballot(
    ballot_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> Ballot:
    """A round of a case this person reaches, or 404. Locking waits for those who are casting."""
    found = db.session.scalar(select(Ballot).where(Ballot.id == ballot_id)) or abort(404)
    seen(found.case_id, viewer, permission, lock=lock)
    if not lock:
        return found
    query = select(Ballot).where(Ballot.id == ballot_id).with_for_update()
    return db.session.scalars(query, execution_options=FRESH).one()


def get_unit(
    unit_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> tuple[VotingUnit, Ballot]:
    found = db.session.scalar(select(VotingUnit).where(VotingUnit.id == unit_id)) or abort(404)
    ballot = get_ballot(found.ballot_id, viewer, permission, lock=lock)
    query = select(VotingUnit).where(VotingUnit.id == unit_id)
    options = FRESH if lock else {}
    return db.session.scalars(query, execution_options=options).one(), ballot


@read_once
def ballots_of(case_id: int) -> Sequence[Ballot]:
    """Every round, the latest first."""
    query = select(Ballot).where(Ballot.case_id == case_id).order_by(Ballot.round.desc())
    return db.session.scalars(query).all()


def last_ballot(case_id: int) -> Ballot | None:
    return next(iter(ballots_of(case_id)), None)


def units_of(ballot_id: int) -> Sequence[VotingUnit]:
    query = select(VotingUnit).where(VotingUnit.ballot_id == ballot_id)
    return db.session.scalars(query.order_by(VotingUnit.id), execution_options=FRESH).all()


def units_by_ballot(ballot_ids: Sequence[int]) -> Mapping[int, Sequence[VotingUnit]]:
    """The units of several rounds at once, by the round."""
    query = select(VotingUnit).where(VotingUnit.ballot_id.in_(ballot_ids)).order_by(VotingUnit.id)
    found: dict[int, list[VotingUnit]] = {ident: [] for ident in ballot_ids}
    for one in db.session.scalars(query):
        found[one.ballot_id].append(one)
    return found


def roll_of(unit_id: int) -> Sequence[Elector]:
    query = select(Elector).where(Elector.unit_id == unit_id).order_by(Elector.number)
    return db.session.scalars(query).all()


def delegations_of(unit_id: int) -> Sequence[tuple[Any, ...]]:
    """Each delegation with how many it sends, and of them front-line, women and managers."""
    one = Elector
    query = (
        select(
            one.delegation,
            func.count(),
            func.count().filter(one.frontline),
            func.count().filter(one.woman),
            func.count().filter(one.manager),
        )
        .where(one.unit_id == unit_id)
        .group_by(one.delegation)
        .order_by(one.delegation)
    )
    return [(row[0], *(int(n) for n in row[1:])) for row in db.session.execute(query)]


def cast_in(unit_ids: Sequence[int]) -> Mapping[int, int]:
    """How many slips of each unit are spent: how many have voted, not how."""
    query = (
        select(BallotSlip.unit_id, func.count())
        .where(BallotSlip.unit_id.in_(unit_ids), BallotSlip.used.is_(True))
        .group_by(BallotSlip.unit_id)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def receipts_of(ballot_id: int) -> Sequence[str]:
    """The receipts of a round in the order of the alphabet, which is no order of voting."""
    query = (
        select(BallotSlip.receipt)
        .join(
            VotingUnit,
            (VotingUnit.tenant_id == BallotSlip.tenant_id) & (VotingUnit.id == BallotSlip.unit_id),
        )
        .where(VotingUnit.ballot_id == ballot_id, BallotSlip.receipt.is_not(None))
        .order_by(BallotSlip.receipt)
    )
    return [str(one) for one in db.session.scalars(query)]


def slips_made(ballot_id: int) -> int:
    query = (
        select(func.count())
        .select_from(BallotSlip)
        .join(
            VotingUnit,
            (VotingUnit.tenant_id == BallotSlip.tenant_id) & (VotingUnit.id == BallotSlip.unit_id),
        )
        .where(VotingUnit.ballot_id == ballot_id)
    )
    return int(db.session.scalar(query) or 0)
