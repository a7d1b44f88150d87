"""Sending one mail while somebody waits, and saying in plain words what that has proven.

It goes the very way of a notice (identity, envelope, line), so each step below is one that
notices take too, in its order.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.notices.mail.envelopes import BadAddress
from blueprints.notices.mail.identity import Identity
from blueprints.notices.mail.line import Line, Mail, Trouble, line
from blueprints.notices.mail.outcomes import stands_after
from blueprints.notices.models import Message, NoticeState
from blueprints.notices.outbox import Claimed, Told
from blueprints.notices.signing import mail_signature
from tenants.db import db
from tenants.federation import this_federation
from tenants.scope import current_tenant_id

SECONDS = 8.0  # for any one answer, while somebody waits
LONGEST = 200
UNREACHABLE = _l("%(host)s cannot be reached at port %(port)s.")
PLAIN: tuple[tuple[type[BaseException], Any], ...] = (  # the narrower first
    (
        ssl.SSLCertVerificationError,
        _l("The certificate of %(host)s cannot be trusted, so nothing was sent."),
    ),
    (ssl.SSLError, _l("The encryption with %(host)s did not come about; try another kind.")),
    (
        smtplib.SMTPAuthenticationError,
        _l("The server does not accept the account or its password."),
    ),
    (
        smtplib.SMTPNotSupportedError,
        _l("The server does not offer what was asked for: STARTTLS, or signing in."),
    ),
    (
        smtplib.SMTPSenderRefused,
        _l("The server does not let this account send as this sender address."),
    ),
    (smtplib.SMTPResponseException, _l("The server refused the mail.")),
    (socket.gaierror, _l("There is no server called %(host)s.")),
    (TimeoutError, _l("%(host)s does not answer at port %(port)s.")),
    (
        smtplib.SMTPServerDisconnected,
        _l("%(host)s hung up; perhaps it expects another kind of encryption."),
    ),
)
CAME_TO = {
    NoticeState.SENT: ("ok", _l("The server took the mail. Look into the mailbox of %(to)s.")),
    NoticeState.QUEUED: (
        "soon",
        _l("The server puts the mail off for now. It is tried again by itself, like any notice."),
    ),
    NoticeState.UNCERTAIN: (
        "soon",
        _l("The line broke before the answer came. The mail may have arrived; it is sent again."),
    ),
    NoticeState.FAILED: ("late", _l("The server refuses the mail to %(to)s.")),
}


@dataclass(frozen=True)
class Step:
    """One thing the test has shown; `look` is that of a mark (ok, soon, stop)."""

    look: str
    name: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """What came of it: in plain words, in the server's own, and step by step."""

    look: str
    words: str
    answer: str = ""
    told: Told | None = None
    steps: tuple[Step, ...] = ()


def hand_over(taken: Claimed) -> Verdict:
    """Hand over one notice that is in our hands, and say what that shows."""
    identity = Identity.of(this_federation())
    account = identity.account
    try:
        mail = identity.mail(identity.envelope(_message(taken)), taken)
    except BadAddress:
        return Verdict("late", _("%(to)s is no e-mail address.", to=taken.address))
    with line(account, SECONDS) as wire:
        try:
            told = stands_after(taken, wire.send(mail))
        except Trouble as trouble:
            words = _plain(trouble.__cause__ or trouble, account.host, account.port)
            steps = tuple(_line_steps(wire))
            return Verdict("late", words, str(trouble)[:LONGEST], steps=steps)
    look, words = CAME_TO[told.state]
    steps = (*_line_steps(wire), *_mail_steps(identity, mail))
    said = str(words) % {"to": taken.address}
    return Verdict(look, said, told.answer[:LONGEST], told, steps)


def _message(taken: Claimed) -> Message:
    return db.session.get_one(Message, (current_tenant_id(), taken.message_id))


def _line_steps(wire: Line) -> Iterator[Step]:
    """How far the line came."""
    reached, account = wire.reached, wire.account
    if not reached.connected:
        return
    yield Step("ok", _("Connection"), f"{account.host}:{account.port}")
    if reached.encryption:
        words = _("%(protocol)s, certificate checked", protocol=reached.encryption)
        yield Step("ok", _("Encryption"), words)
    elif not account.tls:
        yield Step("soon", _("Encryption"), _("not encrypted"))
    if reached.signed_in:
        yield Step("ok", _("Signed in"), account.user)


def _mail_steps(identity: Identity, mail: Mail) -> Iterator[Step]:
    """What the mail bore when it went out."""
    yield Step("ok", _("Sender"), identity.account.sender)
    yield _signature_step(identity)
    if identity.returns is not None:
        yield Step("ok", _("Return address"), mail.sender)
    else:
        words = _("the sender's; what comes back is not read here")
        yield Step("soon", _("Return address"), words)


def _signature_step(identity: Identity) -> Step:
    if identity.signer is not None:
        words = f"d={identity.signer.domain} s={identity.signer.selector}"
        return Step("ok", _("DKIM signature"), words)
    kept = mail_signature()
    if kept is not None and kept.active:
        words = _("not signed: the key can no longer be read; make a new one")
        return Step("soon", _("DKIM signature"), words)
    return Step("stop", _("DKIM signature"), _("not signed"))


def _plain(fault: BaseException, host: str, port: int) -> str:
    words = next((words for kind, words in PLAIN if isinstance(fault, kind)), UNREACHABLE)
    return str(words) % {"host": host, "port": port}
