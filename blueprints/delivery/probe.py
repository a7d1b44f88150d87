"""Sending one mail while somebody waits, and saying in plain words what the server answered."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.notices.sealing import Unreadable, unseal
from blueprints.notices.sending import MailSetup, Tls
from tenants.settings import Settings

SECONDS = 8.0
LONGEST = 200


UNREACHABLE = _l("%(host)s cannot be reached at port %(port)s.")
PLAIN: tuple[tuple[type[Exception], Any], ...] = (  # the narrower first
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
    (smtplib.SMTPRecipientsRefused, _l("The server refuses the recipient.")),
    (smtplib.SMTPResponseException, _l("The server refused the mail.")),
    (socket.gaierror, _l("There is no server called %(host)s.")),
    (TimeoutError, _l("%(host)s does not answer at port %(port)s.")),
    (
        smtplib.SMTPServerDisconnected,
        _l("%(host)s hung up; perhaps it expects another kind of encryption."),
    ),
)


@dataclass(frozen=True)
class Verdict:
    """What came of it: in plain words, and in the server's own."""

    fine: bool
    words: str
    answer: str = ""


def send_one(setup: MailSetup | None, to: str, name: str) -> Verdict:
    """One mail to `to`, over the very way that notices go."""
    settings: Settings = current_app.extensions["settings"]
    own = setup is not None and bool(setup.host)
    host = setup.host if setup and own else settings.smtp_host
    port = setup.port if setup and own else settings.smtp_port
    sender = (setup.sender if setup else "") or settings.mail_from
    try:
        with _opened(host, port, setup if own else None) as smtp:
            smtp.send_message(_mail(sender, name, to), sender, [to])
    except Unreadable:
        return Verdict(False, _("The stored password can no longer be read. Type it in again."))
    except (OSError, smtplib.SMTPException) as fault:
        return Verdict(False, _plain(fault, host, port), _own_words(fault))
    return Verdict(True, _("The server took the mail. Look into the mailbox of %(to)s.", to=to))


def _opened(host: str, port: int, setup: MailSetup | None) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if setup is not None and setup.tls == Tls.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if setup is not None and setup.tls == Tls.STARTTLS:
            smtp.starttls(context=context)
            smtp.ehlo()
        if setup is not None and setup.account:
            smtp.login(setup.account, unseal(setup.password or ""))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _mail(sender: str, name: str, to: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = formataddr((name, sender), "utf-8")
    mail["To"] = to
    mail["Subject"] = _("Test of the mail settings")
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_("This mail was sent to try out the mail settings. Nothing has to be done."))
    return mail


def _plain(fault: Exception, host: str, port: int) -> str:
    words = next((words for kind, words in PLAIN if isinstance(fault, kind)), UNREACHABLE)
    return str(words) % {"host": host, "port": port}


def _own_words(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(fault.recipients.values()))
        return f"{code} {words.decode('utf-8', 'replace')}"[:LONGEST]
    if isinstance(fault, smtplib.SMTPResponseException):
        text = fault.smtp_error
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        return f"{fault.smtp_code} {said}"[:LONGEST]
    return str(fault)[:LONGEST]
