"""The ladder of service: mail, then a letter on paper, then somebody who goes there.

Nothing moves by itself but by state: `owed` finds whose mail did not reach anybody or stays without
an answer, `passed_on` whose letter came back or brought no receipt. A step that is over is closed,
never deleted.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from blueprints.notices.models import Notice, NoticeState
from blueprints.notices.sending import ladder
from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Service, ServiceMethod, ServiceState
from blueprints.offers.ground.task_models import Cause, ServiceTask, TaskOutcome, TaskStep
from blueprints.registry.models import Enterprise
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db, rows_changed
from tenants.scope import current_tenant_id

BATCH = 500
NO_WAY = (NoticeState.FAILED, NoticeState.SUPPRESSED)


def owed(*columns: Any) -> Select[Any]:
    """Offers that need a letter on paper, and whose letter is not in the post yet.

    Joined: the notice, the enterprise, and the open task where there is one.
    """
    return (
        select(*columns)
        .select_from(Offer)
        .join(
            Notice,
            (Notice.tenant_id == Offer.tenant_id)
            & (Notice.subject_kind == Offer.__tablename__)
            & (Notice.subject_id == Offer.id)
            & (Notice.kind == Offer.__tablename__),
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
        )
        .outerjoin(
            ServiceTask,
            (ServiceTask.tenant_id == Offer.tenant_id)
            & (ServiceTask.offer_id == Offer.id)
            & ServiceTask.closed_at.is_(None),
        )
        .where(
            Offer.state.in_(GROUPS["unserved"]),
            or_(Notice.state == NoticeState.PAPER, *_no_mail()),
            or_(
                ServiceTask.id.is_(None),
                and_(ServiceTask.step == TaskStep.PAPER, ServiceTask.post_number.is_(None)),
            ),
        )
    )


def _no_mail() -> list[ColumnElement[bool]]:
    """Why a mail has served nobody: it did not arrive, or nobody answers to it."""
    after, _ = ladder()
    found = [
        Notice.state.in_(NO_WAY),
        and_(
            Notice.state == NoticeState.BOUNCED,
            or_(Notice.bounce == "hard", Notice.repair_id.is_not(None)),
        ),
    ]
    if after is not None:
        found.append(
            and_(Notice.state == NoticeState.SENT, Notice.sent_at < now() - timedelta(days=after))
        )
    return found


CAUSE = case(
    (Notice.state == NoticeState.PAPER, literal(Cause.NO_ADDRESS)),
    (Notice.state == NoticeState.SENT, literal(Cause.UNANSWERED)),
    else_=literal(Cause.UNDELIVERABLE),
)


def open_owed(campaign_id: int | None = None) -> list[int]:
    """Open the task of each letter that is owed and has none; returns their offers."""
    query = owed(
        literal(current_tenant_id()), Offer.id, literal(TaskStep.PAPER), CAUSE, literal(now())
    ).where(Offer.tenant_id == current_tenant_id(), ServiceTask.id.is_(None))
    if campaign_id is not None:
        query = query.where(Offer.campaign_id == campaign_id)
    made = (
        insert(ServiceTask)
        .from_select(["tenant_id", "offer_id", "step", "cause", "opened_at"], query)
        .on_conflict_do_nothing()
        .returning(ServiceTask.offer_id)
    )
    return list(db.session.scalars(made))


def close_done() -> int:
    """Close what has become needless: the offer is served, answered or closed. How many."""
    query = (
        update(ServiceTask)
        .where(
            ServiceTask.closed_at.is_(None),
            Offer.tenant_id == ServiceTask.tenant_id,
            Offer.id == ServiceTask.offer_id,
            Offer.state.not_in(GROUPS["unserved"]),
        )
        .values(
            closed_at=now(),
            outcome=case(
                (Offer.served_on.is_not(None), literal(TaskOutcome.SERVED)),
                else_=literal(TaskOutcome.SETTLED),
            ),
        )
        .execution_options(synchronize_session=False)
    )
    return rows_changed(query)


def pass_on_some(day: date) -> list[tuple[int, str]]:
    """Send somebody where the post came back or brought no receipt: up to BATCH offers, and why."""
    _, after = ladder()
    returned = exists().where(
        Service.tenant_id == ServiceTask.tenant_id,
        Service.offer_id == ServiceTask.offer_id,
        Service.method == ServiceMethod.REGISTERED_POST,
        Service.state == ServiceState.ATTEMPTED,
        Service.served_on >= ServiceTask.posted_on,
    )
    due: list[ColumnElement[bool]] = [returned]
    if after is not None:
        due.append(ServiceTask.posted_on <= day - timedelta(days=after))
    rows = db.session.execute(
        select(ServiceTask.id, ServiceTask.offer_id, returned.label("returned"))
        .where(
            ServiceTask.closed_at.is_(None),
            ServiceTask.step == TaskStep.PAPER,
            ServiceTask.post_number.is_not(None),
            or_(*due),
        )
        .order_by(ServiceTask.id)
        .limit(BATCH)
        .with_for_update(of=ServiceTask, skip_locked=True)
    ).all()
    causes = {
        row.offer_id: Cause.POST_RETURNED if row.returned else Cause.POST_SILENT for row in rows
    }
    _close([row.id for row in rows], TaskOutcome.PASSED_ON)
    _open_on_site(causes)
    return [(offer_id, str(cause)) for offer_id, cause in causes.items()]


def send_somebody(offer: Offer) -> None:
    """An officer has somebody go there, whatever the post does. The offer is locked."""
    if offer.state not in GROUPS["unserved"]:
        raise RuleBroken(
            Text("已有送达证明或者已办结。", "It is served already, or the matter is closed.")
        )
    standing = open_task(offer.id)
    if standing is not None and standing.step == TaskStep.ON_SITE:
        raise RuleBroken(Text("已安排上门送达。", "Somebody is sent there already."))
    if standing is not None:
        _close([standing.id], TaskOutcome.PASSED_ON)
    _open_on_site({offer.id: Cause.BY_HAND})
    trail.record("offer.visit_ordered", offer)


def close_for(offer: Offer, outcome: TaskOutcome) -> None:
    """The offer is served, or settled without: nobody has to print, post or go any more."""
    standing = open_task(offer.id)
    if standing is not None:
        _close([standing.id], outcome)


def open_task(offer_id: int) -> ServiceTask | None:
    query = select(ServiceTask).where(
        ServiceTask.offer_id == offer_id, ServiceTask.closed_at.is_(None)
    )
    return db.session.scalar(query)


def post_numbers(offer_ids: Sequence[int]) -> dict[int, str]:
    """Under which number the letter of each offer is in the post."""
    query = select(ServiceTask.offer_id, ServiceTask.post_number).where(
        ServiceTask.offer_id.in_(offer_ids),
        ServiceTask.closed_at.is_(None),
        ServiceTask.post_number.is_not(None),
    )
    return {row.offer_id: row.post_number for row in db.session.execute(query)}


def to_be_visited(offer: Offer) -> bool:
    standing = open_task(offer.id)
    return standing is not None and standing.step == TaskStep.ON_SITE


def _open_on_site(causes: dict[int, Cause]) -> None:
    rows = [
        {
            "tenant_id": current_tenant_id(),
            "offer_id": offer_id,
            "step": TaskStep.ON_SITE,
            "cause": cause,
            "opened_at": now(),
        }
        for offer_id, cause in causes.items()
    ]
    if rows:
        db.session.execute(insert(ServiceTask).values(rows).on_conflict_do_nothing())


def _close(ids: Iterable[int], outcome: TaskOutcome) -> None:
    db.session.execute(
        update(ServiceTask)
        .where(ServiceTask.id.in_(list(ids)))
        .values(closed_at=now(), outcome=outcome)
        .execution_options(synchronize_session="fetch")
    )


def posted_waiting(campaign_id: int) -> int:
    """How many letters of a campaign are in the post and have brought no receipt."""
    query = (
        select(func.count())
        .select_from(ServiceTask)
        .join(
            Offer,
            (Offer.tenant_id == ServiceTask.tenant_id) & (Offer.id == ServiceTask.offer_id),
        )
        .where(
            Offer.campaign_id == campaign_id,
            ServiceTask.closed_at.is_(None),
            ServiceTask.post_number.is_not(None),
        )
    )
    return int(db.session.scalar(query) or 0)
