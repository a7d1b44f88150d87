"""Asking what the workers want: opening a round, taking an answer in, closing, weighing."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from blueprints.bargaining.ground.demand_models import Audience, Demand, DemandCall
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.packs import Clause, packs_for
from blueprints.shared.read_once import read_once
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import Document

TOKEN_BYTES = 24
SMALLEST_CELL = 5  # answers; a federation may ask for more (settings), never for fewer
PAPER = "demands"
OF_CALL = (DemandCall.tenant_id == Demand.tenant_id) & (DemandCall.id == Demand.call_id)
WEIGHTS = range(1, 6)
SIDES = (Audience.WORKERS, Audience.ENTERPRISES)


def smallest_cell() -> int:
    """How many answers a figure needs before it is shown by itself."""
    own = this_federation().settings.get("smallest_cell")
    return max(int(own), SMALLEST_CELL) if own else SMALLEST_CELL


def topics_for(case: BargainingCase) -> list[Clause]:
    """What may be asked about: the clauses of the packs that fit the trade."""
    fitting = packs_for(case.industry, regional=case.level == "regional")
    return [clause for pack in fitting for clause in pack.clauses]


def open_call(
    case: BargainingCase,
    topics: Sequence[tuple[str, Text]],
    trades: Sequence[str],
    closes_on: date,
    *,
    by_id: int,
) -> DemandCall:
    """Make the two links. Whoever holds one may answer; nobody can guess it."""
    call = DemandCall(
        case_id=case.id,
        worker_token=secrets.token_urlsafe(TOKEN_BYTES),
        enterprise_token=secrets.token_urlsafe(TOKEN_BYTES),
        topics=[{"id": ident, "zh": words.zh, "en": words.en} for ident, words in topics],
        trades=list(trades),
        opened_on=today(),
        closes_on=closes_on,
        smallest_cell=smallest_cell(),
        opened_by_id=by_id,
    )
    db.session.add(call)
    db.session.flush()
    trail.record("demands.opened", case, topics=len(call.topics), until=closes_on.isoformat())
    return call


def answer(
    call: DemandCall,
    audience: Audience,
    weights: Mapping[str, int],
    *,
    trade: str | None = None,
    words: str | None = None,
    said_by: str | None = None,
) -> Demand:
    """Take an answer in. The trail says that one came, and neither what it said nor from whom."""
    known = {topic["id"] for topic in call.topics}
    demand = Demand(
        call_id=call.id,
        audience=audience,
        weights={key: value for key, value in weights.items() if key in known and value in WEIGHTS},
        trade=trade if trade in call.trades else None,
        words=words or None,
        said_by=said_by if audience == Audience.ENTERPRISES else None,
    )
    db.session.add(demand)
    db.session.flush()
    trail.record("demand.received", ("bargaining_case", call.case_id), audience=str(audience))
    return demand


def close(case: BargainingCase, call: DemandCall) -> None:
    """No more answers are taken; those given stay."""
    if call.closed_at is None:
        call.closed_at = now()
        trail.record("demands.closed", case)


def takes_answers(call: DemandCall) -> bool:
    return call.closed_at is None and today() <= call.closes_on


def get_call(case: BargainingCase, ident: int) -> DemandCall | None:
    query = select(DemandCall).where(DemandCall.case_id == case.id, DemandCall.id == ident)
    return db.session.scalar(query)


def call_behind(token: str) -> tuple[DemandCall, Audience] | None:
    """The round a link belongs to, and for whom it is."""
    for audience, column in (
        (Audience.WORKERS, DemandCall.worker_token),
        (Audience.ENTERPRISES, DemandCall.enterprise_token),
    ):
        if call := db.session.scalar(select(DemandCall).where(column == token)):
            return call, audience
    return None


@read_once
def calls_of(case_id: int) -> Sequence[DemandCall]:
    query = select(DemandCall).where(DemandCall.case_id == case_id).order_by(DemandCall.id.desc())
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Weighed:
    """A topic and how heavily it weighs: the mean of 1 to 5, and how many named it."""

    topic: str
    words: Text
    named: int
    weight: float


@dataclass(frozen=True)
class Result:
    """The answers of one side. `hidden` says that there are too few to show anything."""

    audience: Audience
    answers: int
    hidden: bool
    topics: Sequence[Weighed]
    trades: Sequence[tuple[str, int]]  # only those with enough answers
    others: int  # answers of trades that are too small to be shown, together
    words: Sequence[str]  # free words, in no order that says who came first; never with a trade


def result_of(call: DemandCall, audience: Audience) -> Result:
    """What one side wants, with no figure that could point at a person.

    A topic named by fewer than the smallest cell is left out, and so is a trade; one small trade
    alone would be the difference of the others, so the next smallest joins it. While workers can
    still answer nothing is shown at all: who watches the figures move learns who has just written.
    """
    query = select(Demand).where(Demand.call_id == call.id, Demand.audience == audience)
    given = db.session.scalars(query).all()
    least = call.smallest_cell if audience == Audience.WORKERS else 1
    still_coming = audience == Audience.WORKERS and takes_answers(call)
    if len(given) < least or still_coming:
        return Result(audience, len(given), bool(given), (), (), len(given), ())
    trades, others = _shown(Counter(one.trade or "" for one in given), least)
    return Result(
        audience,
        len(given),
        hidden=False,
        topics=_weighed(call, given, least),
        trades=trades,
        others=others,
        words=sorted(_words(one, audience) for one in given if one.words),
    )


def _weighed(call: DemandCall, given: Sequence[Demand], least: int) -> list[Weighed]:
    found = []
    for topic in call.topics:
        weights = [one.weights[topic["id"]] for one in given if topic["id"] in one.weights]
        if len(weights) >= least:
            mean = sum(weights) / len(weights)
            words = Text(topic["zh"], topic["en"])
            found.append(Weighed(topic["id"], words, len(weights), round(mean, 1)))
    return sorted(found, key=lambda one: (-one.weight * one.named, one.topic))


def _shown(counted: Counter[str], least: int) -> tuple[list[tuple[str, int]], int]:
    """Cells that may stand by themselves, and all others together as one of at least that size."""
    unnamed = counted.pop("", 0)
    cells = sorted(counted.items(), key=lambda cell: (-cell[1], cell[0]))
    hidden = [cell for cell in cells if cell[1] < least]
    shown = [cell for cell in cells if cell[1] >= least]
    others = sum(n for _, n in hidden) + unnamed
    while shown and 0 < others < least:
        others += shown.pop()[1]
    return shown, others


def _words(one: Demand, audience: Audience) -> str:
    said_by = f"（{one.said_by}）" if audience == Audience.ENTERPRISES and one.said_by else ""
    return f"{one.words}{said_by}"


def take_paper(case: BargainingCase, document_id: int) -> None:
    """Demands collected on paper are on file."""
    trail.record("demands.on_paper", case, document=document_id)


@read_once
def paper_summaries(case_id: int) -> Sequence[Document]:
    """Summaries of demands that were collected on paper."""
    query = select(Document).where(
        Document.subject_kind == BargainingCase.__tablename__, Document.subject_id == case_id,
        Document.purpose == PAPER,
    )  # fmt: skip
    return db.session.scalars(query.order_by(Document.id)).all()


@read_once
def how_many_answers(case_id: int) -> int:
    """Answers of workers in all rounds of a case."""
    query = select(func.count()).select_from(Demand).join(DemandCall, OF_CALL)
    return (
        db.session.scalar(
            query.where(DemandCall.case_id == case_id, Demand.audience == Audience.WORKERS)
        )
        or 0
    )
