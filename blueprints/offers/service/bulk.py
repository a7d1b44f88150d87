"""Service of many offers from a list: document number, registered number, day of receipt.

A list is read and judged first, row by row; nothing is written until it is confirmed, and then
only the rows that stand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.offers.ground.lists import plain_number
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Service, ServiceMethod, ServiceState
from blueprints.offers.service import tasks
from blueprints.offers.service.actions import Receipt, fault_in_service_day, record_service
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from rules.days import local_day
from rules.words import Text
from tenants.db import db
from tenants.roles import May

MOST = 500
LONGEST_NUMBER = 40
SERVABLE = {OfferState.SEALED, OfferState.DISPATCHED, OfferState.UNDELIVERABLE}
_DOCUMENT = re.compile(r"[^\s,，;；\t]+?[〔\[(（【]\s*\d{4}\s*[〕\])）】]\s*\d+\s*号?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_POST = re.compile(r"(?=(?:[A-Z]*\d){6})[A-Z0-9]{8,40}")
# The words by which a column is known, the surest first.
_HEADS = {
    "document": ("文号", "document"),
    "post": ("挂号", "邮件号", "单号", "registered", "tracking", "post number"),
}
RECEIPT = ("签收", "送达", "receipt", "received", "日期", "day", "date")
POSTING = ("交寄", "寄出", "收寄", "邮寄日", "posting", "posted", "日期", "day", "date")


@dataclass(frozen=True)
class Line:
    """One row of the list. `fault` says why it cannot be recorded."""

    row: int
    document_no: str
    post_number: str
    day: date | None
    offer_id: int | None = None
    addressee: str = ""
    fault: Text | None = None
    raw: str = ""  # the row as it came


def read_text(text: str) -> list[list[str]]:
    """Rows of cells out of what was pasted from a sheet, a mail or a post office's list."""
    rows = []
    for line in text.splitlines():
        mark = next((mark for mark in ("\t", ",", "，", ";", "；") if mark in line), None)
        rows.append([cell.strip() for cell in (line.split(mark) if mark else [line])])
    return rows


def read(rows: Iterable[Sequence[str]], *, day: Sequence[str] = RECEIPT) -> list[Line]:
    """The lines of the list. With a heading the columns are known; without, they are guessed.

    `day` has the words that head the day which is wanted: of receipt, or of posting.
    """
    places: dict[str, int] = {}
    lines: list[Line] = []
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            continue
        if not places and (found := _heading(cells, day)):
            places, lines = found, []
            continue
        line = _by_place(number, cells, places) if places else _by_look(number, cells)
        lines.append(replace(line, raw="\t".join(cells)))
    return lines


def judge(lines: Sequence[Line], viewer: Viewer, *, today: date, lock: bool = False) -> list[Line]:
    """Each line with its offer, or with what is wrong with it. Four statements for any length."""
    numbers = {line.document_no for line in lines if line.document_no}
    query = (
        select(Offer)
        .join(Enterprise, Enterprise.id == Offer.enterprise_id)
        .where(Offer.document_no.in_(numbers), within_reach(viewer, May.OFFERS_SERVE))
        .order_by(Offer.id)
    )
    if lock:
        query = query.with_for_update(of=Offer).execution_options(populate_existing=True)
    offers = {offer.document_no: offer for offer in db.session.scalars(query)}
    posted = select(Service.post_number).where(
        Service.post_number.in_({line.post_number for line in lines if line.post_number}),
        Service.state == ServiceState.ACKNOWLEDGED,
    )
    used = {number for number in db.session.scalars(posted) if number}
    posted_as = tasks.post_numbers([offer.id for offer in offers.values()])
    seen: set[str] = set()
    judged = []
    for one in lines:
        offer = offers.get(one.document_no)
        known_as = posted_as.get(offer.id, "") if offer else ""
        line = one if one.post_number else replace(one, post_number=known_as)
        fault = _fault(line, offer, seen, used, today)
        seen.update(filter(None, (line.document_no, line.post_number)))
        known: dict[str, Any] = {"fault": fault}
        if offer is not None:
            known |= {"offer_id": offer.id, "addressee": offer.addressee_name}
        judged.append(replace(line, **known))
    return judged


def record(lines: Sequence[Line], *, by_id: int) -> int:
    """Record the service of every line that stands. The caller has judged them under lock."""
    good = [line for line in lines if line.fault is None]
    offers = {
        offer.id: offer
        for offer in db.session.scalars(
            select(Offer).where(Offer.id.in_([line.offer_id for line in good]))
        )
    }
    for line in good:
        if line.offer_id is not None and line.day is not None:
            receipt = Receipt(
                ServiceMethod.REGISTERED_POST,
                line.day,
                post_number=line.post_number,
                recorded_by_id=by_id,
            )
            record_service(offers[line.offer_id], receipt)
    return len(good)


def as_text(lines: Iterable[Line]) -> str:
    """The lines as they can be pasted again."""
    return "\n".join(
        "\t".join((line.document_no, line.post_number, line.day.isoformat() if line.day else ""))
        if line.document_no
        else line.raw
        for line in lines
    )


def _fault(
    line: Line, offer: Offer | None, seen: set[str], used: set[str], today: date
) -> Text | None:
    """The first thing that is wrong with a line."""
    faults = {
        Text("没有认出文号。", "No document number was found in this row."): not line.document_no,
        Text("没有这个文号的要约。", "There is no offer of this number."): offer is None,
        Text("这个文号在名单里重复。", "This document number is in the list twice."): (
            line.document_no in seen
        ),
        Text(
            "已有送达证明或者已办结，不再登记。", "It is served or closed already; left as it is."
        ): (offer is not None and offer.state not in SERVABLE),
        Text("没有认出挂号信编号。", "No registered number was found in this row."): (
            not line.post_number
        ),
        Text("这个挂号信编号在名单里重复。", "This registered number is in the list twice."): (
            line.post_number in seen
        ),
        Text(
            "这个挂号信编号已用于另一件送达。",
            "This registered number already proves another service.",
        ): line.post_number in used,
        Text(
            "没有认出签收日期，请写成2026-03-31。",
            "No day of receipt was found; write it as 2026-03-31.",
        ): line.day is None,
    }
    found = next((text for text, holds in faults.items() if holds), None)
    if found is not None or offer is None or line.day is None:
        return found
    return fault_in_service_day(line.day, sealed_on=local_day(offer.sealed_at), today=today)


def _heading(cells: Sequence[str], day: Sequence[str]) -> dict[str, int] | None:
    """Which column is which, where this row says so."""
    heads = [cell.lower() if len(cell) < 30 else "" for cell in cells]
    places: dict[str, int] = {}
    for name, known in {**_HEADS, "day": day}.items():
        found = (
            place
            for word in known
            for place, head in enumerate(heads)
            if word in head and place not in places.values()
        )
        place = next(found, None)
        if place is None:
            return None
        places[name] = place
    return places


def _by_place(number: int, cells: Sequence[str], places: dict[str, int]) -> Line:
    def cell(name: str) -> str:
        return cells[places[name]].strip() if places[name] < len(cells) else ""

    compact = re.sub(r"[\s-]", "", cell("post")).upper()
    return Line(number, plain_number(cell("document")), compact[:LONGEST_NUMBER], _day(cell("day")))


def _by_look(number: int, cells: Sequence[str]) -> Line:
    """Without a heading: a document number, a day, and the one cell that looks like a number."""
    whole = "\t".join(cells)
    found = _DOCUMENT.search(whole)
    rest = whole.replace(found.group(), "\t", 1) if found else whole
    day = _DAY.search(rest)
    rest = rest.replace(day.group(), "\t", 1) if day else rest
    parts = rest.split("\t") if len(cells) > 1 else rest.split()
    compact = [re.sub(r"[\s-]", "", part).upper() for part in parts]
    posts = [part for part in compact if _POST.fullmatch(part)]
    return Line(
        number,
        plain_number(found.group()) if found else "",
        posts[0] if len(posts) == 1 else "",
        _day(day.group()) if day else None,
    )


def _day(words: str) -> date | None:
    found = _DAY.search(words)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
