"""Entry codes (填写码): one form each, printed once, kept nowhere, gone when they are used.

The database knows their fingerprints and the unit they were made for. They are shuffled before
they are printed and drawn by hand, so that nobody knows whose is which; and the row of a code is
deleted by the form it lets in (docs/adr/0006).
"""

import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import CursorResult, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from blueprints.bargaining.ballots.casting import shown, typed
from blueprints.evaluation import queries
from blueprints.evaluation.answering import NOT_OPEN, takes_paper
from blueprints.evaluation.models import Invitation, Survey, SurveyAnswer, SurveyCode, SurveySlot
from blueprints.evaluation.reading import Ticked
from blueprints.offers.ground.links import ALPHABET
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.scope import current_tenant_id

__all__ = ["shown", "typed"]

CODE_LENGTH = 16
MOST = 500  # of one unit at a time: forty pages, drawn in seconds
USED = Text(
    "没有这个填写码，或者它已经用过：一个填写码只能用一次。",
    "There is no such entry code, or it has been used: each can be used once.",
)


def make(
    survey: Survey, invitation: Invitation, how_many: int, *, afresh: bool, only: bool
) -> list[str]:
    """New codes for a unit, shuffled. They are returned this once.

    `afresh` withdraws those that were made before and not used yet; `only` shuts the open link
    of the unit. What is handed out is counted along. Raises RuleBroken where it is not open.
    """
    if not takes_paper(survey):
        raise RuleBroken(NOT_OPEN)
    withdrawn = withdraw(invitation) if afresh else 0
    made = [new_code() for _ in range(how_many)]
    rows = sorted(map(fingerprint, made))  # the order of rows is that of their fingerprints
    db.session.execute(
        insert(SurveyCode),
        [
            {"tenant_id": current_tenant_id(), "invitation_id": invitation.id, "code_hash": one}
            for one in rows
        ],
    )
    invitation.handed_out = max((invitation.handed_out or 0) - withdrawn, 0) + how_many
    invitation.by_code_only = only
    db.session.flush()
    trail.record(
        "survey.codes_made", survey, unit=invitation.enterprise_id, codes=how_many,
        withdrawn=withdrawn, by_code_only=only,
    )  # fmt: skip
    return made


def withdraw(invitation: Invitation) -> int:
    """Codes that nobody has used are worth nothing any more. Returns how many they were."""
    gone = db.session.execute(delete(SurveyCode).where(SurveyCode.invitation_id == invitation.id))
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def forget(survey: Survey) -> None:
    """What is left over when a survey closes: not even who did not answer shall be known."""
    links = select(Invitation.id).where(Invitation.survey_id == survey.id)
    db.session.execute(delete(SurveyCode).where(SurveyCode.invitation_id.in_(links)))


def new_code() -> str:
    """78 bits that people can type."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def fingerprint(code: str) -> str:
    return hashlib.sha256(f"survey:{code}".encode()).hexdigest()


def unused(invitation: Invitation) -> int:
    query = select(func.count()).where(SurveyCode.invitation_id == invitation.id)
    return db.session.scalar(query) or 0


def behind(code: str) -> tuple[Survey, Invitation, str] | None:
    """What a code asks, where, and the name of the unit; None for one unknown or used."""
    query = (
        queries.links_asked()
        .join(
            SurveyCode,
            (SurveyCode.tenant_id == Invitation.tenant_id)
            & (SurveyCode.invitation_id == Invitation.id),
        )
        .where(SurveyCode.code_hash == fingerprint(code))
    )
    found = db.session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def arrived(number: int) -> bool:
    """Whether the form that drew this lot is in."""
    return db.session.scalar(select(SurveyAnswer.id).where(SurveyAnswer.id == number)) is not None


def answer(code: str, ticked: Ticked, number: int) -> None:
    """Put a form in; its code goes with it. Raises RuleBroken for one used, or come too late.

    Nothing is written in the trail: when somebody answered is nobody's business.
    """
    put_in = insert(SurveySlot).values(
        tenant_id=current_tenant_id(), code_hash=fingerprint(code), number=number, ticked=ticked
    )
    try:
        db.session.execute(put_in.inline())
    except DBAPIError as refused:
        db.session.rollback()
        said = str(getattr(getattr(refused.orig, "diag", None), "message_primary", ""))
        raise RuleBroken(USED if said == "unknown or used" else NOT_OPEN) from refused


def left_of(invitations: Sequence[int]) -> dict[int, int]:
    """How many codes of each link nobody has used yet."""
    query = (
        select(SurveyCode.invitation_id, func.count())
        .where(SurveyCode.invitation_id.in_(invitations))
        .group_by(SurveyCode.invitation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
