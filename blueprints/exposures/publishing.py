"""Publication channel by channel, withdrawal at once and everywhere, objection, correction.

The last recheck is made in the transaction that publishes, under the lock that a reply needs too.
"""

from collections.abc import Sequence
from typing import Any

from blueprints.exposures import feedback, periods, queries, telling, wording
from blueprints.exposures.conditions import broken, facts_of
from blueprints.exposures.facts import CORRECTION, channel_words
from blueprints.exposures.models import (
    SHOWN,
    Channel,
    Exposure,
    ExposureExclusion,
    ExposurePublication,
    ExposureState,
    Ground,
    Heard,
)
from blueprints.exposures.moves import MACHINE, OWN, by_another
from blueprints.notices.wordings import text_in_force
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import document_number, take

RAISED_BY_ANOTHER = Text(
    "升级公布范围须由提出人以外的人办理。", "Another than the proposer raises the channel."
)


def recheck(exposure: Exposure) -> Sequence[str]:
    """Look at the record once more, now; what is missing, by the names of exposure_unmet."""
    exposure.recheck_at, exposure.recheck_xact = now(), None  # the database names the transaction
    db.session.flush()
    return queries.unmet(exposure, today())


def publish(exposure: Exposure, *, by_id: int) -> ExposurePublication:
    """Publish in the first channel. Refused by us with the reason, and by the database anyway."""
    periods.lengthen_window(exposure)
    missing = recheck(exposure)
    if missing:
        raise broken(missing[0])
    state = advance(MACHINE, exposure.state, "publish", facts_of(exposure))
    year = today().year
    number = document_number("exposure", year, take("exposure", year)[0])
    until = periods.last_shown_day(today(), exposure.duration_days)
    exposure.document_no, exposure.expires_on = number, until
    exposure.published_at, exposure.state = now(), state
    db.session.flush()
    return _show(exposure, Channel(exposure.channels[0]), by_id=by_id)


def publish_next(exposure: Exposure, *, by_id: int) -> ExposurePublication:
    """Raise it to the next channel that was decided on, by another than the proposer."""
    if exposure.state not in {ExposureState.PUBLISHED, ExposureState.UPHELD}:
        raise RuleBroken(Text("只有公开中的公告可以升级。", "Only what is public can be raised."))
    standing = {one.channel for one in queries.publications(exposure.id)}
    following = next((name for name in exposure.channels if name not in standing), None)
    if following is None:
        raise RuleBroken(Text("没有下一级范围。", "There is no next channel."))
    if by_id == exposure.proposed_by_id:
        raise RuleBroken(RAISED_BY_ANOTHER, OWN)
    if missing := recheck(exposure):
        raise broken(missing[0])
    return _show(exposure, Channel(following), by_id=by_id)


def _show(exposure: Exposure, channel: Channel, *, by_id: int) -> ExposurePublication:
    shown = ExposurePublication(
        exposure_id=exposure.id,
        channel=channel,
        rank=list(Channel).index(channel) + 1,
        published_at=now(),
        published_by_id=by_id,
    )
    db.session.add(shown)
    db.session.flush()
    trail.record("exposure.published", exposure, channel=channel, number=exposure.document_no)
    telling.published(exposure, channel, shown.rank)
    return shown


def withdraw(exposure: Exposure, ground: Ground, note: str) -> None:
    """Take it down at once, in every channel, and tell all who were told of it."""
    if not note.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    wording.demand_clean(note)  # it stands in the notice of withdrawal
    state = advance(MACHINE, exposure.state, "withdraw", {"reason_recorded": True})
    exposure.withdrawn_at, exposure.withdrawn_ground = now(), ground
    exposure.withdrawn_note, exposure.state = note, state
    db.session.flush()
    tell_withdrawal(exposure)


def tell_withdrawal(exposure: Exposure) -> None:
    """Tell of a withdrawal once, also of one that a reply has brought about in the database."""
    if exposure.withdrawal_told_at is not None:
        return
    exposure.withdrawal_told_at = now()
    trail.record(
        "exposure.withdrawn",
        exposure,
        ground=exposure.withdrawn_ground,
        note=exposure.withdrawn_note,
        at=exposure.withdrawn_at.isoformat() if exposure.withdrawn_at else None,
    )
    telling.withdrawn(exposure)


def object_to(exposure: Exposure, words: str, *, channel: Heard = Heard.PAPER) -> None:
    """Mark an objection the same minute; before publication it holds everything up."""
    if not words.strip():
        raise RuleBroken(Text("请写明异议内容。", "State the objection."))
    if exposure.objection_at is not None and exposure.objection_decided_at is None:
        raise RuleBroken(Text("异议正在处理。", "An objection is being decided."))
    exposure.objection, exposure.objection_at = words, now()
    exposure.objection_channel = channel
    exposure.objection_due_on = periods.count(periods.OBJECTION, today()).on
    exposure.objection_decided_at = exposure.objection_decided_by_id = None
    exposure.objection_decision = None
    db.session.flush()
    if exposure.state in SHOWN:
        exposure.state = advance(MACHINE, exposure.state, "object", facts_of(exposure))
    due_on = exposure.objection_due_on.isoformat()
    trail.record("exposure.objected", exposure, due_on=due_on, channel=channel)
    feedback.give(exposure, feedback.OBJECTED, due_on)


def uphold(exposure: Exposure, why: str, *, by_id: int) -> None:
    """Find an objection unfounded, in writing, by another than the proposer."""
    _decide(exposure, why, by_id=by_id)
    if exposure.state == ExposureState.OBJECTION_MARKED:
        facts = {**facts_of(exposure), "another_person": True}
        exposure.state = advance(MACHINE, exposure.state, "uphold", facts)
    trail.record("exposure.upheld", exposure, decision=why)
    feedback.give(exposure, feedback.UPHELD, why)


def correct(exposure: Exposure, said: dict[str, Any], *, by_id: int) -> None:
    """Find it wrong: the announcement comes down, correction and apology stand in its place.

    An objection that is open is decided with it. Where a reply that came to light has taken the
    announcement down already, the apology is still owed, and given here.
    """
    if not all(str(said.get(name, "")).strip() for name in ("error_text", "corrected_text")):
        raise RuleBroken(Text("请写明错误和正确情况。", "Name the error and the correct facts."))
    for words in said.values():
        wording.demand_clean(str(words))
    by_another(exposure, by_id)
    if exposure.objection_at is not None and exposure.objection_decided_at is None:
        _decide(exposure, str(said["error_text"]), by_id=by_id)
    if not apology_owed(exposure):
        facts = {**facts_of(exposure), "another_person": True}
        exposure.state = advance(MACHINE, exposure.state, "correct", facts)
    exposure.corrected_at = now()
    exposure.correction = {
        "error_cause_text": "—",
        "remedy_text": "—",
        **said,
        "correction_version": text_in_force(CORRECTION).version,
        "withdrawn_at": (exposure.withdrawn_at or now()).isoformat(),
        "exposure_channels": channel_words(exposure).to_json(),
        "correction_until": periods.last_shown_day(today(), exposure.duration_days).isoformat(),
    }
    db.session.flush()
    trail.record("exposure.corrected", exposure, error=said["error_text"])
    telling.corrected(exposure)


def apology_owed(exposure: Exposure) -> bool:
    """Whether it came down because it was wrong, and nobody has said so to the enterprise."""
    wrong = exposure.state == ExposureState.WITHDRAWN and exposure.withdrawn_ground == Ground.ERROR
    return wrong and exposure.corrected_at is None


def _decide(exposure: Exposure, why: str, *, by_id: int) -> None:
    if exposure.objection_at is None or exposure.objection_decided_at is not None:
        raise RuleBroken(Text("没有未处理的异议。", "There is no open objection."))
    if by_id == exposure.proposed_by_id or not why.strip():
        raise RuleBroken(
            Text("异议由提出人以外的人处理，并写明理由。", "Another decides it, with a reason."),
            OWN,
        )
    exposure.objection_decision = why
    exposure.objection_decided_at, exposure.objection_decided_by_id = now(), by_id
    db.session.flush()


SIGNED = "exposure.signed"


def exclude(offer: Offer, code: str, note: str, *, by_id: int) -> ExposureExclusion:
    """Record why nothing may be published about an enterprise; what is public comes down."""
    return exclude_each([offer], code, note, by_id=by_id)[0]


def exclude_each(
    offers: Sequence[Offer],
    code: str,
    note: str,
    *,
    by_id: int | None,
    ground: Ground = Ground.ERROR,
) -> Sequence[ExposureExclusion]:
    """The same for many offers, locked by the caller, in as many statements as for one.

    `by_id` is None where the record itself says it: a contract in force, and nothing else.
    """
    if not note.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    found = [
        ExposureExclusion(
            offer_id=offer.id, code=code, note=note, recorded_by_id=by_id, recorded_at=now()
        )
        for offer in offers
    ]
    db.session.add_all(found)
    trail.record_many(
        "exposure.excluded", [(offer, {"code": code, "note": note}) for offer in offers]
    )
    for standing in queries.shown_of([offer.id for offer in offers]):
        withdraw(standing, ground, note)
    return found


def lift(found: ExposureExclusion, *, by_id: int) -> None:
    """Another person finds that the reason no longer holds."""
    if found.recorded_by_id == by_id or found.lifted_at is not None:
        raise RuleBroken(Text("须由他人撤销。", "Another person lifts it."), OWN)
    found.lifted_at, found.lifted_by_id = now(), by_id
    trail.record("exposure.exclusion_lifted", get_offer(found.offer_id), code=found.code)
