"""One SMTP session, kept open for a whole run: what to say, what was answered, what it means.

Three kinds of trouble are kept apart. A server that cannot be reached, or takes nothing from us,
is `Trouble`: no notice is to blame and none is counted as tried. An answer to one recipient is
that recipient's. A line that dies after the text has gone and before the answer came leaves this
one message unknown.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

from blueprints.notices.models import Outcome

TIMEOUT = 20.0  # seconds for any one answer


class Trouble(Exception):
    """The mail server cannot be used just now; says in its own words why."""


@dataclass(frozen=True)
class Account:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    sender: str  # the envelope's and the header's address
    name: str = ""
    tls: str = ""  # "", "starttls" or "tls"
    user: str = ""
    password: str = ""
    hello: str = "[127.0.0.1]"  # as whom we greet the server: a host's name or [address]


class Mail(NamedTuple):
    """One message ready for the wire. `data` has CRLF line ends and its dots as they are."""

    sender: str  # of the envelope: where it comes back to
    address: str
    data: bytes

    @property
    def envelope(self) -> str:
        return f"MAIL FROM:<{self.sender}>\r\nRCPT TO:<{self.address}>\r\nDATA\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to one message. `code` is 0 where it said nothing."""

    outcome: Outcome
    code: int
    text: str


class _Gone(Exception):
    """The line died, or the server is closing it, before this message was handed over."""


@dataclass
class Reached:
    """How far a line came when it was opened last."""

    connected: bool = False
    encryption: str = ""  # the protocol, such as TLSv1.3, its certificate checked
    signed_in: bool = False


class Line:
    """A connection that opens when needed and once more when it was lost.

    Where the server offers pipelining (RFC 2920), the end of one message and the envelope of the
    next go out together: a message costs one round trip and not four.
    """

    def __init__(self, account: Account, timeout: float = TIMEOUT) -> None:
        self.account = account
        self.reached = Reached()
        self._timeout = timeout
        self._smtp: smtplib.SMTP | None = None
        self._fresh = False
        self._at_once = False
        self._announced = ""  # the envelope that has gone out with the last text

    def send(self, mail: Mail, then: Mail | None = None) -> Answer:
        """Hand one message over. `then` is the next one, and must be sent next."""
        try:
            return self._say(mail, then)
        except _Gone:
            self._drop()
        try:  # an idle or worn-out line is nobody's fault: once more on a new one
            return self._say(mail, then)
        except _Gone as gone:
            self._drop()
            return Answer(Outcome.DEFERRED, 0, str(gone))

    def close(self) -> None:
        if self._smtp is not None:
            if not self._announced:  # else it waits for a text, and would take a QUIT for one
                with suppress(OSError):
                    self._smtp.quit()
            self._drop()

    def _drop(self) -> None:
        self._announced = ""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _say(self, mail: Mail, then: Mail | None) -> Answer:
        smtp = self._smtp or self._open()
        replies = self._replies(smtp, mail.envelope)
        code, text = next(replies)
        if code != 250:
            self._refused_us(code, text)
        self._fresh = False
        code, text = next(replies)
        if code not in {250, 251}:
            if self._at_once and next(replies)[0] == 354:
                self._drop()  # it waits for a text that nobody is to get
            else:
                self._reset(smtp)
            return _answer(code, text)
        code, text = next(replies)
        if code != 354:
            self._reset(smtp)
            return _answer(code, text)
        return self._hand_over(smtp, mail.data, then)

    def _replies(self, smtp: smtplib.SMTP, envelope: str) -> Iterator[tuple[int, bytes]]:
        """The answers one by one; the questions all at once where the server allows."""
        announced, self._announced = self._announced, ""
        try:
            if announced not in {"", envelope}:
                raise _Gone("another message was announced")
            if self._at_once and not announced:
                smtp.send(envelope)
            for command in envelope.splitlines(keepends=True):
                if not self._at_once:
                    smtp.send(command)
                code, text = smtp.getreply()
                if code == 421:
                    raise _Gone(f"421 {_words(text)}")
                yield code, text
        except OSError as error:
            raise _Gone(str(error)) from error

    def _hand_over(self, smtp: smtplib.SMTP, data: bytes, then: Mail | None) -> Answer:
        body = data.replace(b"\r\n.", b"\r\n..")
        end = b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"
        if self._at_once and then is not None:
            self._announced = then.envelope
        try:
            smtp.send(b"%s%s%s" % (body, end, self._announced.encode()))
            code, text = smtp.getreply()
        except OSError as error:
            self._drop()
            return Answer(Outcome.UNKNOWN, 0, str(error))
        if code == 421:
            self._drop()
        return Answer(Outcome.ACCEPTED, code, _words(text)) if code == 250 else _answer(code, text)

    def _refused_us(self, code: int, text: bytes) -> None:
        """A sender the server will not take is our trouble, never the recipient's."""
        fresh = self._fresh
        self._drop()
        if fresh:
            refused = smtplib.SMTPSenderRefused(code, text, self.account.sender)
            raise Trouble(f"{code} {_words(text)}") from refused
        raise _Gone(f"{code} {_words(text)}")

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except OSError:
            self._drop()

    def _open(self) -> smtplib.SMTP:
        account, smtp = self.account, None
        self.reached = reached = Reached()
        try:
            smtp = _connected(account, self._timeout)
            reached.connected = True
            smtp.ehlo_or_helo_if_needed()
            if account.tls == "starttls":
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if isinstance(smtp.sock, ssl.SSLSocket):
                reached.encryption = smtp.sock.version() or ""
            if account.user:
                smtp.login(account.user, account.password)
                reached.signed_in = True
        except OSError as error:
            if smtp is not None:
                smtp.close()
            raise Trouble(str(error)) from error
        self._smtp, self._fresh, self._announced = smtp, True, ""
        self._at_once = smtp.has_extn("pipelining")
        return smtp


@contextmanager
def line(account: Account, timeout: float = TIMEOUT) -> Iterator[Line]:
    """A line for one run, hung up politely at its end; `timeout` in seconds, for any one answer."""
    opened = Line(account, timeout)
    try:
        yield opened
    finally:
        opened.close()


def _connected(account: Account, timeout: float) -> smtplib.SMTP:
    """The greeting is told: smtplib would else ask the name server, however long it takes."""
    host, port, hello = account.host, account.port, account.hello
    if account.tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, hello, timeout=timeout, context=context)
    return smtplib.SMTP(host, port, hello, timeout=timeout)


def _answer(code: int, text: bytes) -> Answer:
    outcome = Outcome.REFUSED if 500 <= code < 600 else Outcome.DEFERRED
    return Answer(outcome, code, _words(text))


def _words(text: bytes) -> str:
    return text.decode("utf-8", "replace").replace("\n", " ")[:500]
