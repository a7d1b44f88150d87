"""What an enterprise adds to its first statement: kept word for word, one row each time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from blueprints.exposures.models import Heard
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class SupplementaryStatement(TenantOwned, Model):
    """A further statement (补充陈述), beside the first one that the exposure itself holds.

    The database takes it only while nothing is public, and lets nobody change it afterwards:
    only the finding on it is added, once, by another than the proposer (migration 0019).
    """

    __tablename__ = "exposure_supplement"
    __table_args__ = (
        tenant_fk("exposure", "exposure_id"),
        tenant_fk("document", "file_id"),
        tenant_fk("user", "examined_by_id"),
        one_of("channel", Heard),
        CheckConstraint("length(btrim(words)) > 0", name="says_something"),
        CheckConstraint(
            "(examined_at IS NULL) = (examined_by_id IS NULL) "
            "AND (examined_at IS NULL) = (examined_note IS NULL)",
            name="finding_is_whole",
        ),
        Index("ix_exposure_supplement_exposure", "tenant_id", "exposure_id"),
    )

    exposure_id: Mapped[int]
    words: Mapped[str]  # verbatim
    received_at: Mapped[datetime]
    channel: Mapped[str]
    filed_by: Mapped[str | None]  # never shown to the public
    file_id: Mapped[int | None]
    shown: Mapped[bool]  # whether it may be shown beside the announcement
    examined_by_id: Mapped[int | None]
    examined_at: Mapped[datetime | None]
    examined_note: Mapped[str | None]
