"""Sending what is owed: one job empties the outbox over one line, batch by batch.

Claim and commit; send; write down, claim the next and commit. Safe to run twice and in as many
processes as there are: a row is in one worker's hands at a time, and one that dies leaves it to
the next.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from blueprints.notices import outbox, repairs, sending
from blueprints.notices.letters.values import MissingValue
from blueprints.notices.mail.envelopes import BadAddress, Envelope
from blueprints.notices.mail.identity import Identity
from blueprints.notices.mail.line import Answer, Line, Mail, Trouble, line
from blueprints.notices.mail.outcomes import QUIET, stands_after
from blueprints.notices.models import Message, Outcome
from blueprints.notices.outbox import LEASE, Claimed, Told
from blueprints.notices.suppressions import Dead, suppress
from jobs.context import job_scope
from jobs.queue import wake
from rules.contacts import HARD
from tenants.clock import now
from tenants.db import db
from tenants.models import Tenant

Written = TypeVar("Written")
log = structlog.get_logger()
BATCH = 200  # a worker that is killed doubles no more than these
AT_MOST = 5_000  # messages in one run, and
SECONDS = 50.0  # as long: then the next run, so that other work gets its turn
PATIENCE = LEASE.total_seconds() / 4  # what of a batch is not begun by then is put back
PERSISTENCE = (0.1, 0.5, 2.0, 5.0, 10.0)  # seconds between tries to write down what was answered


def drain(*, tenant_id: int, at: str | None = None) -> int:
    """Send what is due; returns how many messages were handed over."""
    with job_scope(tenant_id, at) as tenant:
        outbox.lapse()
        repairs.hold_back()
        db.session.commit()
        run = Run(tenant)
        with line(run.identity.account) as wire:
            mine = insist(run.claim)
            while mine:
                mine = run.batch(wire, mine)
        if not run.trouble and sending.anything_due():
            wake("jobs.notices.drain")
            db.session.commit()
        return run.handed_over


class Run:
    """One worker's turn at the outbox of one federation."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant_id = tenant.id
        self.identity = Identity.of(tenant)
        self.until = time.monotonic() + SECONDS
        self.handed_over = 0
        self.trouble = ""
        self._envelopes: dict[int, Envelope] = {}

    def may_go_on(self) -> bool:
        return not self.trouble and self.handed_over < AT_MOST and time.monotonic() < self.until

    def claim(self) -> list[Claimed]:
        return sending.claim(BATCH) if self.may_go_on() else []

    def batch(self, wire: Line, mine: list[Claimed]) -> list[Claimed]:
        """Send a batch and write it down; returns the next, taken in the same commit."""
        self._prepare({notice.message_id for notice in mine})
        told: list[Told] = []
        back = time.monotonic() + PATIENCE
        made = map(self._made, mine)
        try:
            following = next(made, None)
            for notice in mine:
                current = following
                following = next(made, None) if time.monotonic() < back else None
                told.append(self._send(wire, notice, current, following))
                if following is None:
                    break
        except Trouble as trouble:
            self.trouble = str(trouble)
            log.warning("mail server unusable", tenant=self.tenant_id, error=self.trouble)
        except BaseException:  # told to stop: first write down what has gone
            self.until = 0.0
            insist(lambda: self._write_down(told, mine[len(told) + 1 :]))
            raise
        self.handed_over += sum(each.outcome is Outcome.ACCEPTED for each in told)
        return insist(lambda: self._write_down(told, mine[len(told) :]))

    def _prepare(self, message_ids: set[int]) -> None:
        """Make ready the messages we have not met in this run."""
        wanted = message_ids - self._envelopes.keys()
        if wanted:
            for message in db.session.scalars(select(Message).where(Message.id.in_(wanted))):
                self._envelopes[message.id] = self.identity.envelope(message)
            db.session.commit()

    def _made(self, notice: Claimed) -> Mail | Told:
        """One message ready to go, or what is wrong with it; that stops no other."""
        try:
            return self.identity.mail(self._envelopes[notice.message_id], notice)
        except BadAddress:
            return stands_after(notice, Answer(Outcome.REFUSED, 0, ""), "contact.domain_unknown")
        except MissingValue as missing:
            return stands_after(notice, Answer(Outcome.FAULTY, 0, ", ".join(missing.names)))
        except Exception as fault:  # whatever is wrong with one, the others go out
            log.exception("notice cannot be made", tenant=self.tenant_id, notice=notice.id)
            return stands_after(notice, Answer(Outcome.FAULTY, 0, type(fault).__name__))

    def _send(
        self, wire: Line, notice: Claimed, mail: Mail | Told | None, then: Mail | Told | None
    ) -> Told:
        if not isinstance(mail, Mail):
            return mail or stands_after(notice, Answer(Outcome.FAULTY, 0, ""))
        return stands_after(notice, wire.send(mail, then if isinstance(then, Mail) else None))

    def _write_down(self, told: list[Told], untried: list[Claimed]) -> list[Claimed]:
        outbox.settle(told)
        due = now() + QUIET if self.trouble else now()
        outbox.release(untried, due=due, answer=self.trouble)
        sending.give_back(untried)
        repairs.open_for([(t.notice.id, t.reason, t.answer) for t in told if t.reason])
        if suppress(dead(told)):
            repairs.hold_back()
        return self.claim()


def dead(told: list[Told]) -> list[Dead]:
    """The addresses of which a server has just said that nothing will ever arrive there."""
    return [
        Dead(t.notice.address, t.reason, t.answer, t.notice.id)
        for t in told
        if t.outcome is Outcome.REFUSED and t.answer and t.reason in HARD
    ]


def insist(write: Callable[[], Written]) -> Written:
    """Commit `write`, whatever the database goes through: mail that has gone cannot be recalled."""
    for pause in PERSISTENCE:
        try:
            written = write()
            db.session.commit()
        except OperationalError:
            db.session.rollback()
            time.sleep(pause)
        else:
            return written
    written = write()
    db.session.commit()
    return written
