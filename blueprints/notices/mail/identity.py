"""As whom a federation's mail goes out: its server and sender, its key, its return address.

A run of the outbox and the test of the settings both begin here, so what a test proves is what
notices do.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

import structlog
from flask import current_app

from blueprints.notices import sending, verp
from blueprints.notices.mail.envelopes import Envelope, wire_address
from blueprints.notices.mail.line import Account, Mail
from blueprints.notices.mail.signatures import Signer
from blueprints.notices.models import Message
from blueprints.notices.outbox import Claimed
from blueprints.notices.returns import mail_returns
from blueprints.notices.sealing import Unreadable, unseal
from blueprints.notices.signing import mail_signature
from tenants.clock import now, today
from tenants.models import Tenant
from tenants.settings import Settings

log = structlog.get_logger()


@dataclass(frozen=True)
class Identity:
    """All that the mails of one run have in common."""

    tenant_id: int
    account: Account
    signer: Signer | None
    returns: verp.Signer | None

    @classmethod
    def of(cls, tenant: Tenant) -> Self:
        """As the settings have it at this moment."""
        return cls(tenant.id, account_of(tenant), signer_of(tenant.id), returns_of(tenant.id))

    def envelope(self, message: Message) -> Envelope:
        return Envelope(
            message, self.account, tenant_id=self.tenant_id, at=now(), signer=self.signer
        )

    def mail(self, envelope: Envelope, notice: Claimed) -> Mail:
        """One notice as it goes over the wire. Raises BadAddress, MissingValue."""
        address = wire_address(notice.address)
        data = envelope.bytes_for(
            notice.id, notice.round, notice.recipient_name, address, notice.fields
        )
        back = self.returns.address(notice.id, notice.round) if self.returns else ""
        return Mail(back or self.account.sender, address, data)


def account_of(tenant: Tenant) -> Account:
    """Where and as whom this federation hands its mail in."""
    settings: Settings = current_app.extensions["settings"]
    name = tenant.settings.get("mail", {}).get("name") or tenant.name
    setup = sending.mail_setup()
    sender = (setup.sender if setup else "") or settings.mail_from
    if setup is None or not setup.host:
        host, port, hello = settings.smtp_host, settings.smtp_port, greeting(settings)
        return Account(host, port, sender, name, hello=hello)
    tls = "" if setup.tls == sending.Tls.NONE else setup.tls
    password = password_of(setup, tenant.id)
    return Account(
        setup.host, setup.port, sender, name, tls, setup.account, password, greeting(settings)
    )


def greeting(settings: Settings) -> str:
    """As whom we greet a mail server: the name people know us by, or an address in brackets.

    RFC 5321, 4.1.1.1 and 4.1.3.
    """
    host = urlsplit(settings.base_url).hostname or "127.0.0.1"
    try:
        address = ip_address(host)
    except ValueError:
        return host if "." in host else "[127.0.0.1]"
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"


def password_of(setup: sending.MailSetup, tenant_id: int) -> str:
    """The password; empty where it cannot be read, so that the server says what is wrong."""
    try:
        return unseal(setup.password) if setup.password else ""
    except Unreadable:
        log.warning("mail password sealed under another key", tenant=tenant_id)
        return ""


def signer_of(tenant_id: int) -> Signer | None:
    """What signs this federation's mails; nothing where it has no key or has not switched it on."""
    signature = mail_signature()
    if signature is None or not signature.active:
        return None
    try:
        pem = unseal(signature.private_key)
    except Unreadable:
        log.warning("mail key sealed under another key", tenant=tenant_id)
        return None
    return Signer(signature.domain, signature.selector, pem, at=now())


def returns_of(tenant_id: int) -> verp.Signer | None:
    """What makes the return address of each mail; nothing where nobody reads what comes back."""
    returns = mail_returns()
    return None if returns is None else verp.Signer(returns.address, tenant_id, today())
