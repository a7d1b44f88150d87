"""One reading of all that is known of cases: as many statements for thirty of them as for one.

Board, page of a case, workbench and verbs ask the same `Case`, so that a button, a blocked line
and a refusal can never say different things.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.exposures.models import ENDED, Exposure
from blueprints.exposures.step_models import ExposureStep, ExposureVisit, StepKind, StepState
from blueprints.offers.ground.deadlines import REPLY
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.moves import facts_from
from blueprints.offers.ground.service_models import (
    Deadline,
    Finding,
    Reply,
    Service,
    ServiceState,
)
from tenants.clock import today
from tenants.db import db
from tenants.scope import current_tenant_id

FRESH = {"populate_existing": True}  # triggers write too: what is read is what stands


@dataclass(frozen=True)
class Case:
    """An offer, and all that followed it on the ladder."""

    offer: Offer
    clock: Deadline | None
    reply: Reply | None
    service: Service | None
    attempts: Sequence[Service]
    steps: Sequence[ExposureStep]  # in the order they were proposed, dropped ones included
    visits: Sequence[ExposureVisit]
    exposures: Sequence[Exposure]  # the newest first
    unmet: Sequence[str]  # of the open exposure; what the database itself finds missing today

    @property
    def exposure(self) -> Exposure | None:
        """The latest exposure, ended or not."""
        return self.exposures[0] if self.exposures else None

    @property
    def open_exposure(self) -> Exposure | None:
        return next((one for one in self.exposures if one.state not in ENDED), None)

    @property
    def answered(self) -> bool:
        """Whether an answer stands that ends the ladder: a refusal found improper does not."""
        return self.reply is not None and self.reply.finding != Finding.IMPROPER

    def step(self, kind: StepKind) -> ExposureStep | None:
        """The step of a kind that was not dropped."""
        return next(
            (s for s in self.steps if s.kind == kind and s.state != StepState.DROPPED), None
        )

    @property
    def longest_on(self) -> date | None:
        """The last day for a reply by the longest count."""
        if self.clock is None:
            return None
        return max(filter(None, (self.clock.due_on, self.clock.longest_on)))

    @property
    def facts(self) -> dict[str, bool]:
        """What is known of the offer, by the names of the conditions of its machine."""
        return facts_from(self.clock, self.reply, self.service, self.attempts)


def case_of(offer: Offer) -> Case:
    return cases([offer])[offer.id]


def cases(offers: Iterable[Offer]) -> Mapping[int, Case]:
    """The cases of these offers, by the id of the offer."""
    found = {offer.id: offer for offer in offers}
    ids = list(found)
    clocks = {clock.subject_id: clock for clock in db.session.scalars(_clocks(ids))}
    replies = {
        reply.offer_id: reply
        for reply in db.session.scalars(
            select(Reply).where(Reply.offer_id.in_(ids), Reply.replaced_at.is_(None))
        )
    }
    services = _by_offer(Service, ids)
    steps, visits = _by_offer(ExposureStep, ids), _by_offer(ExposureVisit, ids)
    exposures = _by_offer(Exposure, ids)
    open_ = [one.id for many in exposures.values() for one in many if one.state not in ENDED]
    unmet = unmet_of(open_, today()) if open_ else {}
    made = {}
    for ident, offer in found.items():
        newest = exposures[ident][::-1]
        running = next((one for one in newest if one.state not in ENDED), None)
        proven = (s for s in services[ident] if s.state == ServiceState.ACKNOWLEDGED)
        made[ident] = Case(
            offer, clocks.get(ident), replies.get(ident), next(proven, None), services[ident],
            steps[ident], visits[ident], newest, unmet.get(running.id, ()) if running else (),
        )  # fmt: skip
    return made


def _clocks(ids: Sequence[int]) -> Select[Deadline]:
    """The clock that runs for each offer, or the last one that did."""
    return (
        select(Deadline)
        .where(
            Deadline.subject_kind == Offer.__tablename__,
            Deadline.subject_id.in_(ids),
            Deadline.rule_key == REPLY,
        )
        .ext(distinct_on(Deadline.subject_id))
        .order_by(Deadline.subject_id, Deadline.id.desc())
    )


Row = TypeVar("Row", Service, ExposureStep, ExposureVisit, Exposure)


def _by_offer(table: type[Row], ids: Sequence[int]) -> Mapping[int, list[Row]]:
    query = select(table).where(table.offer_id.in_(ids)).order_by(table.id)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.session.scalars(query, execution_options=FRESH):
        found[row.offer_id].append(row)
    return found


def unmet_of(exposure_ids: Sequence[int], day: date) -> dict[int, list[str]]:
    """What the database finds missing for each publication on that day."""
    db.session.flush()
    query = text(
        "SELECT e.id, exposure_unmet(e, :day) FROM exposure e "
        "WHERE e.tenant_id = :tenant AND e.id = ANY(:ids)"
    )
    known = {"day": day, "tenant": current_tenant_id(), "ids": list(exposure_ids)}
    return {ident: list(codes) for ident, codes in db.session.execute(query, known)}
