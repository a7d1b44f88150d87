"""Reading notices: one with all its attempts, those about a matter, how far a batch has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, select

from blueprints.notices.models import (
    STUCK,
    UNSETTLED,
    ContactRepair,
    Delivery,
    Message,
    Notice,
    NoticeState,
)
from tenants.clock import now
from tenants.db import TenantOwned, db
from tenants.trail import named

SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class Progress:
    """How far a batch has come. `gone` is out of our hands, well or badly."""

    kind: str
    id: int
    counts: dict[str, int]
    paused: int
    later: int  # waiting for a retry that is not due yet
    next_at: datetime | None

    @property
    def total(self) -> int:
        """All that are to go out by mail."""
        return sum(self.counts.values()) - self.paper - self.cancelled

    @property
    def paper(self) -> int:
        return self.counts.get(NoticeState.PAPER, 0)

    @property
    def cancelled(self) -> int:
        return self.counts.get(NoticeState.CANCELLED, 0)

    @property
    def unsettled(self) -> int:
        return sum(self.counts.get(state, 0) for state in UNSETTLED)

    @property
    def gone(self) -> int:
        return self.total - self.unsettled

    @property
    def failed(self) -> int:
        return sum(self.counts.get(state, 0) for state in STUCK)

    @property
    def done(self) -> bool:
        """Nothing more will happen by itself."""
        return self.unsettled == self.paused

    @property
    def every(self) -> str:
        """How often it is worth looking."""
        return "30s" if self.unsettled == self.paused + self.later else "2s"


def batch_progress(kind: str, ident: int, *, at: datetime | None = None) -> Progress:
    """Figures of a batch as they stand `at` a moment, now; one statement over its index."""
    waiting = Notice.state.in_(UNSETTLED)
    later = waiting & ~Notice.paused & (Notice.due_at > (at or now()) + SOON)
    query = (
        select(
            Notice.state,
            func.count(),
            func.count().filter(waiting & Notice.paused),
            func.count().filter(later),
            func.min(Notice.due_at).filter(later),
        )
        .where(Notice.batch_kind == kind, Notice.batch_id == ident)
        .group_by(Notice.state)
    )
    rows = db.session.execute(query).all()
    return Progress(
        kind=kind,
        id=ident,
        counts={row[0]: row[1] for row in rows},
        paused=sum(row[2] for row in rows),
        later=sum(row[3] for row in rows),
        next_at=min((row[4] for row in rows if row[4]), default=None),
    )


def get_notice(notice_id: int, *, lock: bool = False) -> Notice:
    """A notice, or 404: another federation's does not exist. Lock it to change it."""
    query = select(Notice).where(Notice.id == notice_id)
    found: Notice = db.one_or_404(query.with_for_update() if lock else query)
    return found


def message_of(notice: Notice) -> Message:
    return db.session.scalars(select(Message).where(Message.id == notice.message_id)).one()


def attempts_on(notice: Notice) -> list[Delivery]:
    """Every attempt, the newest first."""
    query = select(Delivery).where(Delivery.notice_id == notice.id)
    return list(db.session.scalars(query.order_by(Delivery.id.desc())))


def notices_about(subject: TenantOwned | tuple[str, int], *, newest: int = 100) -> list[Notice]:
    """What was posted about a matter, newest first: for the timeline of its page."""
    kind, ident = named(subject)
    query = select(Notice).where(Notice.subject_kind == kind, Notice.subject_id == ident)
    return list(db.session.scalars(query.order_by(Notice.id.desc()).limit(newest)))


def get_repair(repair_id: int, *, lock: bool = False) -> ContactRepair:
    query = select(ContactRepair).where(ContactRepair.id == repair_id)
    found: ContactRepair = db.one_or_404(query.with_for_update() if lock else query)
    return found


class Waiting(NamedTuple):
    """What of the notices waits, and the last word of the mail server."""

    unsent: int  # should have been taken up long ago
    answer: str
    on_paper: int


def waiting(since: timedelta) -> Waiting:
    """How many notices wait for the mail server for so long, and how many to be printed."""
    stuck = and_(
        Notice.state.in_(UNSETTLED),
        Notice.due_at < now() - since,
        Notice.paused.is_(False),
        Notice.cancelled_at.is_(None),
    )
    on_paper = Notice.state == NoticeState.PAPER
    query = select(
        func.count().filter(stuck),
        func.max(Notice.last_answer).filter(stuck),
        func.count().filter(on_paper),
    ).where(Notice.state.in_((*UNSETTLED, NoticeState.PAPER)))
    unsent, answer, printed = db.session.execute(query).one()
    return Waiting(unsent, answer or "", printed)
