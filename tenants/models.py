"""Federations, the people who work in them, and the books every room writes into."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk
from tenants.roles import Role


class TenantStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"


class UserStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Tenant(Model):
    """One city federation of trade unions (市总工会)."""

    __tablename__ = "tenant"
    __table_args__ = (
        one_of("status", TenantStatus),
        CheckConstraint("slug ~ '^[a-z][a-z0-9-]{1,30}$'", name="slug_plain"),
        CheckConstraint("division ~ '^[0-9]{6}$'", name="division_code"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    short_name: Mapped[str]  # 发文机关代字, opens every document number
    division: Mapped[str]  # GB/T 2260
    status: Mapped[str] = mapped_column(server_default=TenantStatus.ACTIVE)
    users_epoch: Mapped[int] = mapped_column(server_default="1")
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class User(TenantOwned, Model):
    """A person with an account in one federation, and no other."""

    __tablename__ = "user"
    __table_args__ = (
        one_of("role", Role),
        one_of("status", UserStatus),
        one_of("locale", ("zh_CN", "en")),
        Index("uq_user_email", "tenant_id", text("lower(email)"), unique=True),
        CheckConstraint(
            "status <> 'active' OR password_hash IS NOT NULL", name="active_has_password"
        ),
        CheckConstraint(
            "area IS NULL OR (role = 'officer' AND area ~ '^[0-9]{6}([0-9]{3}){0,2}$')",
            name="area_of_an_officer",
        ),
    )

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    title: Mapped[str | None]  # office held, for letters and signatures
    phone: Mapped[str | None]
    locale: Mapped[str] = mapped_column(server_default="zh_CN")
    status: Mapped[str] = mapped_column(server_default=UserStatus.INVITED)
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    union_id: Mapped[int | None]  # the union this account speaks for; see registry
    area: Mapped[str | None]  # GB/T 2260: an officer of this area only; None: the whole federation
    last_seen_at: Mapped[datetime | None]


class Event(TenantOwned, Model):
    """One line of the trail (操作留痕). Numbered and chained by the database, never changed."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("tenant_id", "seq"),
        Index("ix_event_subject", "tenant_id", "subject_kind", "subject_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    prev_hash: Mapped[str] = mapped_column(server_default="")
    hash: Mapped[str] = mapped_column(server_default="")


class Serial(TenantOwned, Model):
    """The last number given in a series of documents (文号) of one year."""

    __tablename__ = "serial"
    __table_args__ = (UniqueConstraint("tenant_id", "kind", "year"),)

    kind: Mapped[str]
    year: Mapped[int]
    last: Mapped[int]


class Document(TenantOwned, Model):
    """A file as it came in or was made: bytes in storage, fingerprint and name here."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_sha256", "tenant_id", "sha256"),
        Index("ix_document_subject", "tenant_id", "subject_kind", "subject_id"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_hex"),
        tenant_fk("user", "uploaded_by_id"),
    )

    subject_kind: Mapped[str | None]
    subject_id: Mapped[int | None]
    purpose: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str]
    uploaded_by_id: Mapped[int | None]
