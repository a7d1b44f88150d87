"""The studio: experts by field and industry, their bookings, the advice they gave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, any_, func, literal, or_, select
from sqlalchemy.exc import IntegrityError

from blueprints.registry.models import Enterprise
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.studio_models import FIELDS, Expert, ExpertBooking
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

NO_OVERLAP = "expert_booking_no_overlap"
BUSY = Text("该专家这一时段已有预约。", "The expert is booked at that time already.")
OVER = Text("这一预约已经办结或者取消。", "This booking is over or cancelled.")
NOT_YET = Text("预约时间未到，不能登记意见。", "It has not taken place yet.")
GONE = Text("该专家已经退出专家库。", "The expert is not in the pool any more.")


@dataclass(frozen=True)
class Wanted:
    """What the pool is narrowed to."""

    q: str = ""
    field: str = ""
    industry: str = ""
    show: str = ""  # "" in the pool now · all

    @classmethod
    def from_args(cls, args: Any) -> Self:
        asked = {one.name: str(args.get(one.name, "")).strip()[:100] for one in fields(cls)}
        if asked["field"] not in FIELDS:
            asked["field"] = ""
        return cls(**asked)

    @property
    def narrowed(self) -> bool:
        return self != type(self)()


def take_in(**facts: Any) -> Expert:
    """An expert joins the pool."""
    expert = Expert(**facts)
    db.session.add(expert)
    trail.record("expert.taken_in", expert, name=expert.name)
    return expert


def correct(expert: Expert, **facts: Any) -> bool:
    """Change what differs; False when nothing does."""
    changed = {
        name: [_plain(getattr(expert, name)), _plain(value)]
        for name, value in facts.items()
        if getattr(expert, name) != value
    }
    for name in changed:
        setattr(expert, name, facts[name])
    if changed:
        trail.record("expert.corrected", expert, changed=changed)
    return bool(changed)


def book(expert: Expert, *, by_id: int, **facts: Any) -> ExpertBooking:
    """Time of an expert for a matter. The database refuses two at once."""
    if expert.until_on is not None and expert.until_on < facts["from_at"].date():
        raise RuleBroken(GONE)
    made = ExpertBooking(expert_id=expert.id, booked_by_id=by_id, **facts)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError as error:
        if NO_OVERLAP in str(error.orig):
            raise RuleBroken(BUSY) from None
        raise
    trail.record("expert.booked", expert, at=made.from_at.isoformat(), topic=made.topic)
    return made


def hold(booking: ExpertBooking, advice: str) -> None:
    """It took place; what was advised is kept."""
    _still_booked(booking)
    if booking.from_at > now():
        raise RuleBroken(NOT_YET)
    booking.state, booking.advice = "held", advice.strip()
    trail.record("expert.advised", (Expert.__tablename__, booking.expert_id), topic=booking.topic)


def cancel(booking: ExpertBooking, reason: str) -> None:
    _still_booked(booking)
    booking.state, booking.reason = "cancelled", reason.strip()
    trail.record(
        "expert.booking_cancelled", (Expert.__tablename__, booking.expert_id),
        topic=booking.topic, reason=reason,
    )  # fmt: skip


def _still_booked(booking: ExpertBooking) -> None:
    if booking.state != "booked":
        raise RuleBroken(OVER)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def get(expert_id: int, *, lock: bool = False) -> Expert:
    query = select(Expert).where(Expert.id == expert_id)
    found: Expert = db.one_or_404(query.with_for_update() if lock else query)
    return found


def get_booking(expert: Expert, booking_id: int) -> ExpertBooking:
    found: ExpertBooking = db.one_or_404(
        select(ExpertBooking).where(
            ExpertBooking.expert_id == expert.id, ExpertBooking.id == booking_id
        )
    )
    return found


def listing(wanted: Wanted, on: date, *, cursor: str | None = None) -> Page:
    return leaf(_listed(wanted, on), [Key(Expert.name), Key(Expert.id)], cursor=cursor)


def for_export(wanted: Wanted, on: date) -> Iterator[Any]:
    yield from db.session.execute(_listed(wanted, on).order_by(Expert.name, Expert.id))


def _listed(wanted: Wanted, on: date) -> Select[*tuple[Any, ...]]:
    query = select(
        Expert.id, Expert.name, Expert.field, Expert.industries, Expert.workplace, Expert.post,
        Expert.phone, Expert.email, Expert.until_on,
        _bookings("held").label("held"), _bookings("booked").label("booked"),
    )  # fmt: skip
    return query.where(*_conditions(wanted, on))


def _bookings(state: str) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(ExpertBooking)
        .where(
            ExpertBooking.tenant_id == Expert.tenant_id,
            ExpertBooking.expert_id == Expert.id,
            ExpertBooking.state == state,
        )
        .correlate(Expert)
        .scalar_subquery()
    )


def _conditions(wanted: Wanted, on: date) -> Iterator[ColumnElement[bool]]:
    if wanted.q:
        yield or_(
            Expert.name.icontains(wanted.q, autoescape=True),
            Expert.workplace.icontains(wanted.q, autoescape=True),
        )
    if wanted.field:
        yield Expert.field == wanted.field
    if wanted.industry:
        yield literal(wanted.industry) == any_(Expert.industries)
    if wanted.show != "all":
        yield or_(Expert.until_on.is_(None), Expert.until_on >= on)


def bookings(expert: Expert) -> Sequence[Any]:
    """What an expert was asked, the latest first."""
    query = (
        select(
            ExpertBooking,
            Enterprise.name.label("enterprise"),
            Supervisor.name.label("supervisor"),
        )
        .outerjoin(
            Enterprise,
            and_(
                Enterprise.tenant_id == ExpertBooking.tenant_id,
                Enterprise.id == ExpertBooking.enterprise_id,
            ),
        )
        .outerjoin(
            Supervisor,
            and_(
                Supervisor.tenant_id == ExpertBooking.tenant_id,
                Supervisor.id == ExpertBooking.supervisor_id,
            ),
        )
        .where(ExpertBooking.expert_id == expert.id)
        .order_by(ExpertBooking.from_at.desc(), ExpertBooking.id.desc())
        .limit(100)
    )
    return db.session.execute(query).all()


def coming(at: datetime, *, most: int = 10) -> Sequence[Any]:
    """The next bookings of the whole studio."""
    query = (
        select(
            ExpertBooking.id, ExpertBooking.from_at, ExpertBooking.topic, ExpertBooking.place,
            Expert.id.label("expert_id"), Expert.name,
        )
        .join(
            Expert,
            and_(Expert.tenant_id == ExpertBooking.tenant_id, Expert.id == ExpertBooking.expert_id),
        )
        .where(ExpertBooking.state == "booked", ExpertBooking.until_at >= at)
        .order_by(ExpertBooking.from_at, ExpertBooking.id)
        .limit(most)
    )  # fmt: skip
    return db.session.execute(query).all()
