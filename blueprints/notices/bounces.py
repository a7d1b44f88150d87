"""Mail that came back (退信): each looked at once, judged, and kept as one line.

Only a genuine, fresh and unused token changes a notice. Everything else is written down as what it
is, so that an officer sees what the mailbox holds and a forger sees nothing happen.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from blueprints.notices import news, returned_mail, verp
from blueprints.notices.models import Notice
from blueprints.notices.returned_mail import ReturnedMail
from blueprints.notices.verp import Returned
from rules.contacts import reason_for
from tenants.clock import today
from tenants.db import Model, TenantOwned, db, one_of, tenant_fk
from tenants.scope import current_tenant_id


class Verdict(StrEnum):
    HARD = "hard"  # for good: the address is left alone from now on
    SOFT = "soft"  # this time: the mailbox was full, or the mail was blocked
    DELAYED = "delayed"  # the server keeps trying, and will say how it ended
    LATE = "late"  # genuine, but the notice arrived after all or goes to another address by now
    REPLAYED = "replayed"  # its token has been used already
    EXPIRED = "expired"
    FORGED = "forged"  # the token is not ours, or is another federation's
    NO_TOKEN = "no_token"  # noqa: S105 - nothing in it names a notice
    NO_BOUNCE = "no_bounce"  # an answer of a machine or a person, no report


class BounceReport(TenantOwned, Model):
    """One mail of the mailbox of returns. The mail itself is not kept."""

    __tablename__ = "bounce_report"
    __table_args__ = (
        tenant_fk("notice", "notice_id"),
        one_of("verdict", Verdict),
        one_of("source", ("mailbox", "file")),
        UniqueConstraint("tenant_id", "digest"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest_hex"),
        CheckConstraint(
            "verdict NOT IN ('hard', 'soft', 'late') "
            "OR notice_id IS NOT NULL AND round IS NOT NULL",
            name="verdict_about_a_notice",
        ),
        Index(
            "uq_bounce_report_once",
            "tenant_id",
            "notice_id",
            "round",
            unique=True,
            postgresql_where=text("verdict IN ('hard', 'soft', 'late')"),
        ),
    )

    digest: Mapped[str]  # SHA-256 of the mail: the same one is never looked at twice
    source: Mapped[str]
    verdict: Mapped[str]
    notice_id: Mapped[int | None]
    round: Mapped[int | None]
    address: Mapped[str]  # as the other side names it
    answer: Mapped[str]


def take_in(raw: bytes, *, source: str) -> Verdict | None:
    """Judge one mail and carry out what follows. None for one that was taken in before."""
    digest = hashlib.sha256(raw).hexdigest()
    seen = select(BounceReport.id).where(BounceReport.digest == digest)
    if db.session.scalar(seen) is not None:
        return None
    mail = returned_mail.read(raw)
    verdict, notice, round_ = _judged(mail)
    row = {
        "tenant_id": current_tenant_id(),
        "digest": digest,
        "source": source,
        "verdict": verdict,
        "notice_id": notice.id if notice else None,
        "round": round_,
        "address": mail.address,
        "answer": f"{mail.code} {mail.answer}".strip() if mail.failed is not None else "",
    }
    made = insert(BounceReport).values(row).on_conflict_do_nothing().returning(BounceReport.id)
    if db.session.scalar(made) is None:
        return None  # another reader was quicker
    return verdict


def _judged(mail: ReturnedMail) -> tuple[Verdict, Notice | None, int | None]:
    if not mail.tokens:
        return Verdict.NO_TOKEN, None, None
    found = next(filter(None, (verp.read(token) for token in mail.tokens)), None)
    notice = _named_by(found)
    if found is None or notice is None:
        return Verdict.FORGED, None, None
    return _about(mail, notice, found), notice, found.round


def _named_by(found: Returned | None) -> Notice | None:
    """The notice, locked, where the token is genuine and of this federation."""
    if found is None or found.tenant_id != current_tenant_id():
        return None
    query = select(Notice).where(Notice.id == found.notice_id).with_for_update()
    return db.session.scalar(query, execution_options={"populate_existing": True})


def _about(mail: ReturnedMail, notice: Notice, found: Returned) -> Verdict:
    if found.expired(today()):
        return Verdict.EXPIRED
    if mail.failed is None:
        return Verdict.NO_BOUNCE
    if not mail.failed:
        return Verdict.DELAYED
    if _used(notice, found.round):
        return Verdict.REPLAYED
    return _carried_out(mail, notice, found.round)


def _used(notice: Notice, round_: int) -> bool:
    query = select(BounceReport.id).where(
        BounceReport.notice_id == notice.id,
        BounceReport.round == round_,
        BounceReport.verdict.in_((Verdict.HARD, Verdict.SOFT, Verdict.LATE)),
    )
    return db.session.scalar(query) is not None


def _carried_out(mail: ReturnedMail, notice: Notice, round_: int) -> Verdict:
    answer = f"{mail.code} {mail.answer}".strip()
    reason = reason_for(mail.code, mail.answer)
    if not news.bounced(notice, round_=round_, answer=answer, reason=reason):
        return Verdict.LATE
    return Verdict.HARD if news.is_hard(reason) else Verdict.SOFT


def counted(verdicts: Iterable[Verdict | None]) -> dict[str, int]:
    """How many of each, and of those seen before."""
    counts = dict.fromkeys([*map(str, Verdict), "seen"], 0)
    for verdict in verdicts:
        counts[str(verdict) if verdict else "seen"] += 1
    return counts
