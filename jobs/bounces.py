"""Fetching returned mail from the mailbox it goes to (IMAP), and bringing in a file of it.

A mail is marked as read only after what it says is committed. One that is fetched again after a
crash is known by its digest.
"""

import imaplib
import mailbox
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from blueprints.notices import bounces
from blueprints.notices.bounces import Verdict
from blueprints.notices.returned_mail import LARGEST
from blueprints.notices.returns import MailReturns, mail_returns
from blueprints.notices.sealing import Unreadable, unseal
from jobs.context import job_scope
from jobs.queue import wake
from tenants.db import db

TIMEOUT = 20.0  # seconds for any one answer
AT_MOST = 500  # mails in one run; then the next, so that other work gets its turn
log = structlog.get_logger()


def read(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Take in what is new in the mailbox of returns. Counts by verdict; empty without a mailbox.

    Safe to run twice and two at once. A mailbox that cannot be reached is logged and tried again
    by the next run.
    """
    with job_scope(tenant_id, at):
        returns = mail_returns()
        if returns is None or not returns.host:
            return {}
        verdicts: list[Verdict | None] = []
        try:
            with opened(returns) as box:
                for uid, raw in unread(box):
                    verdicts.append(bounces.take_in(raw, source="mailbox"))
                    db.session.commit()
                    box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
        except (OSError, imaplib.IMAP4.error, Unreadable) as fault:
            db.session.rollback()
            log.warning("returned mail cannot be fetched", tenant=tenant_id, error=str(fault))
        if len(verdicts) == AT_MOST:
            wake("jobs.bounces.read")
            db.session.commit()
        return bounces.counted(verdicts)


def import_file(path: Path, *, dry_run: bool = False) -> dict[str, int]:
    """Take in a file of mails (mbox) for the federation in scope, mail by mail."""
    verdicts: list[Verdict | None] = []
    for raw in mails_of(path):
        verdicts.append(bounces.take_in(raw, source="file"))
        if dry_run:
            db.session.flush()
        else:
            db.session.commit()
    if dry_run:
        db.session.rollback()
    return bounces.counted(verdicts)


def mails_of(path: Path) -> Iterator[bytes]:
    with_mails = mailbox.mbox(path, create=False)
    try:
        for key in with_mails.iterkeys():
            yield with_mails.get_bytes(key)
    finally:
        with_mails.close()


@contextmanager
def opened(returns: MailReturns) -> Iterator[imaplib.IMAP4]:
    """The folder of returns, signed in. Raises OSError, IMAP4.error, Unreadable."""
    box: imaplib.IMAP4
    if returns.tls == "tls":
        context = ssl.create_default_context()
        box = imaplib.IMAP4_SSL(returns.host, returns.port, ssl_context=context, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(returns.host, returns.port, timeout=TIMEOUT)
    try:
        password = unseal(returns.password) if returns.password else ""
        box.login(returns.account, password)
        said, _ = box.select(_quoted(returns.folder))
        if said != "OK":
            raise imaplib.IMAP4.error(f"There is no folder {returns.folder}.")
        yield box
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def unread(box: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    """The mails nobody has read, the oldest first, AT_MOST of them. Reading marks none as read."""
    _, found = box.uid("SEARCH", "UNSEEN")
    for uid in (found[0] or b"").decode().split()[:AT_MOST]:
        _, parts = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if raw is not None:
            yield uid, raw


def _quoted(folder: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", folder)
    return f'"{escaped}"'
