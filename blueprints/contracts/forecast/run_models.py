"""A look at the whole forecast: asked for by somebody or by the clock, and how far it has come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, tenant_fk


class ForecastRun(TenantOwned, Model):
    """One look. `total` is 0 until it is known how many lines there are to write."""

    __tablename__ = "forecast_run"
    __table_args__ = (
        tenant_fk("user", "asked_by_id"),
        CheckConstraint("done BETWEEN 0 AND total", name="done_of_total"),
        CheckConstraint("lines IS NULL OR finished_at IS NOT NULL", name="counted_at_the_end"),
        CheckConstraint("finished_at >= started_at", name="ends_after_it_began"),
        # One that waits is enough: it will see whatever was recorded before it begins.
        Index(
            "uq_forecast_run_waiting",
            "tenant_id",
            unique=True,
            postgresql_where=text("started_at IS NULL AND finished_at IS NULL"),
        ),
        Index("ix_forecast_run_asked", "tenant_id", "asked_at"),
    )

    asked_by_id: Mapped[int | None]  # None: the clock
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime]
    total: Mapped[int] = mapped_column(server_default=text("0"))
    done: Mapped[int] = mapped_column(server_default=text("0"))
    finished_at: Mapped[datetime | None]
    lines: Mapped[int | None]  # what the forecast held then; None where it broke off

    @property
    def going(self) -> bool:
        return self.finished_at is None

    @property
    def broke_off(self) -> bool:
        return self.finished_at is not None and self.lines is None
