"""A mail server of this machine that delivers to a folder, one .eml file a message.

What sends mail speaks real SMTP to it. Two kinds of address are turned down, so that trouble
can be seen without any: `…@refused.example` for good, `…@deferred.example` for now.
"""

import asyncio
import contextlib
import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from email import message_from_bytes
from email.policy import SMTP as LINES
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from running.refusal import CannotStart

TURNED_DOWN = {
    "@refused.example": "550 5.1.1 No such mailbox here",
    "@deferred.example": "451 4.7.1 Try again later",
}
LONGEST = 35 * 1024 * 1024


class Folder:
    """Takes every message and keeps it as a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count()

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        for ending, answer in TURNED_DOWN.items():
            if address.lower().endswith(ending):
                return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        body = content if isinstance(content, bytes) else (content or "").encode()
        head = f"X-Envelope-From: {envelope.mail_from}\r\n"
        head += f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        # Names sort by arrival; a reader never finds half a message.
        path = self.folder / f"{time.time_ns()}-{next(self._numbers):06}.eml"
        new = path.with_suffix(".new")
        new.write_bytes(head.encode() + body)
        new.replace(path)
        return "250 OK"


@contextlib.contextmanager
def mail_catcher(folder: Path, *, port: int = 0, host: str = "127.0.0.1") -> Iterator[int]:
    """Catch mail into a folder; yields the port. 0 takes one that is free. Raises CannotStart."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mail catcher", daemon=True)
    thread.start()
    handler = Folder(folder)

    def session() -> SMTP:
        return SMTP(handler, data_size_limit=LONGEST, enable_SMTPUTF8=True, loop=loop)

    # In the loop's own thread: the caller's may have a loop running already.
    opening = asyncio.run_coroutine_threadsafe(loop.create_server(session, host, port), loop)
    try:
        server = opened(opening, f"{host}:{port}")
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            loop.call_soon_threadsafe(server.close)
    finally:
        asyncio.run_coroutine_threadsafe(hang_up(loop), loop)
        thread.join()
        loop.close()


def opened(opening: Future[asyncio.Server], where: str) -> asyncio.Server:
    try:
        return opening.result()
    except OSError as error:
        raise CannotStart(
            f"Mail cannot be caught on {where}: {error.strerror}. Name another SMTP_PORT."
        ) from None


async def hang_up(loop: asyncio.AbstractEventLoop) -> None:
    """End the conversations that are still open."""
    others = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    loop.stop()


def caught(folder: Path) -> list[tuple[Path, Any]]:
    """The messages in the folder, oldest first."""
    return [
        (path, message_from_bytes(path.read_bytes(), policy=LINES))
        for path in sorted(folder.glob("*.eml"))
    ]
