"""Drawing up a contract: its text, parties and clauses, the vote, the signature.

`draw_up` is for a contract whose facts are known; `from_case` takes them out of a signed case.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from blueprints.contracts.ground.clocks import start_filing_clock
from blueprints.contracts.ground.models import (
    Contract,
    ContractClause,
    ContractKind,
    ContractState,
    Reach,
    WorkerParty,
)
from blueprints.contracts.ground.moves import move
from blueprints.offers.ground.models import ActingMode
from blueprints.registry.names import sort_key
from blueprints.rulebook import queries as rulebook
from rules.acting import party_finding
from rules.binding import mode_of
from rules.clauses import fingerprint
from rules.findings import require
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.numbering import take

SERIES = "contract"


@dataclass(frozen=True)
class Line:
    """A clause, or one figure of a clause."""

    number: str
    kind: str
    title: str
    text: str
    measure: str | None = None
    subject: str | None = None
    amount: Decimal | None = None
    unit: str | None = None
    trade: str | None = None
    grade: str | None = None
    from_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """What a contract is, before anybody votes on it."""

    name: str
    text: str
    worker_side: str
    employer_side: str
    term_from: date
    term_to: date
    kind: str = ContractKind.WAGE
    level: str = Reach.INDUSTRY
    topic: str | None = None
    case_id: int | None = None
    enterprise_id: int | None = None
    industry: str | None = None
    area: str | None = None
    territory: str | None = None
    worker_party: str = WorkerParty.UNION
    union_id: int | None = None
    worker_chief: str | None = None
    association_id: int | None = None
    employer_chief: str | None = None
    authority_name: str | None = None
    acting_mode: str = ActingMode.OWN
    acting_authority_id: int | None = None
    acting_name: str | None = None
    on_behalf_of: str | None = None
    supersedes_id: int | None = None
    lines: Sequence[Line] = field(default=())


def draw_up(terms: Terms, *, by_id: int | None = None) -> Contract:
    """Write a contract down as a draft, with its clauses. Raises RuleBroken for a wrong party."""
    finding = party_finding(terms.level, terms.worker_party)
    require([finding] if finding else [])
    year = today().year
    known = {name: getattr(terms, name) for name in _COPIED}
    contract = Contract(
        **known,
        document_no=contract_number(year),
        sort_key=sort_key(terms.name),
        state=ContractState.DRAFTED,
        binding_mode=None if terms.level == Reach.ENTERPRISE else binding_here(terms.level),
        text_hash=fingerprint(terms.text),
        public_token=secrets.token_urlsafe(18),
        created_by_id=by_id,
    )
    db.session.add(contract)
    db.session.flush()
    add_lines(contract, terms.lines)
    trail.record("contract.drawn_up", contract, name=contract.name)
    return contract


_COPIED = (
    "name", "text", "worker_side", "employer_side", "term_from", "term_to", "kind", "level",
    "topic", "case_id", "enterprise_id", "industry", "area", "territory", "worker_party",
    "union_id", "worker_chief", "association_id", "employer_chief", "authority_name",
    "acting_mode", "acting_authority_id", "acting_name", "on_behalf_of", "supersedes_id",
)  # fmt: skip


def contract_number(year: int) -> str:
    """集合2026-0102: one series per federation and year."""
    return f"集合{year}-{take(SERIES, year)[0]:04}"


def binding_here(level: str) -> str | None:
    """Whom a contract binds at the federation's place today."""
    if level == Reach.ENTERPRISE:
        return None
    return str(mode_of(rulebook.book(today()).rule("binding.mode")))


def add_lines(contract: Contract, lines: Sequence[Line]) -> None:
    db.session.add_all(
        ContractClause(
            contract_id=contract.id,
            position=position,
            **{name: getattr(line, name) for name in _OF_LINE},
        )
        for position, line in enumerate(lines, start=1)
    )
    db.session.flush()


_OF_LINE = (
    "number", "kind", "title", "text", "measure", "subject", "amount", "unit", "trade", "grade",
    "from_on",
)  # fmt: skip


def pass_vote(contract: Contract, *, voted_on: date, voted_hash: str, summary: str) -> None:
    """Every voting unit has passed exactly this text."""
    contract.voted_on, contract.voted_hash, contract.vote_summary = voted_on, voted_hash, summary
    facts = {"vote_passed_everywhere": voted_hash == contract.text_hash}
    move(contract, "pass", facts, voted_on=voted_on.isoformat())


def sign(
    contract: Contract,
    *,
    signed_on: date,
    worker_chief: str,
    employer_chief: str,
    vote_reported_on: date | None = None,
    floors_met: bool = True,
) -> None:
    """Both chiefs have signed the text that was voted on; the time to file begins to run."""
    contract.signed_on, contract.vote_reported_on = signed_on, vote_reported_on
    contract.worker_chief, contract.employer_chief = worker_chief, employer_chief
    facts = {
        "signed_text_is_voted_text": contract.voted_hash == contract.text_hash,
        "floors_met": floors_met,
        "chiefs_signed_contract": bool(worker_chief and employer_chief),
    }
    start_filing_clock(contract)
    move(contract, "sign", facts, signed_on=signed_on.isoformat())
