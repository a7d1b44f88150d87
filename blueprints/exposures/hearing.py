"""Hearing the enterprise (E2): what it says is kept word for word, and another person examines it.

A statement may come as soon as the notice is out, also before its service is on record; the right
of reply runs from proven service all the same, so that nobody loses a day by being quick. One that
comes late is heard too, as long as nothing is decided: an approval given without it falls away.
"""

from blueprints.exposures import feedback, wording
from blueprints.exposures.models import Exposure, ExposureState, Heard
from blueprints.exposures.moves import by_another, step
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now

EARLY = ExposureState.LEGAL_CHECK  # the notice is out, its service not yet on record
LATE = ExposureState.REPLY_WAIVED
HEARD_IN = (EARLY, ExposureState.NOTICED, LATE)


def may_be_heard(exposure: Exposure) -> bool:
    """Whether a statement can be taken now."""
    if exposure.statement is not None or exposure.reviewed_at is None:
        return False
    return exposure.state in HEARD_IN


def record_statement(
    exposure: Exposure,
    words: str,
    *,
    open_: bool,
    channel: Heard = Heard.PAPER,
    by: str | None = None,
    file_id: int | None = None,
) -> None:
    """What the enterprise says, verbatim. One that names people or pay is kept but not shown."""
    if not words.strip():
        raise RuleBroken(Text("没有企业陈述。", "There is no statement."))
    if not may_be_heard(exposure):
        raise RuleBroken(
            Text("现在不能登记陈述。", "A statement cannot be taken at this point."),
        )
    exposure.statement, exposure.statement_at = words, now()
    exposure.statement_channel, exposure.statement_by = channel, by
    exposure.statement_file_id = file_id
    exposure.statement_open = open_ and not any(
        code == "exposure.personal_data" for code in wording.faults(words)
    )
    take_up_statement(exposure)
    trail.record(
        "exposure.statement_recorded", exposure, open=exposure.statement_open, channel=channel
    )
    feedback.give(exposure, feedback.STATEMENT_IN)


def take_up_statement(exposure: Exposure) -> None:
    """Once service is proven, a statement that came is examined."""
    if exposure.state in {ExposureState.NOTICED, LATE}:
        exposure.first_approver_id = exposure.first_approved_at = exposure.first_note = None
        step(exposure, "receive_statement")


def waive_statement(exposure: Exposure) -> None:
    """The right of reply ended without a statement. This publishes nothing."""
    step(exposure, "waive")
    trail.record("exposure.statement_waived", exposure)


def examine_statement(exposure: Exposure, note: str, *, by_id: int) -> None:
    """The finding on a statement; the enterprise is told of it in writing."""
    if exposure.state != ExposureState.REPLY_RECEIVED or not note.strip():
        raise RuleBroken(Text("请写明审核意见。", "State the finding."))
    by_another(exposure, by_id)
    exposure.examined_by_id, exposure.examined_at, exposure.examined_note = by_id, now(), note
    trail.record("exposure.statement_examined", exposure, note=note)
    feedback.give(exposure, feedback.STATEMENT_EXAMINED, note)
