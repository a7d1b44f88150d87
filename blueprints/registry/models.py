"""Enterprises, the unions that stand for their workers, employers' associations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.registry.kinds import AssociationKind, Level, Ownership, Standing, Status
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class TradeUnion(TenantOwned, Model):
    """A union (工会): of an enterprise, of several, of a sector, a park, or an area."""

    __tablename__ = "trade_union"
    __table_args__ = (
        one_of("level", Level),
        one_of("standing", Standing),
        one_of("status", ("active", "dissolved")),
        CheckConstraint("level <> 'sector' OR industry IS NOT NULL", name="sector_has_industry"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        tenant_fk("trade_union", "parent_id"),
        Index("ix_trade_union_sort", "tenant_id", "sort_key", "id"),
        Index("ix_trade_union_parent", "tenant_id", "parent_id"),
        Index("ix_trade_union_level", "tenant_id", "level", "area", "industry"),
        Index("ix_trade_union_search", "tenant_id", "search_key", "id"),
    )

    name: Mapped[str]
    level: Mapped[str]
    parent_id: Mapped[int | None]
    area: Mapped[str | None]  # GB/T 2260
    industry: Mapped[str | None]  # GB/T 4754, two digits; what a sector union is of
    standing: Mapped[str] = mapped_column(server_default=Standing.ABLE)
    chair: Mapped[str | None]
    chair_since: Mapped[date | None]
    contact_name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    address: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="active")
    sort_key: Mapped[str]
    search_key: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Enterprise(TenantOwned, Model):
    """An employer on the register. The latest headcount is kept here too, for lists."""

    __tablename__ = "enterprise"
    __table_args__ = (
        one_of("ownership", Ownership),
        one_of("status", Status),
        CheckConstraint("credit_code ~ '^[0-9A-Z]{18}$'", name="credit_code_form"),
        CheckConstraint("women <= headcount", name="women_within_headcount"),
        CheckConstraint("frontline <= headcount", name="frontline_within_headcount"),
        CheckConstraint(
            "(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"
        ),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        tenant_fk("trade_union", "union_id"),
        tenant_fk("enterprise", "merged_into_id"),
        Index(
            "uq_enterprise_credit_code",
            "tenant_id",
            "credit_code",
            unique=True,
            postgresql_where=text("status <> 'merged'"),
        ),
        Index("ix_enterprise_name_key", "tenant_id", "name_key"),
        Index("ix_enterprise_sort", "tenant_id", "sort_key", "id"),
        Index("ix_enterprise_place", "tenant_id", "area", "industry"),
        Index("ix_enterprise_union", "tenant_id", "union_id"),
        Index("ix_enterprise_search", "tenant_id", "search_key", "id"),
    )

    name: Mapped[str]
    credit_code: Mapped[str | None]  # GB 32100; None: still to be found out
    area: Mapped[str | None]  # GB/T 2260
    locality: Mapped[str | None]  # street, park or village within the area
    address: Mapped[str | None]
    industry: Mapped[str | None]  # GB/T 4754, two digits: the main one
    industries: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default=text("'{}'")
    )  # all of them, the main one first
    ownership: Mapped[str | None]
    headcount: Mapped[int | None]
    women: Mapped[int | None]
    frontline: Mapped[int | None]
    counted_on: Mapped[date | None]
    union_id: Mapped[int | None]  # the union that stands for its workers; None: no union
    contact_name: Mapped[str | None]
    contact_title: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    # What a ledger says about a wage contract. A claim: never counted as a contract.
    contract_claimed: Mapped[bool | None]
    contract_claimed_until: Mapped[date | None]
    remark: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default=Status.ACTIVE)
    merged_into_id: Mapped[int | None]
    name_key: Mapped[str]
    sort_key: Mapped[str]
    search_key: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class EnterpriseName(TenantOwned, Model):
    """A name the enterprise bore before the one it has."""

    __tablename__ = "enterprise_name"
    __table_args__ = (
        UniqueConstraint("tenant_id", "enterprise_id", "name"),
        tenant_fk("enterprise", "enterprise_id"),
    )

    enterprise_id: Mapped[int]
    name: Mapped[str]
    until_on: Mapped[date | None]  # None: not known


class Headcount(TenantOwned, Model):
    """How many worked there on a day, and who says so."""

    __tablename__ = "headcount"
    __table_args__ = (
        UniqueConstraint("tenant_id", "enterprise_id", "counted_on"),
        CheckConstraint("total >= 0", name="total_not_negative"),
        tenant_fk("enterprise", "enterprise_id"),
    )

    enterprise_id: Mapped[int]
    counted_on: Mapped[date]
    total: Mapped[int]
    women: Mapped[int | None]
    frontline: Mapped[int | None]
    dispatched: Mapped[int | None]
    source: Mapped[str]


class EmployerAssociation(TenantOwned, Model):
    """An employers' side above the single enterprise: 行业协会, 企联, 工商联."""

    __tablename__ = "employer_association"
    __table_args__ = (
        one_of("kind", AssociationKind),
        one_of("status", ("active", "dissolved")),
        Index("ix_employer_association_sort", "tenant_id", "sort_key", "id"),
    )

    name: Mapped[str]
    kind: Mapped[str]
    area: Mapped[str | None]
    industry: Mapped[str | None]
    head: Mapped[str | None]  # 会长
    contact_name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    address: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="active")
    sort_key: Mapped[str]
    search_key: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
