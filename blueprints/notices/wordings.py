"""The federation's own wording of official texts: each version kept, one of them in force.

`text_in_force` is the one door through which letters and mails come by their text, `text_as_of`
for what was made before and is drawn again. A wording is proposed by one person and approved by
another; what was posted under an earlier one keeps it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.notices.letters.texts import LetterText, letter_text, read_text
from tenants.db import Model, TenantOwned, db, one_of, tenant_fk


class WordingState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"  # by the proposer, before anybody decided


class LetterWording(TenantOwned, Model):
    """One version of a text. Its words never change: the app may only write what was decided."""

    __tablename__ = "letter_wording"
    __table_args__ = (
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "decided_by_id"),
        one_of("state", WordingState),
        UniqueConstraint("tenant_id", "text_id", "number"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at_a_moment"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'returned') OR decided_by_id <> proposed_by_id",
            name="four_eyes",
        ),
        CheckConstraint(
            "state <> 'returned' OR length(btrim(decision_note)) > 0", name="returned_with_a_reason"
        ),
        CheckConstraint("length(btrim(note)) > 0", name="says_why"),
        Index(
            "uq_letter_wording_open",
            "tenant_id",
            "text_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    text_id: Mapped[str]  # which official text, such as 01b-offer-double
    number: Mapped[int]  # 1, 2, 3 … of this text
    source: Mapped[str]
    digest: Mapped[str]  # the version that messages and letters name
    base_digest: Mapped[str]  # the official text it was written from
    note: Mapped[str]  # what is changed, and why
    state: Mapped[str] = mapped_column(server_default=WordingState.PROPOSED)
    proposed_by_id: Mapped[int]
    decided_by_id: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None]


def text_in_force(text_id: str) -> LetterText:
    """The wording that letters and mails made now use. Raises NoSuchText."""
    query = (
        select(LetterWording.source)
        .where(LetterWording.text_id == text_id, LetterWording.state == WordingState.APPROVED)
        .order_by(LetterWording.number.desc())
        .limit(1)
    )
    source = db.session.scalar(query)
    return letter_text(text_id) if source is None else read_text(source)


def text_as_of(text_id: str, version: str | None) -> LetterText:
    """The wording a paper was made with. Raises NoSuchText.

    The product's own where no wording of the federation bears that version.
    """
    if version is None:
        return text_in_force(text_id)
    query = select(LetterWording.source).where(
        LetterWording.text_id == text_id, LetterWording.digest == version
    )
    source = db.session.scalar(query.limit(1))
    return letter_text(text_id) if source is None else read_text(source)
