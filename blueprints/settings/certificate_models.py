"""The certificate with which a federation signs PDF files: one at a time, its key sealed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, select
from sqlalchemy.orm import Mapped

from tenants.db import Model, TenantOwned, db, tenant_fk


class SigningCertificate(TenantOwned, Model):
    """What the certificate says of itself, and the whole of it sealed."""

    __tablename__ = "signing_certificate"
    __table_args__ = (
        UniqueConstraint("tenant_id"),
        tenant_fk("user", "uploaded_by_id"),
        CheckConstraint("valid_until > valid_from", name="runs_forward"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="fingerprint_whole"),
    )

    pkcs12: Mapped[str]  # sealed, see notices/sealing.py
    subject: Mapped[str]
    issuer: Mapped[str]
    serial: Mapped[str]  # hexadecimal
    sha256: Mapped[str]  # of the certificate
    key_kind: Mapped[str]  # "RSA 3072", "EC secp256r1"
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    uploaded_by_id: Mapped[int]


def signing_certificate(*, lock: bool = False) -> SigningCertificate | None:
    query = select(SigningCertificate).execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if lock else query)
