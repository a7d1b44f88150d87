"""The forecast (协商预报): what is coming up, why, who takes it on and when. Never a contract."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from rules.forecast import OF_A_CONTRACT, Ground
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class TriggerKind(StrEnum):
    """What has changed, so that bargaining should begin anew."""

    MINIMUM_WAGE = "minimum_wage"
    GUIDELINE = "guideline"
    PRICE_POSITION = "price_position"
    LAYOFFS = "layoffs"
    STOPPAGE = "stoppage"
    OTHER = "other"


class EntryState(StrEnum):
    OPEN = "open"
    CAMPAIGN = "campaign"  # a campaign was made of it
    CASE = "case"  # a case was opened from it
    DROPPED = "dropped"
    OVER = "over"  # what it was about is no longer so


WAITING = (EntryState.OPEN,)


class BargainingTrigger(TenantOwned, Model):
    """An event on record: what changed, from which day, and who says so."""

    __tablename__ = "bargaining_trigger"
    __table_args__ = (
        tenant_fk("user", "recorded_by_id"),
        tenant_fk("document", "document_id"),
        one_of("kind", TriggerKind),
        CheckConstraint("length(btrim(source)) > 0", name="names_its_source"),
        CheckConstraint(
            "withdrawn_at IS NULL OR length(btrim(withdrawn_reason)) > 0",
            name="withdrawn_says_why",
        ),
        Index("ix_bargaining_trigger_on", "tenant_id", "happened_on"),
    )

    kind: Mapped[str]
    happened_on: Mapped[date]  # the day from which it holds
    source: Mapped[str]  # the document, its number, who issued it
    area: Mapped[str | None]  # None: the whole city
    industry: Mapped[str | None]  # None: every industry
    note: Mapped[str | None]
    document_id: Mapped[int | None]
    recorded_by_id: Mapped[int]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]


class ForecastEntry(TenantOwned, Model):
    """One line of the forecast: a contract, or the enterprises of one industry in one area.

    `key` says what it is about, so that a sweep finds it again: owner, day and note stay.
    """

    __tablename__ = "forecast_entry"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("bargaining_trigger", "trigger_id"),
        tenant_fk("user", "owner_id"),
        tenant_fk("campaign", "campaign_id"),
        one_of("ground", Ground),
        one_of("state", EntryState),
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint(
            f"(ground IN ({', '.join(repr(str(one)) for one in OF_A_CONTRACT)})) "
            "= (contract_id IS NOT NULL)",
            name="renewal_is_of_a_contract",
        ),
        CheckConstraint(
            "(ground = 'trigger') = (trigger_id IS NOT NULL)", name="trigger_is_on_record"
        ),
        CheckConstraint("state <> 'campaign' OR campaign_id IS NOT NULL", name="campaign_is_named"),
        CheckConstraint("state <> 'case' OR case_id IS NOT NULL", name="case_is_named"),
        CheckConstraint(
            "state <> 'dropped' OR length(btrim(dropped_reason)) > 0", name="dropped_says_why"
        ),
        CheckConstraint("closes_on >= opens_on", name="window_runs_forward"),
        Index("ix_forecast_entry_open", "tenant_id", "state", "opens_on", "id"),
        Index("ix_forecast_entry_planned", "tenant_id", "planned_on", "id"),
        Index("ix_forecast_entry_place", "tenant_id", "area", "industry"),
        Index("ix_forecast_entry_contract", "tenant_id", "contract_id"),
        Index("ix_forecast_entry_owner", "tenant_id", "owner_id", "state"),
    )

    key: Mapped[str]
    ground: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=EntryState.OPEN)
    contract_id: Mapped[int | None]
    trigger_id: Mapped[int | None]
    area: Mapped[str | None]
    industry: Mapped[str | None]
    enterprises: Mapped[int]
    workers: Mapped[int]
    counted_on: Mapped[date]
    opens_on: Mapped[date]  # from when it may be put forward
    closes_on: Mapped[date | None]  # the end of the window; nothing is late before it
    clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    owner_id: Mapped[int | None]
    planned_on: Mapped[date]
    note: Mapped[str | None]
    announced_at: Mapped[datetime | None]
    announced_no: Mapped[str | None]
    announced: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    campaign_id: Mapped[int | None]
    case_id: Mapped[int | None]
    dropped_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
