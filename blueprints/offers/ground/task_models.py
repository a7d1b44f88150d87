"""What is done when e-mail does not reach an addressee: paper first, then somebody goes there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class TaskStep(StrEnum):
    PAPER = "paper"
    ON_SITE = "on_site"


class Cause(StrEnum):
    NO_ADDRESS = "no_address"
    UNDELIVERABLE = "undeliverable"
    UNANSWERED = "unanswered"  # the mail went out, and nobody has acknowledged it
    POST_RETURNED = "post_returned"
    POST_SILENT = "post_silent"  # posted, and no receipt came back
    BY_HAND = "by_hand"  # an officer sends somebody


class TaskOutcome(StrEnum):
    SERVED = "served"
    SETTLED = "settled"  # answered or closed without it
    PASSED_ON = "passed_on"  # the next step has taken its place


class ServiceTask(TenantOwned, Model):
    """One step of the ladder for one offer (送达任务). Only one is open at a time."""

    __tablename__ = "service_task"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("print_run", "print_run_id"),
        tenant_fk("user", "posted_by_id"),
        one_of("step", TaskStep),
        one_of("cause", Cause),
        one_of("outcome", TaskOutcome),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_with_an_outcome"),
        CheckConstraint("(post_number IS NULL) = (posted_on IS NULL)", name="posted_with_a_number"),
        CheckConstraint(
            "step = 'paper' OR print_run_id IS NULL AND post_number IS NULL",
            name="only_paper_is_posted",
        ),
        Index(
            "uq_service_task_open",
            "tenant_id",
            "offer_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "uq_service_task_post_number",
            "tenant_id",
            "post_number",
            unique=True,
            postgresql_where=text("post_number IS NOT NULL"),
        ),
        Index("ix_service_task_print_run", "tenant_id", "print_run_id"),
    )

    offer_id: Mapped[int]
    step: Mapped[str]
    cause: Mapped[str]
    opened_at: Mapped[datetime]
    print_run_id: Mapped[int | None]  # the last one that its letter was in
    post_number: Mapped[str | None]
    posted_on: Mapped[date | None]
    posted_by_id: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class PrintRun(TenantOwned, Model):
    """Letters drawn together (打印批次): one PDF, by area, an address sheet before each letter."""

    __tablename__ = "print_run"
    __table_args__ = (
        tenant_fk("campaign", "campaign_id"),
        tenant_fk("document", "document_id"),
        UniqueConstraint("tenant_id", "campaign_id", "number"),
        CheckConstraint("letters > 0", name="letters_in_it"),
    )

    campaign_id: Mapped[int]
    number: Mapped[int]  # 1, 2, 3 … of this campaign
    letters: Mapped[int]
    document_id: Mapped[int]
