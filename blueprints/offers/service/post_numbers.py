"""Registered numbers of letters in the post, brought in from a sheet: judged first, then written.

A number says that a letter is on its way, not that it arrived: no period runs from it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Service, ServiceState
from blueprints.offers.ground.task_models import Cause, ServiceTask, TaskStep
from blueprints.offers.service.bulk import Line
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from rules.days import local_day
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.roles import May


def judge(lines: Sequence[Line], viewer: Viewer, *, today: date, lock: bool = False) -> list[Line]:
    """Each line with its offer, or with what is wrong with it. Four statements for any length."""
    numbers = {line.document_no for line in lines if line.document_no}
    query = (
        select(Offer)
        .join(Enterprise, Enterprise.id == Offer.enterprise_id)
        .where(Offer.document_no.in_(numbers), within_reach(viewer, May.CAMPAIGNS_ISSUE))
        .order_by(Offer.id)
    )
    if lock:
        query = query.with_for_update(of=Offer).execution_options(populate_existing=True)
    offers = {offer.document_no: offer for offer in db.session.scalars(query)}
    standing = _open_tasks([offer.id for offer in offers.values()])
    used = _used({line.post_number for line in lines if line.post_number})
    seen: set[str] = set()
    judged = []
    for line in lines:
        offer = offers.get(line.document_no)
        task = standing.get(offer.id) if offer else None
        fault = _fault(line, offer, task, seen=seen, used=used, today=today)
        seen.update(filter(None, (line.document_no, line.post_number)))
        known: dict[str, Any] = {"fault": fault}
        if offer is not None:
            known |= {"offer_id": offer.id, "addressee": offer.addressee_name}
        judged.append(replace(line, **known))
    return judged


def record(lines: Sequence[Line], *, by_id: int) -> int:
    """Write down every number that stands. The caller has judged them under lock."""
    good = {line.offer_id: line for line in lines if line.fault is None and line.offer_id}
    standing = _open_tasks(list(good))
    for offer_id, line in good.items():
        task = standing.get(offer_id)
        if task is None:
            task = ServiceTask(
                offer_id=offer_id, step=TaskStep.PAPER, cause=Cause.UNANSWERED, opened_at=now()
            )
            db.session.add(task)
        task.post_number, task.posted_on, task.posted_by_id = line.post_number, line.day, by_id
    db.session.flush()
    trail.record_many(
        "offer.posted",
        (
            (("offer", offer_id), {"number": line.post_number, "posted_on": str(line.day)})
            for offer_id, line in good.items()
        ),
    )
    return len(good)


def _open_tasks(offer_ids: Sequence[int]) -> dict[int, ServiceTask]:
    query = select(ServiceTask).where(
        ServiceTask.offer_id.in_(offer_ids), ServiceTask.closed_at.is_(None)
    )
    return {task.offer_id: task for task in db.session.scalars(query)}


def _used(numbers: set[str]) -> set[str]:
    """The numbers that another letter has, or another service proves."""
    posted = select(ServiceTask.post_number).where(ServiceTask.post_number.in_(numbers))
    proven = select(Service.post_number).where(
        Service.post_number.in_(numbers), Service.state == ServiceState.ACKNOWLEDGED
    )
    return {number for number in db.session.scalars(posted.union(proven)) if number}


def _fault(
    line: Line,
    offer: Offer | None,
    task: ServiceTask | None,
    *,
    seen: set[str],
    used: set[str],
    today: date,
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
        ): offer is not None and offer.state not in GROUPS["unserved"],
        Text("已安排上门送达，不再邮寄。", "Somebody is sent there already; it is not posted."): (
            task is not None and task.step == TaskStep.ON_SITE
        ),
        Text("这封函已登记挂号信编号。", "The number of this letter is entered already."): (
            task is not None and task.post_number is not None
        ),
        Text("没有认出挂号信编号。", "No registered number was found in this row."): (
            not line.post_number
        ),
        Text("这个挂号信编号在名单里重复。", "This registered number is in the list twice."): (
            line.post_number in seen
        ),
        Text(
            "这个挂号信编号已用于另一封函。", "This registered number belongs to another letter."
        ): line.post_number in used,
        Text(
            "没有认出寄出日期，请写成2026-03-31。",
            "No day of posting was found; write it as 2026-03-31.",
        ): line.day is None,
    }
    found = next((text for text, holds in faults.items() if holds), None)
    if found is not None or offer is None or line.day is None:
        return found
    if line.day < local_day(offer.sealed_at):
        return Text(
            "寄出日期早于发出要约的日期，请核对。", "It was posted before the offer was issued."
        )
    if line.day > today:
        return Text("寄出日期晚于今天，请核对。", "The day of posting has not come yet.")
    return None
