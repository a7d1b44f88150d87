"""Slips and the slot: how a secret ballot is handed out and put in, leaving nothing that is a vote.

The codes are random, printed once and kept nowhere; the database knows their fingerprints. They
are shuffled before they are printed and drawn by hand, so that nobody knows whose is which. What
remains of a ballot is one more in a sum, and a receipt that says only that it was counted.
"""

import hashlib
import secrets
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError

from blueprints.bargaining.ballots import queries as ballots
from blueprints.bargaining.ground.ballot_models import (
    Ballot,
    BallotSlip,
    BallotSlot,
    Choice,
    Method,
    VotingUnit,
)
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.offers.ground.links import ALPHABET
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.scope import current_tenant_id

CODE_LENGTH, RECEIPT_LENGTH = 32, 12


class Fate(StrEnum):
    """What became of a ballot that was put in."""

    COUNTED = "counted"
    UNKNOWN = "unknown"
    USED = "used"
    NOT_OPEN = "not_open"
    CLOSED = "closed"


def make_slips(case: BargainingCase, ballot: Ballot) -> list[tuple[VotingUnit, list[str]]]:
    """New codes for every unit, as many as may vote, shuffled; earlier ones are worth nothing."""
    if ballot.method != Method.ONLINE or ballot.frozen_at is not None:
        raise RuleBroken(Text("现在不能打印选票码。", "No slips can be made now."))
    made = []
    for unit in ballots.units_of(ballot.id):
        db.session.execute(delete(BallotSlip).where(BallotSlip.unit_id == unit.id))
        codes = [new_code() for _ in range(unit.electorate)]
        rows = sorted(codes, key=fingerprint)  # the order of rows is that of their fingerprints
        db.session.execute(
            insert(BallotSlip),
            [
                {"tenant_id": current_tenant_id(), "unit_id": unit.id,
                 "slip_hash": fingerprint(code)}
                for code in rows
            ],
        )  # fmt: skip
        secrets.SystemRandom().shuffle(codes)
        made.append((unit, codes))
    trail.record("ballot.slips_made", case, round=ballot.round, slips=sum(len(c) for _, c in made))
    return made


def new_code() -> str:
    """150 bits that people can type."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def typed(code: str) -> str:
    """However it was typed."""
    return "".join(char for char in code.upper() if char in ALPHABET)


def fingerprint(code: str) -> str:
    return hashlib.sha256(f"slip:{code}".encode()).hexdigest()


def behind(code: str) -> tuple[Ballot, VotingUnit, Draft] | None:
    """What a slip votes on; None for one that is no slip, spent ones included among the known."""
    query = (
        select(Ballot, VotingUnit, Draft)
        .join(
            VotingUnit,
            (VotingUnit.tenant_id == Ballot.tenant_id) & (VotingUnit.ballot_id == Ballot.id),
        )
        .join(
            BallotSlip,
            (BallotSlip.tenant_id == VotingUnit.tenant_id) & (BallotSlip.unit_id == VotingUnit.id),
        )
        .join(Draft, (Draft.tenant_id == Ballot.tenant_id) & (Draft.id == Ballot.draft_id))
        .where(BallotSlip.slip_hash == fingerprint(code))
    )
    found = db.session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def spent(code: str) -> bool:
    query = select(BallotSlip.used).where(BallotSlip.slip_hash == fingerprint(code))
    return bool(db.session.scalar(query))


def cast(code: str, choice: Choice) -> tuple[Fate, str]:
    """Put a ballot in. Returns what became of it, and the receipt of one that counts.

    Nothing is written in the trail: when somebody voted is nobody's business.
    """
    receipt = "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH))
    put_in = insert(BallotSlot).values(
        tenant_id=current_tenant_id(), slip_hash=fingerprint(code), choice=str(choice),
        receipt=receipt, cast_at=now(),
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.execute(put_in.inline())
    except DBAPIError as refused:
        return _why(refused), ""
    return Fate.COUNTED, receipt


def _why(refused: DBAPIError) -> Fate:
    """The word the database answered with; anything else is no answer of the box."""
    said = str(getattr(getattr(refused.orig, "diag", None), "message_primary", ""))
    if said not in set(Fate):
        raise refused
    return Fate(said)


def counted(receipt: str) -> bool:
    """Whether a receipt is of a ballot that is in the box. It never says how it was cast."""
    query = select(BallotSlip.id).where(BallotSlip.receipt == typed(receipt))
    return db.session.scalar(query) is not None


def tally_matches(units: Sequence[VotingUnit], receipts: int) -> bool:
    """Whether the sums of a closed vote are as many as the receipts that were handed out."""
    return receipts == sum(
        (unit.in_favour or 0) + (unit.against or 0) + (unit.abstained or 0) for unit in units
    )
