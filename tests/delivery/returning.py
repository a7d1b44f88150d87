"""Mail that comes back, as servers write it, and a mailbox that it comes back to."""

import re
import socket
from dataclasses import dataclass, field
from threading import Thread
from typing import Self


def report(
    to: str, *, status="5.1.1", action="failed", said="550 5.1.1 no such user", of=""
) -> bytes:
    """A delivery status notification (RFC 3464) to a return address."""
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.firm.example",
            f"To: <{to}>",
            "Subject: Undelivered Mail Returned to Sender",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "This is the mail system at mx.firm.example.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.firm.example",
            "",
            f"Final-Recipient: rfc822; {of or 'n1@firm.example'}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: smtp; {said}",
            "",
            "--b--",
            "",
        ]
    ).encode()


def answer(to: str) -> bytes:
    """What a person away from the desk lets a machine say."""
    return f"From: boss@firm.example\r\nTo: {to}\r\nSubject: 外出\r\n\r\n下周回来。\r\n".encode()


@dataclass
class Mailbox:
    """An IMAP server that knows the few commands that are asked of it."""

    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    account: str = "returns"
    folder: str = "INBOX"
    port: int = 0

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as wire:
                wire.write(b"* OK ready\r\n")
                wire.flush()
                for line in wire:
                    tag, _, said = line.decode().strip().partition(" ")
                    wire.write(self._answer(said) + f"{tag} {self._verdict(said)}\r\n".encode())
                    wire.flush()
                    if said.upper() == "LOGOUT":
                        break

    def _verdict(self, said: str) -> str:
        wrong = said.startswith("LOGIN") and self.account not in said
        lost = said.startswith("SELECT") and self.folder not in said
        return "NO no" if wrong or lost else "OK done"

    def _answer(self, said: str) -> bytes:
        if said.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n"
        if said.startswith("SELECT"):
            return f"* {len(self.mails)} EXISTS\r\n".encode()
        if said.startswith("UID SEARCH"):
            new = [str(n) for n in range(1, len(self.mails) + 1) if n not in self.seen]
            return f"* SEARCH {' '.join(new)}\r\n".encode()
        if found := re.match(r"UID FETCH (\d+)", said):
            raw = self.mails[int(found[1]) - 1]
            head = f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}\r\n"
            return head.encode() + raw + b")\r\n"
        if found := re.match(r"UID STORE (\d+)", said):
            self.seen.add(int(found[1]))
        return b""
