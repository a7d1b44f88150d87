"""Hearing the enterprise (E2): what it says is kept word for word, and another person examines it.

A statement may come as soon as the notice is out, also before its service is on record; the right
of reply runs from proven service all the same, so that nobody loses a day by being quick. It may be
added to as often as the enterprise likes. What comes late is heard too, as long as nothing is
public: approvals given without it fall away, and it goes back to those who decide.
"""

from sqlalchemy import select

from blueprints.exposures import feedback, publishing, statements
from blueprints.exposures.models import Exposure, ExposureState, Heard
from blueprints.exposures.moves import by_another, step
from blueprints.exposures.statement_models import SupplementaryStatement
from blueprints.offers.ground.queries import get_offer
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.models import Document

EARLY = ExposureState.LEGAL_CHECK  # the notice is out, its service not yet on record
BEFORE_DECISION = (ExposureState.NOTICED, ExposureState.REPLY_WAIVED, ExposureState.REPLY_RECEIVED)
HEARD_IN = (EARLY, *BEFORE_DECISION, ExposureState.DECIDED_PUBLISH)
PROPER = "exposure.proper_reason"
READ_FIRST = Text(
    "其间又收到补充陈述，请先阅读后再审核。",
    "A further statement has come in meanwhile; read it before you examine.",
)


def may_be_heard(exposure: Exposure) -> bool:
    """Whether a statement, or a further one, can be taken now: until something is public."""
    return exposure.reviewed_at is not None and exposure.state in HEARD_IN


def record_statement(
    exposure: Exposure,
    words: str,
    *,
    open_: bool,
    channel: Heard = Heard.PAPER,
    by: str | None = None,
    file_id: int | None = None,
) -> None:
    """What the enterprise says, verbatim, each time in a place of its own.

    One that names people or pay is kept but not shown. The very same words and file once more, as
    a second click sends them, are one statement.
    """
    if not words.strip():
        raise RuleBroken(Text("没有企业陈述。", "There is no statement."))
    if not may_be_heard(exposure):
        raise RuleBroken(
            Text("现在不能登记陈述。", "A statement cannot be taken at this point."),
        )
    if _said_just_now(exposure, words, file_id):
        return
    shown = open_ and not statements.private(words)
    if exposure.statement is None:
        exposure.statement, exposure.statement_at = words, now()
        exposure.statement_channel, exposure.statement_by = channel, by
        exposure.statement_file_id, exposure.statement_open = file_id, shown
    else:
        db.session.add(
            SupplementaryStatement(
                exposure_id=exposure.id, words=words, received_at=now(), channel=channel,
                filed_by=by, file_id=file_id, shown=shown,
            )
        )  # fmt: skip
        db.session.flush()
    take_up_statement(exposure)
    latest = statements.said_in(exposure)[-1]
    trail.record(
        "exposure.statement_recorded" if latest.number == 1 else "exposure.statement_added",
        exposure, open=shown, channel=channel, number=latest.number, late=latest.late,
    )  # fmt: skip
    feedback.give(exposure, feedback.STATEMENT_LATE if latest.late else feedback.STATEMENT_IN)


def _said_just_now(exposure: Exposure, words: str, file_id: int | None) -> bool:
    said = statements.said_in(exposure)
    if not said or said[-1].words != words:
        return False
    if file_id is None or said[-1].file_id is None:
        return file_id is None
    prints = select(Document.sha256).where(Document.id.in_((file_id, said[-1].file_id)))
    return len(set(db.session.scalars(prints))) == 1


def take_up_statement(exposure: Exposure) -> None:
    """Once service is proven, what came in is examined, and whoever had approved does so anew."""
    if exposure.state != EARLY:
        exposure.first_approver_id = exposure.first_approved_at = exposure.first_note = None
        exposure.second_approver_id = exposure.second_approved_at = exposure.second_note = None
        step(exposure, "receive_statement")


def waive_statement(exposure: Exposure) -> None:
    """The right of reply ended without a statement. This publishes nothing."""
    step(exposure, "waive")
    trail.record("exposure.statement_waived", exposure)


def examine_statement(
    exposure: Exposure, note: str, *, by_id: int, proper: bool = False, read: int | None = None
) -> None:
    """The finding on all that was said and not yet examined; the enterprise is told in writing.

    `read` is how many statements the examiner had on the page. A reason that is found proper ends
    the case and keeps the enterprise out, until another person lifts that.
    """
    if exposure.state != ExposureState.REPLY_RECEIVED or not note.strip():
        raise RuleBroken(Text("请写明审核意见。", "State the finding."))
    by_another(exposure, by_id)
    said = statements.said_in(exposure)
    if read is not None and read < len(said):
        raise RuleBroken(READ_FIRST)
    if all(one.examined_at for one in said):
        raise RuleBroken(Text("陈述已经审核。", "Everything said has been examined."))
    if exposure.examined_at is None:
        exposure.examined_by_id, exposure.examined_at, exposure.examined_note = by_id, now(), note
    for row in db.session.scalars(statements.unexamined(exposure.id)):
        row.examined_by_id, row.examined_at, row.examined_note = by_id, now(), note
    trail.record("exposure.statement_examined", exposure, note=note, proper=proper)
    if not proper:
        feedback.give(exposure, feedback.STATEMENT_EXAMINED, note)
        return
    publishing.exclude(get_offer(exposure.offer_id), PROPER, note, by_id=by_id)
    drop(exposure, note, told=note)


def drop(exposure: Exposure, why: str, *, told: str = "") -> None:
    """End the matter without publication; `told` is what the others are told of the reason."""
    if not why.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    exposure.dropped_reason = why
    step(exposure, "drop", reason_recorded=True)
    trail.record("exposure.dropped", exposure, reason=why)
    if exposure.reviewed_at is not None:  # before that nobody outside has heard of it
        feedback.give(exposure, feedback.ENDED, told)
