"""How often each person wants to hear from us by mail."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Pace(StrEnum):
    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class MailChoice(TenantOwned, Model):
    """What one account chose; without a row it is weekly for a union's account, else never."""

    __tablename__ = "mail_choice"
    __table_args__ = (
        tenant_fk("user", "user_id"),
        UniqueConstraint("tenant_id", "user_id"),
        one_of("digest", Pace),
    )

    user_id: Mapped[int]
    digest: Mapped[str]
    told_seq: Mapped[int | None]  # of who hears at once: the trail is told up to this number
