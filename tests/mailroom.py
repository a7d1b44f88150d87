"""A real SMTP server on loopback that refuses, puts off or hangs up as it is told."""

# ruff: noqa: N802 - the names are aiosmtpd's

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import EmailMessage
from threading import Event, Lock, Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from flask import Flask


@dataclass
class Mail:
    """One mail as it came in."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    def header(self, name: str) -> str:
        """As people read it. The new parser of Python 3.11 leaves a gap between encoded words."""
        return str(make_header(decode_header(email.message_from_bytes(self.raw)[name])))

    @property
    def ident(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class Mailroom:
    """What came in, and what to say to whom. `hang_up` and `swallow` close the line."""

    host: str = "127.0.0.1"
    port: int = 0
    mails: list[Mail] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    hang_up: set[str] = field(default_factory=set)  # at RCPT, before anything is handed over
    swallow: set[str] = field(default_factory=set)  # after the text: taken, and no answer given
    pipelining: bool = True
    waits_for_sessions: int = 1  # takes no text before so many have called
    hold_at: int | None = None  # with so many in hand, answers nobody until it is None again
    sessions: int = 0
    _lock: Lock = field(default_factory=Lock)
    _marks: list[tuple[int, Event]] = field(default_factory=list)
    _transports: set[Any] = field(default_factory=set)
    _loop: Any = None
    _thread: Any = None

    def open(self, port: int = 0) -> None:
        """Listen, on the port it had before if `port` says so."""
        ready = Event()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._serve, args=(port, ready))
        self._thread.start()
        assert ready.wait(60)

    def close(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop = None

    def _serve(self, port: int, ready: Event) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(
            loop.create_server(self._session, self.host, port, reuse_address=True)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        for transport in self._transports:
            transport.abort()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    def _session(self) -> SMTP:
        return SMTP(self, hostname="mailroom.example", loop=self._loop)

    def wait_for(self, count: int, seconds: float = 60.0) -> None:
        """Until so many mails have come in."""
        assert self.reaches(count, seconds), f"{len(self.mails)} of {count} mails came in"

    def reaches(self, count: int, seconds: float) -> bool:
        """Whether so many mails come in, in as many seconds."""
        mark = Event()
        with self._lock:
            if len(self.mails) >= count:
                return True
            self._marks.append((count, mark))
        return mark.wait(seconds)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if mail.recipient == address]

    @property
    def counts(self) -> Counter[str]:
        return Counter(mail.recipient for mail in self.mails)

    # what aiosmtpd calls

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self._transports.add(server.transport)
        self.sessions += 1
        return ["250-PIPELINING", *responses] if self.pipelining else responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.hang_up:
            server.transport.abort()
        if answer := self.says.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (recipient,) = envelope.rcpt_tos
        while self.sessions < self.waits_for_sessions:  # noqa: ASYNC110 - other threads count
            await asyncio.sleep(0.01)
        with self._lock:
            self.mails.append(Mail(envelope.mail_from, recipient, envelope.original_content))
            for count, mark in self._marks:
                if len(self.mails) >= count:
                    mark.set()
        while self.hold_at is not None and len(self.mails) >= self.hold_at:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if recipient in self.swallow:
            server.transport.abort()
        return "250 taken"


@pytest.fixture
def mailroom(app: Flask) -> Iterator[Mailroom]:
    """The mail server of the service, for one test."""
    room = Mailroom()
    room.open()
    settings = app.extensions["settings"]
    before = settings.smtp_host, settings.smtp_port
    settings.smtp_host, settings.smtp_port = room.host, room.port
    yield room
    settings.smtp_host, settings.smtp_port = before
    room.close()
