"""The verbs of filing: the set, handing it in, what the authority asks for, what it answers.

The review runs from the day on which the authority *received* the set, and from no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from blueprints.contracts.ground import clocks, queries
from blueprints.contracts.ground.filing_models import (
    Filer,
    Filing,
    FilingPaper,
    FilingState,
    Review,
    ReviewKind,
)
from blueprints.contracts.ground.models import Contract, ContractState, Reach
from blueprints.contracts.ground.moves import move
from blueprints.contracts.making.case_link import tell_case
from rules.broken import RuleBroken
from rules.papers import MADE, may_file, papers
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

DOCUMENTS, FILED_BY = "file.documents", "file.by"


@dataclass(frozen=True)
class Receipt:
    """What proves that the authority received the set: its number, or a scan."""

    handed_in_on: date
    received_on: date
    number: str | None = None
    document_id: int | None = None


def assemble(contract: Contract, filer: Filer, *, filer_name: str, authority_name: str) -> Filing:
    """Begin a filing: the papers the place's list asks for, those we write marked as made."""
    if contract.state != ContractState.SIGNED:
        raise RuleBroken(Text("合同签订后才能报送。", "Only a signed contract can be filed."))
    on = contract.signed_on or today()
    many = contract.level != Reach.ENTERPRISE
    by = clocks.rule_of(FILED_BY, contract, on)
    if not may_file(by, filer, many=many):
        raise RuleBroken(by.text, by.citation)
    if (standing := open_filing(contract)) is not None:
        return standing
    earlier = queries.filings_of(contract.id)
    contract.authority_name = authority_name
    filing = Filing(
        contract_id=contract.id,
        round=len(earlier) + 1,
        filer=filer,
        filer_name=filer_name,
        authority_name=authority_name,
        due_on=contract.file_due_on,
        text_hash=contract.text_hash,
    )
    db.session.add(filing)
    db.session.flush()
    for position, paper in enumerate(
        papers(clocks.rule_of(DOCUMENTS, contract, on), many=many), start=1
    ):
        db.session.add(
            FilingPaper(
                filing_id=filing.id,
                position=position,
                key=paper.key,
                title=paper.title.to_json(),
                required=paper.required,
                made=paper.key in MADE,
            )
        )
    trail.record("contract.filing_assembled", contract, round=filing.round, filer=str(filer))
    return filing


def open_filing(contract: Contract) -> Filing | None:
    """The filing that is being put together or is with the authority."""
    found = queries.filings_of(contract.id)
    ended = {FilingState.PASSED, FilingState.OBJECTED}
    return next((one for one in found if one.state not in ended), None)


def put_paper(paper: FilingPaper, contract: Contract, document_id: int, note: str = "") -> None:
    paper.document_id, paper.note = document_id, note.strip() or None
    trail.record("contract.paper_added", contract, paper=paper.title)


def missing(filing: Filing) -> list[FilingPaper]:
    """The papers the place asks for that are neither written by us nor on file."""
    return [
        one
        for one in queries.papers_of(filing.id)
        if one.required and not one.made and one.document_id is None
    ]


def hand_in(filing: Filing, contract: Contract, receipt: Receipt, *, by_id: int | None) -> None:
    """The authority has it, with a receipt: the review runs from the day of receipt."""
    if filing.state != FilingState.ASSEMBLING:
        raise RuleBroken(Text("已经登记报送。", "It is on record as filed."))
    if (lacking := missing(filing)) and receipt.number is None and receipt.document_id is None:
        raise RuleBroken(_still_missing(lacking))
    if not receipt.number and receipt.document_id is None:
        raise RuleBroken(
            Text("请登记受理编号或者上传受理单。", "Enter the receipt number or add its scan.")
        )
    fault = fault_in_days(contract, receipt)
    if fault is not None:
        raise RuleBroken(fault)
    filing.handed_in_on, filing.received_on = receipt.handed_in_on, receipt.received_on
    filing.receipt_no, filing.receipt_id = receipt.number or None, receipt.document_id
    ends_on = clocks.start_review_clock(filing, contract, receipt.received_on)
    filing.state, filing.recorded_by_id = FilingState.FILED, by_id
    db.session.flush()
    facts = {
        "filed_text_is_signed_text": filing.text_hash == contract.text_hash,
        "receipt_on_file": True,
    }
    late = bool(filing.due_on and receipt.handed_in_on > filing.due_on)
    move(
        contract, "file", facts, received_on=receipt.received_on.isoformat(),
        receipt=receipt.number, review_ends_on=ends_on.isoformat(),
        **({"late": True} if late else {}),
    )  # fmt: skip
    tell_case(contract, "file", **facts)


def fault_in_days(contract: Contract, receipt: Receipt) -> Text | None:
    """Why these cannot be the days of handing in and receipt; None when they can."""
    if contract.signed_on and receipt.handed_in_on < contract.signed_on:
        return Text("报送日期早于签订日期。", "It was handed in before it was signed.")
    if receipt.received_on < receipt.handed_in_on:
        return Text("收到日期早于报送日期。", "It was received before it was handed in.")
    if receipt.received_on > today():
        return Text("收到日期尚未到来。", "The day of receipt has not come yet.")
    return None


def ask_supplement(filing: Filing, contract: Contract, words: str, *, on: date) -> None:
    """The authority wants more: the review waits, and does not end by silence meanwhile."""
    if filing.state != FilingState.FILED or not words.strip():
        raise RuleBroken(Text("请写明补正要求。", "State what is to be supplied."))
    rule = clocks.rule_of(clocks.SUPPLEMENT, contract, on)
    due = clocks.count(clocks.SUPPLEMENT, contract, on) if rule.confirmed else None
    filing.supplement_text, filing.supplement_asked_on = words.strip(), on
    filing.supplement_due_on = due.on if due else None
    filing.state = FilingState.SUPPLEMENT
    trail.record("contract.supplement_asked", contract, round=filing.round, words=words.strip())


def supply(filing: Filing, contract: Contract, *, on: date) -> None:
    """The set is complete: the review runs anew from the day the authority has all of it."""
    if filing.state != FilingState.SUPPLEMENT:
        raise RuleBroken(Text("当前没有补正要求。", "Nothing was asked for."))
    if (filing.supplement_asked_on and on < filing.supplement_asked_on) or on > today():
        raise RuleBroken(Text("补正日期不对。", "This cannot be the day it was supplied."))
    filing.supplied_on, filing.state = on, FilingState.FILED
    ends_on = clocks.start_review_clock(filing, contract, on)
    trail.record(
        "contract.supplement_given", contract, round=filing.round,
        review_ends_on=ends_on.isoformat(),
    )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the labour authority wrote."""

    kind: ReviewKind
    delivered_on: date
    opinion: str
    letter_no: str | None = None
    points: Sequence[dict[str, Any]] = ()
    document_id: int | None = None


def record_review(
    filing: Filing, contract: Contract, answer: Answer, *, by_id: int | None = None
) -> Review:
    """Keep the authority's answer word for word. An objection in time sends the contract back.

    One that came after the period had ended changes nothing by itself: the contract is in force,
    and the answer stands beside it for people to deal with.
    """
    if filing.received_on is None or filing.review_ends_on is None:
        raise RuleBroken(Text("尚未报送。", "It has not been filed."))
    if not filing.received_on <= answer.delivered_on <= today():
        raise RuleBroken(
            Text("送达日期应在收到材料之后、今天之前。", "Between its receipt and today.")
        )
    late = answer.delivered_on > filing.review_ends_on and filing.state != FilingState.SUPPLEMENT
    if contract.state != ContractState.FILED and not late:
        raise RuleBroken(Text("当前不在审查中。", "It is not under review."))
    review = Review(
        filing_id=filing.id, kind=answer.kind, delivered_on=answer.delivered_on,
        opinion=answer.opinion.strip(), letter_no=answer.letter_no or None,
        points=list(answer.points), document_id=answer.document_id, late=late, recorded_at=now(),
        recorded_by_id=by_id,
    )  # fmt: skip
    db.session.add(review)
    db.session.flush()
    trail.record(
        "contract.review_recorded", contract, review=str(answer.kind),
        on=answer.delivered_on.isoformat(),
    )  # fmt: skip
    if late:
        return review
    if answer.kind == ReviewKind.OBJECTION:
        filing.state = FilingState.OBJECTED
        move(contract, "object", {"objection_on_file": True})
        tell_case(contract, "object", objection_on_file=True)
    return review


def _still_missing(lacking: Sequence[FilingPaper]) -> Text:
    zh = "、".join(one.title["zh"] for one in lacking)
    en = ", ".join(one.title["en"] for one in lacking)
    return Text(f"材料尚缺：{zh}。", f"Still missing: {en}.")


def bargain_again(contract: Contract) -> None:
    """Back to the table on the points objected; what comes of it is voted on and filed anew."""
    move(contract, "bargain_again", {})
    tell_case(contract, "bargain_again")
