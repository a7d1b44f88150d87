"""Appraisals (考核) of supervisors: the weights, the yearly sheet, complaints."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

STATES = ("open", "stated", "marked", "decided", "objected", "closed")
GRADES = ("excellent", "good", "fair", "poor")
# The indicators (domain: visits, offers, reply rate, …). Each is a column: the law of the whole
# set can then be stated as a CHECK.
INDICATORS = (
    "visits", "first_visits", "offers", "reply_rate", "contacts", "cases", "filing", "content",
    "workers", "disputes", "training", "records", "conduct", "contracts",
)  # fmt: skip
MOST_FOR_CONTRACTS = 20
FEWEST = 3


class AppraisalScheme(TenantOwned, Model):
    """The weights of a year, set by the federation; they add up to 100.

    Contracts alone never make an appraisal: at most a fifth, beside three other indicators.
    """

    __tablename__ = "appraisal_scheme"
    __table_args__ = (
        tenant_fk("user", "set_by_id"),
        UniqueConstraint("tenant_id", "year"),
        CheckConstraint(" + ".join(INDICATORS) + " = 100", name="adds_up"),
        CheckConstraint(
            " AND ".join(f"{name} >= 0" for name in INDICATORS), name="no_weight_is_negative"
        ),
        CheckConstraint(f"contracts <= {MOST_FOR_CONTRACTS}", name="never_contracts_alone"),
        CheckConstraint(
            " + ".join(f"sign({name})" for name in INDICATORS if name != "contracts")
            + f" >= {FEWEST}",
            name="several_sides",
        ),
        CheckConstraint("training_hours >= 0", name="hours_not_negative"),
        CheckConstraint("record_days >= 0 AND objection_days >= 1", name="days_not_negative"),
    )

    year: Mapped[int]
    visits: Mapped[int] = mapped_column(server_default="0")
    first_visits: Mapped[int] = mapped_column(server_default="0")
    offers: Mapped[int] = mapped_column(server_default="0")
    reply_rate: Mapped[int] = mapped_column(server_default="0")
    contacts: Mapped[int] = mapped_column(server_default="0")
    cases: Mapped[int] = mapped_column(server_default="0")
    filing: Mapped[int] = mapped_column(server_default="0")
    content: Mapped[int] = mapped_column(server_default="0")
    workers: Mapped[int] = mapped_column(server_default="0")
    disputes: Mapped[int] = mapped_column(server_default="0")
    training: Mapped[int] = mapped_column(server_default="0")
    records: Mapped[int] = mapped_column(server_default="0")
    conduct: Mapped[int] = mapped_column(server_default="0")
    contracts: Mapped[int] = mapped_column(server_default="0")
    training_hours: Mapped[int]  # hours of training a year that count as the whole
    record_days: Mapped[int]  # a visit recorded within so many days is in time
    objection_days: Mapped[int]  # days after the decision on which an objection is taken
    set_by_id: Mapped[int]


class Appraisal(TenantOwned, Model):
    """One supervisor's year. Marked by an officer, decided by another person, open to objection."""

    __tablename__ = "appraisal"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("user", "marked_by_id"),
        tenant_fk("user", "decided_by_id"),
        tenant_fk("user", "settled_by_id"),
        UniqueConstraint("tenant_id", "supervisor_id", "year"),
        one_of("state", STATES),
        one_of("grade", GRADES),
        CheckConstraint(
            "state NOT IN ('marked', 'decided', 'objected', 'closed') OR "
            "(marked_by_id IS NOT NULL AND marked_at IS NOT NULL AND figures <> '{}')",
            name="marked_on_figures",
        ),
        CheckConstraint(
            "state NOT IN ('decided', 'objected', 'closed') OR "
            "(decided_by_id IS NOT NULL AND grade IS NOT NULL AND decided_on IS NOT NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("decided_by_id <> marked_by_id", name="decided_by_another"),
        CheckConstraint("settled_by_id <> marked_by_id", name="objection_settled_by_another"),
        CheckConstraint("state <> 'objected' OR objection IS NOT NULL", name="objection_in_words"),
        CheckConstraint(
            "objection IS NULL OR state <> 'closed' OR settlement IS NOT NULL",
            name="objection_answered",
        ),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_of_a_hundred"),
        Index("ix_appraisal_year", "tenant_id", "year", "state"),
    )

    supervisor_id: Mapped[int]
    year: Mapped[int]
    state: Mapped[str] = mapped_column(server_default="open")
    statement: Mapped[str | None]
    stated_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    score: Mapped[int | None]  # tenths are not kept: nobody is better by a tenth
    mark_note: Mapped[str | None]
    pay_check: Mapped[str | None]  # whether pay and insurance are as agreed
    marked_by_id: Mapped[int | None]
    marked_at: Mapped[datetime | None]
    grade: Mapped[str | None]
    decision_note: Mapped[str | None]
    award: Mapped[bool] = mapped_column(server_default="false")
    decided_by_id: Mapped[int | None]
    decided_on: Mapped[date | None]
    objection: Mapped[str | None]
    objected_on: Mapped[date | None]
    settlement: Mapped[str | None]
    settled_by_id: Mapped[int | None]


class Complaint(TenantOwned, Model):
    """What somebody complained of about a supervisor, and what was found."""

    __tablename__ = "complaint"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("user", "recorded_by_id"),
        tenant_fk("user", "found_by_id"),
        one_of("finding", ("proven", "unproven")),
        CheckConstraint("(finding IS NULL) = (found_by_id IS NULL)", name="found_by_somebody"),
        CheckConstraint("finding IS NULL OR finding_note IS NOT NULL", name="finding_has_reason"),
        Index("ix_complaint_about", "tenant_id", "supervisor_id", "received_on"),
    )

    supervisor_id: Mapped[int]
    received_on: Mapped[date]
    matter: Mapped[str]
    recorded_by_id: Mapped[int]
    finding: Mapped[str | None]
    finding_note: Mapped[str | None]
    found_by_id: Mapped[int | None]
