"""Where mail that comes back goes to, and how we read it there."""

from sqlalchemy import CheckConstraint, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, db, one_of


class MailReturns(TenantOwned, Model):
    """One row a federation. Without one, mail comes back to the sender and nobody reads it here."""

    __tablename__ = "mail_returns"
    __table_args__ = (
        UniqueConstraint("tenant_id"),
        one_of("tls", ("none", "tls")),
        CheckConstraint("port BETWEEN 1 AND 65535", name="port_of_tcp"),
        CheckConstraint(
            "position('@' in address) > 1 AND position('+' in address) = 0", name="address_plain"
        ),
        CheckConstraint("tls = 'tls' OR password IS NULL", name="password_over_tls_only"),
    )

    address: Mapped[str]  # returns@city.example; tokens are put behind a + of it
    host: Mapped[str] = mapped_column(server_default="")  # empty: files are brought in by hand
    port: Mapped[int] = mapped_column(server_default="993")
    tls: Mapped[str] = mapped_column(server_default="tls")
    account: Mapped[str] = mapped_column(server_default="")
    password: Mapped[str | None]  # sealed, see sealing.py
    folder: Mapped[str] = mapped_column(server_default="INBOX")


def mail_returns(*, lock: bool = False) -> MailReturns | None:
    query = select(MailReturns).execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if lock else query)
