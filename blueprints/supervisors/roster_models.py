"""What a roster keeps of a supervisor besides the person: certificates, leave, ties; and quotas."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.supervisors.models import LEVELS
from tenants.db import Model, TenantOwned, one_of, tenant_fk

CERTIFICATES = ("supervisor", "social_worker", "lawyer", "mediator", "other")
TIES = ("former_employer", "relative", "paid_advice", "other_side", "holding", "other")


class SupervisorCertificate(TenantOwned, Model):
    """A certificate somebody holds, until a day or for good."""

    __tablename__ = "supervisor_certificate"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        one_of("kind", CERTIFICATES),
        UniqueConstraint("tenant_id", "kind", "number"),
        CheckConstraint("length(btrim(number)) > 0", name="has_a_number"),
        CheckConstraint("expires_on >= issued_on", name="period_runs_forward"),
        Index("ix_supervisor_certificate_holder", "tenant_id", "supervisor_id", "expires_on"),
    )

    supervisor_id: Mapped[int]
    kind: Mapped[str] = mapped_column(server_default="supervisor")
    number: Mapped[str]
    issuer: Mapped[str | None]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]  # the last day on which it is good; None: for good
    revoked_on: Mapped[date | None]


class SupervisorLeave(TenantOwned, Model):
    """Days on which a supervisor is away. Two leaves at once are one leave."""

    __tablename__ = "supervisor_leave"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        CheckConstraint("until_on >= from_on", name="period_runs_forward"),
        ExcludeConstraint(
            (text("tenant_id"), "="),
            (text("supervisor_id"), "="),
            (func.daterange(text("from_on"), text("until_on"), text("'[]'::text")), "&&"),
            using="gist",
            name="supervisor_leave_no_overlap",
        ),
    )

    supervisor_id: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date]  # the last day away
    reason: Mapped[str | None]


class SupervisorTie(TenantOwned, Model):
    """What binds a supervisor to a firm, so that they do not serve it (回避)."""

    __tablename__ = "supervisor_tie"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("enterprise", "enterprise_id"),
        one_of("kind", TIES),
        CheckConstraint("until_on >= from_on", name="period_runs_forward"),
        Index("ix_supervisor_tie_pair", "tenant_id", "supervisor_id", "enterprise_id"),
        Index("ix_supervisor_tie_enterprise", "tenant_id", "enterprise_id"),
    )

    supervisor_id: Mapped[int]
    enterprise_id: Mapped[int]
    kind: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day on which it counts; None: for good
    note: Mapped[str | None]


class SupervisorQuota(TenantOwned, Model):
    """How many supervisors are due at a level of an area, and who says so."""

    __tablename__ = "supervisor_quota"
    __table_args__ = (
        one_of("level", LEVELS),
        CheckConstraint("full_time >= 0 AND part_time >= 0", name="not_negative"),
        UniqueConstraint("tenant_id", "level", "area_code", postgresql_nulls_not_distinct=True),
    )

    level: Mapped[str]
    area_code: Mapped[str | None]  # None: the city itself
    full_time: Mapped[int] = mapped_column(server_default="0")
    part_time: Mapped[int] = mapped_column(server_default="0")
    source: Mapped[str | None]
