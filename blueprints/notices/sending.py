"""By what server, to whom, how much and when a federation sends mail; and why one is held back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.notices import outbox
from blueprints.notices.models import Notice, NoticeState
from blueprints.notices.outbox import LEASE, OPEN, Claimed, Gate
from rules.words import Text
from tenants.clock import ZONE, now, today
from tenants.db import Model, TenantOwned, db, one_of, tenant_fk
from tenants.scope import current_tenant_id

# Days, a matter of good work and of no law; each federation sets its own.
PAPER_AFTER = 5  # an e-mail nobody answers to: then a letter on paper is owed
VISIT_AFTER = 10  # a letter posted and no receipt: then somebody goes there


class Tls(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class MailSetup(TenantOwned, Model):
    """One row a federation, once it has said anything. An empty host is the platform's server.

    `entered_by_id` entered the server and the sender; a trial is ended by somebody else.
    """

    __tablename__ = "mail_setup"
    __table_args__ = (
        UniqueConstraint("tenant_id"),
        tenant_fk("user", "entered_by_id"),
        tenant_fk("user", "opened_by_id"),
        tenant_fk("user", "paused_by_id"),
        one_of("tls", Tls),
        CheckConstraint("port BETWEEN 1 AND 65535", name="port_of_tcp"),
        CheckConstraint("per_day > 0 AND per_domain > 0", name="limits_let_something_through"),
        CheckConstraint("paper_after > 0 AND visit_after > 0", name="ladder_leaves_time"),
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_both_ends"),
        CheckConstraint("(opened_at IS NULL) = (opened_by_id IS NULL)", name="opened_by_somebody"),
        CheckConstraint("opened_by_id <> entered_by_id", name="opened_by_another"),
        CheckConstraint("NOT trial OR opened_at IS NULL", name="trial_or_opened"),
        CheckConstraint(
            "(paused_at IS NULL) = (paused_reason IS NULL)", name="paused_with_a_reason"
        ),
    )

    host: Mapped[str] = mapped_column(server_default="")
    port: Mapped[int] = mapped_column(server_default="25")
    tls: Mapped[str] = mapped_column(server_default=Tls.NONE)
    account: Mapped[str] = mapped_column(server_default="")
    password: Mapped[str | None]  # sealed, see sealing.py
    sender: Mapped[str] = mapped_column(server_default="")
    entered_by_id: Mapped[int | None]
    entered_at: Mapped[datetime | None]
    per_day: Mapped[int | None]
    per_domain: Mapped[int | None]  # a day, to one domain of recipients
    quiet_from: Mapped[time | None]  # on the clock of the place
    quiet_until: Mapped[time | None]
    trial: Mapped[bool] = mapped_column(server_default=text("false"))
    own_list: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None]
    paused_at: Mapped[datetime | None]
    paused_by_id: Mapped[int | None]
    paused_reason: Mapped[str | None]
    paper_after: Mapped[int | None] = mapped_column(server_default=str(PAPER_AFTER))
    visit_after: Mapped[int | None] = mapped_column(server_default=str(VISIT_AFTER))


class MailCount(TenantOwned, Model):
    """How many messages were handed over on a day, by domain; kept where there are limits."""

    __tablename__ = "mail_count"
    __table_args__ = (UniqueConstraint("tenant_id", "day", "domain"),)

    day: Mapped[date]
    domain: Mapped[str]
    sent: Mapped[int]


@dataclass(frozen=True)
class Standing:
    """How sending stands at this moment."""

    setup: MailSetup | None
    counts: Counter[str]
    quiet: bool

    @property
    def limited(self) -> bool:
        return self.setup is not None and (self.setup.per_day or self.setup.per_domain) is not None

    @property
    def room(self) -> int | None:
        """How many may still go today; None without a limit."""
        if self.setup is None or self.setup.per_day is None:
            return None
        return max(0, self.setup.per_day - self.counts.total())

    @property
    def full(self) -> list[str]:
        """The domains that get no more today."""
        most = self.setup.per_domain if self.setup else None
        return [] if most is None else [d for d, sent in self.counts.items() if sent >= most]

    @property
    def gate(self) -> Gate:
        setup = self.setup
        if setup is None:
            return OPEN
        shut = setup.paused_at is not None or self.quiet or self.room == 0
        only = [one.lower() for one in setup.own_list] if setup.trial else None
        if not shut and only is None and not self.full:
            return OPEN
        return Gate(free=False, shut=shut, only=only, full=self.full)

    def reason(self, address: str | None = None, recipient: str = "") -> Text | None:
        """Why nothing goes out now, or not to this address; None when it does."""
        setup = self.setup
        if setup is None:
            return None
        if setup.paused_at is not None:
            zh, en = "本单位已暂停发送：", "Sending is paused for the whole federation: "
            return Text(f"{zh}{setup.paused_reason}", f"{en}{setup.paused_reason}")
        if setup.trial and not (address and self._on_own_list(address, recipient)):
            return Text(
                "试运行：只发送给本单位名单上的地址，审批人开通后才对外发送。",
                "Trial: mail goes only to the federation's own list until a leader opens it.",
            )
        if self.quiet:
            until = f"{setup.quiet_until:%H:%M}"
            return Text(f"静默时段，{until}以后发送。", f"Quiet hours: it goes out after {until}.")
        return self._over_a_limit(setup, address)

    def _over_a_limit(self, setup: MailSetup, address: str | None) -> Text | None:
        if self.room == 0:
            return Text(
                f"今天已达发送上限（{setup.per_day}封），明天继续。",
                f"Today's limit of {setup.per_day} is reached; it goes on tomorrow.",
            )
        if address and domain_of(address) in self.full:
            domain, most = domain_of(address), setup.per_domain
            return Text(
                f"今天发往{domain}的邮件已达上限（{most}封），明天继续。",
                f"Today's limit of {most} to {domain} is reached; it goes on tomorrow.",
            )
        return None

    def _on_own_list(self, address: str, recipient: str) -> bool:
        mine = {one.lower() for one in self.setup.own_list} if self.setup else set()
        own = {address.lower(), f"@{domain_of(address)}"}
        return recipient.startswith("user:") or bool(own & mine)


def standing(*, lock: bool = False) -> Standing:
    """How sending stands; lock it to take from what may still go today."""
    setup = mail_setup(lock=lock)
    counts: Counter[str] = Counter()
    if setup is not None and (setup.per_day or setup.per_domain):
        query = select(MailCount.domain, MailCount.sent).where(MailCount.day == today())
        counts = Counter({row.domain: row.sent for row in db.session.execute(query)})
    return Standing(setup, counts, setup is not None and in_quiet_hours(setup, now()))


def mail_setup(*, lock: bool = False) -> MailSetup | None:
    query = select(MailSetup).execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if lock else query)


def ladder() -> tuple[int | None, int | None]:
    """Days until a letter on paper is owed, and from its posting until somebody goes there."""
    setup = mail_setup()
    return (setup.paper_after, setup.visit_after) if setup else (PAPER_AFTER, VISIT_AFTER)


def claim(size: int) -> list[Claimed]:
    """Take what may go out now; what is over a limit stays queued."""
    stands = standing(lock=True)
    gate, room = stands.gate, stands.room
    if room:
        size = min(size, room)
    taken = outbox.claim(size, gate)
    if not stands.limited or not taken:
        return taken
    kept, over = _within(taken, stands)
    outbox.release(over, due=now(), answer="")
    _count(kept, 1)
    return kept


def take(notice: Notice) -> Claimed:
    """Take up this one now, past every gate: somebody waits to see what becomes of it."""
    taken = Claimed(
        notice.id,
        notice.message_id,
        notice.recipient_name,
        notice.address or "",
        notice.fields,
        notice.attempts + 1,
        notice.round,
        notice.deferrals,
        notice.state,
    )
    notice.state, notice.attempts = NoticeState.SENDING, taken.attempt
    notice.leased_until = now() + LEASE
    db.session.flush()
    if standing().limited:
        _count([taken], 1)
    return taken


def give_back(untried: Sequence[Claimed]) -> None:
    """What was taken and not tried does not count."""
    setup = mail_setup() if untried else None
    if setup is not None and (setup.per_day or setup.per_domain):
        _count(untried, -1)


def anything_due() -> bool:
    return outbox.anything_due(standing().gate)


def in_quiet_hours(setup: MailSetup, moment: datetime) -> bool:
    """Whether it is quiet; hours that end before they begin run over midnight."""
    if setup.quiet_from is None or setup.quiet_until is None:
        return False
    here = moment.astimezone(ZONE).time()
    if setup.quiet_from <= setup.quiet_until:
        return setup.quiet_from <= here < setup.quiet_until
    return here >= setup.quiet_from or here < setup.quiet_until


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _within(taken: Iterable[Claimed], stands: Standing) -> tuple[list[Claimed], list[Claimed]]:
    """What a domain may still get today, and what is over."""
    most = stands.setup.per_domain if stands.setup else None
    counts, kept, over = Counter(stands.counts), [], []
    for notice in taken:
        domain = domain_of(notice.address)
        if most is not None and counts[domain] >= most and domain not in stands.full:
            over.append(notice)
        else:
            counts[domain] += 1
            kept.append(notice)
    return kept, over


def _count(notices: Iterable[Claimed], sign: int) -> None:
    rows: list[dict[str, Any]] = [
        {"tenant_id": current_tenant_id(), "day": today(), "domain": domain, "sent": sign * count}
        for domain, count in sorted(Counter(domain_of(n.address) for n in notices).items())
    ]
    if not rows:
        return
    made = insert(MailCount).values(rows)
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["tenant_id", "day", "domain"],
            set_={"sent": func.greatest(MailCount.sent + made.excluded.sent, 0)},
        )
    )
