"""The key a federation signs its mails with (DKIM), made here and never shown."""

import base64
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from sqlalchemy import CheckConstraint, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, db

BITS = 2048  # RFC 8301: at least 1024, and verifiers know up to 2048


class MailSignature(TenantOwned, Model):
    """One row a federation, once it has a key. Mails are signed while `active`."""

    __tablename__ = "mail_signature"
    __table_args__ = (
        UniqueConstraint("tenant_id"),
        CheckConstraint("domain ~ '^[a-z0-9.-]+$'", name="domain_plain"),
        CheckConstraint("selector ~ '^[a-z0-9-]+$'", name="selector_plain"),
    )

    domain: Mapped[str]
    selector: Mapped[str]
    private_key: Mapped[str]  # PEM, sealed, see sealing.py
    public_key: Mapped[str]  # as the record in the name server has it
    active: Mapped[bool] = mapped_column(server_default=text("false"))

    @property
    def record_name(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        return f"v=DKIM1; k=rsa; p={self.public_key}"


@dataclass(frozen=True)
class KeyPair:
    private_pem: str
    public: str


def new_key() -> KeyPair:
    key = generate_private_key(65537, BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(pem.decode(), base64.b64encode(public).decode())


def mail_signature(*, lock: bool = False) -> MailSignature | None:
    query = select(MailSignature).execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if lock else query)
