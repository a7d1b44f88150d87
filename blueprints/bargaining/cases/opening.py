"""Opening a case (立项): out of accepted offers, out of the forecast, or by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import (
    BargainingCase,
    CaseEnterprise,
    CaseLevel,
    CaseState,
    Ground,
    Part,
)
from blueprints.bargaining.ground.moves import move
from blueprints.bargaining.ground.team_models import Side, Team
from blueprints.offers.ground.campaign_models import ContractKind
from blueprints.offers.ground.models import ActingMode, Offer, OfferState
from blueprints.registry.models import Enterprise, Headcount
from blueprints.rulebook import queries as rulebook
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.federation import this_federation
from tenants.numbering import document_number, take

ACCEPTED = (OfferState.ANSWERED_YES, OfferState.ANSWERED_CONDITIONAL)


@dataclass(frozen=True)
class Opening:
    """What is said when a case is opened. Ids are rows of this federation."""

    name: str
    ground: Ground
    level: CaseLevel
    opened_on: date
    contract_kind: ContractKind = ContractKind.WAGE
    acting_mode: ActingMode = ActingMode.OWN
    subject: str = ""
    ground_note: str = ""
    area: str | None = None
    territory: str | None = None
    scope_basis: str | None = None
    industry: str | None = None
    campaign_id: int | None = None
    union_id: int | None = None
    upper_union_id: int | None = None
    employer_association_id: int | None = None
    supersedes_contract_id: int | None = None
    owner_id: int | None = None
    supervisor_id: int | None = None
    above_size: bool = False
    agreed_on: date | None = None
    agreed_document_id: int | None = None
    counted_on: date | None = None  # the day of opening unless said
    offer_ids: Sequence[int] = ()
    enterprise_ids: Sequence[int] = ()


def open_case(said: Opening) -> BargainingCase:
    """Open a case with its number, its enterprises as of the day, and two empty teams.

    Accepted offers take it to `replied_yes` at once; a forecast waits as one; anything else
    begins with preparing. A refusal by single addressees never stands in the way: they are kept
    as candidates, and what they answered stays with their offers.
    Raises RuleBroken where it cannot be opened so: a ground that is not recorded, offers of which
    none was accepted, an enterprise that is bargaining the same already.
    """
    offers = _offers(said.offer_ids)
    if said.ground in {Ground.OFFER, Ground.JOINED} and not any(map(accepted, offers)):
        raise RuleBroken(
            Text("所选要约中没有企业同意协商。", "None of these offers has been accepted."),
            Text("《集体合同规定》第32条", "Order 22, art. 32"),
        )
    (number,) = take("case", said.opened_on.year)
    book = rulebook.book(said.opened_on)
    plain = {
        name: getattr(said, name)
        for name in said.__dataclass_fields__
        if name not in {"offer_ids", "enterprise_ids", "counted_on"}
    }
    case = BargainingCase(
        **plain,
        number=number,
        year=said.opened_on.year,
        document_no=document_number("case", said.opened_on.year, number),
        state=CaseState.FORECAST,
        counted_on=said.counted_on or said.opened_on,
        division=this_federation().division,
        rulebook_version=book.version,
    )
    db.session.add(case)
    db.session.flush()
    db.session.add_all(Team(case_id=case.id, side=side) for side in Side)
    trail.record(
        "case.opened", case, number=case.document_no, ground=said.ground,
        offers=[offer.document_no for offer in offers],
    )  # fmt: skip
    add_offers(case, offers, on=said.opened_on)
    known = {offer.enterprise_id for offer in offers}
    others = [ident for ident in dict.fromkeys(said.enterprise_ids) if ident not in known]
    add_enterprises(case, others, on=said.opened_on)
    if any(map(accepted, offers)) or said.agreed_on:
        move(case, "take_up")
    elif said.ground != Ground.FORECAST:
        move(case, "open")
    return case


def accepted(offer: Offer) -> bool:
    return offer.state in ACCEPTED


def add_offers(case: BargainingCase, offers: Iterable[Offer], *, on: date) -> list[CaseEnterprise]:
    """Take offers into a case: who accepted takes part, whoever did not stays a candidate."""
    found = list(offers)
    rows = _parts(case, {offer.enterprise_id: offer for offer in found}, on=on)
    if rows:
        trail.record("case.offers_joined", case, offers=[offer.document_no for offer in found])
    return rows


def add_enterprises(
    case: BargainingCase, ids: Sequence[int], *, on: date, part: Part = Part.CANDIDATE
) -> list[CaseEnterprise]:
    """Take enterprises into a case without an offer of their own."""
    rows = _parts(case, dict.fromkeys(ids), on=on, part=part)
    if rows:
        trail.record("case.enterprises_added", case, enterprises=[row.name for row in rows])
    return rows


def leave(row: CaseEnterprise, case: BargainingCase, on: date, reason: str) -> None:
    """An enterprise leaves the case; its row and what it did stay."""
    row.part, row.part_on, row.left_on, row.left_reason = Part.LEFT, on, on, reason
    trail.record("case.enterprise_left", case, enterprise=row.name, reason=reason)


def take_part(row: CaseEnterprise, case: BargainingCase, part: Part, on: date) -> None:
    """Record how an enterprise takes part from a day on."""
    before, row.part, row.part_on = row.part, part, on
    if part != Part.LEFT:
        row.left_on = row.left_reason = None
    trail.record("case.part_changed", case, enterprise=row.name, before=before, after=part)


def count_again(case: BargainingCase, day: date) -> None:
    """Take the headcounts of all its enterprises as of another day."""
    rows = queries.enterprises_of(case.id)
    counts = headcounts([row.enterprise_id for row in rows], day)
    for row in rows:
        _count(row, counts.get(row.enterprise_id))
    case.counted_on = day
    trail.record("case.counted", case, counted_on=day.isoformat(), enterprises=len(rows))


def headcounts(ids: Sequence[int], day: date) -> dict[int, Headcount]:
    """The last count of each enterprise that was made by that day."""
    query = (
        select(Headcount)
        .where(Headcount.enterprise_id.in_(ids), Headcount.counted_on <= day)
        .ext(distinct_on(Headcount.enterprise_id))
        .order_by(Headcount.enterprise_id, Headcount.counted_on.desc())
    )
    return {row.enterprise_id: row for row in db.session.scalars(query)}


def offers_to_join(ids: Sequence[int]) -> Sequence[Offer]:
    """Offers by id, those of one federation only, in the order of their numbers."""
    query = select(Offer).where(Offer.id.in_(ids)).order_by(Offer.year, Offer.number)
    return db.session.scalars(query).all()


def _offers(ids: Sequence[int]) -> list[Offer]:
    found = list(offers_to_join(ids))
    if len(found) != len(set(ids)):
        raise RuleBroken(Text("有的要约不存在。", "Some of the offers do not exist."), None)
    taken = db.session.scalars(
        select(CaseEnterprise.name)
        .join(BargainingCase, BargainingCase.id == CaseEnterprise.case_id)
        .where(
            CaseEnterprise.offer_id.in_(ids),
            CaseEnterprise.part != Part.LEFT,
            BargainingCase.state != CaseState.LAPSED,
        )
    ).all()
    if taken:
        names = "、".join(taken[:3])
        raise RuleBroken(
            Text(
                f"{names}的要约已在另一个协商项目中。",
                f"The offer to {', '.join(taken[:3])} is in another case already.",
            ),
            None,
        )
    return found


def _parts(
    case: BargainingCase,
    wanted: dict[int, Offer] | dict[int, None],
    *,
    on: date,
    part: Part = Part.CANDIDATE,
) -> list[CaseEnterprise]:
    """Rows for those enterprises that are not in the case yet."""
    here = {row.enterprise_id for row in queries.enterprises_of(case.id, still=False)}
    new = [ident for ident in wanted if ident not in here]
    query = select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(new))
    names = {row.id: row.name for row in db.session.execute(query)}
    counts = headcounts(new, case.counted_on)
    rows = []
    for ident in new:
        offer = wanted[ident]
        row = CaseEnterprise(
            case_id=case.id,
            enterprise_id=ident,
            offer_id=offer.id if offer else None,
            name=names[ident],
            part=Part.RECOGNISING if offer and accepted(offer) else part,
            part_on=(offer.replied_on if offer and accepted(offer) else None) or on,
            joined_on=on,
        )
        _count(row, counts.get(ident))
        rows.append(row)
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _count(row: CaseEnterprise, count: Headcount | None) -> None:
    row.headcount = count.total if count else None
    row.women = count.women if count else None
    row.frontline = count.frontline if count else None
    row.dispatched = count.dispatched if count else None
    row.counted_on = count.counted_on if count else None
    row.count_source = count.source if count else None
