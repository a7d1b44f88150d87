"""Notices a second, as a share of a bare smtplib loop at the same sink in the same run.

    python bench/notices.py [messages per round] [rounds] [pipelining] [aiosmtpd]

Each round sends the same mails four ways: a loop over one connection with bytes made beforehand
(the floor) and one draining job; two such loops in two processes, each with half of the mails,
which is all that this machine and this sink have in them, and two jobs in two processes. The sink
offers pipelining (RFC 2920), as servers do, only where told; told `aiosmtpd` it is that server,
which answers at the pace of a real one, and not the barest that takes mail at all: a single
process, so two lines share it. On a busy machine look at the own work rather than the clock.
"""

import asyncio
import multiprocessing
import smtplib
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from flask import Flask
from sqlalchemy import select, text

from blueprints.notices.mail.envelopes import Envelope
from blueprints.notices.mail.line import Account
from blueprints.notices.messages import message_for
from blueprints.notices.models import Message
from embedded import services
from jobs.notices import drain
from running.migrating import migrate
from tenants import provisioning
from tenants.clock import now
from tenants.db import db
from tenants.scope import tenant_scope
from tenants.settings import Settings
from wsgi import create_app

TEXT = "28i-mail-reply-reminder"
SHARED = {
    "letter_no": "示工约〔2026〕17号",
    "served_on": "2026-04-01",
    "reply_due_on": "2026-04-21",
    "reply_rule_article": "《集体合同规定》第三十二条",
    "contact_name": "王某某",
    "contact_phone": "0716-0000000",
    "tenant_name": "示范市总工会",
}
OWE = text("""
INSERT INTO notice (tenant_id, kind, subject_kind, subject_id, recipient, recipient_name,
    message_id, fields, address, state, due_at, sequence)
SELECT :tenant, 'reminder', 'offer', n, 'enterprise:' || n, '示范餐饮管理有限公司' || n || '店',
    :message, jsonb_build_object('addressee_name', '示范餐饮管理有限公司' || n || '店',
    'reply_url', 'https://yaoyue.example/jingzhou/reply/' || md5(n::text)),
    'n' || n || '@firm.example', 'queued', :now, :round
FROM generate_series(1, :count) AS n
""")


EHLO = b"250-sink\r\n%s250 8BITMIME\r\n"


def sink(ready: "multiprocessing.Queue[int]", offers: bytes) -> None:
    """A server that takes everything and says as little as it may, a process a line."""
    forked = multiprocessing.get_context("fork")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ready.put(listening.getsockname()[1])
        while True:
            connection, _ = listening.accept()
            forked.Process(target=take, args=(connection, offers)).start()
            connection.close()


def real_sink(ready: "multiprocessing.Queue[int]", offers: bytes) -> None:
    class Taking:
        async def handle_EHLO(  # noqa: N802
            self, _server: object, session: Any, _envelope: object, host: str, said: list[str]
        ) -> list[str]:
            session.host_name = host
            return [offers.decode().strip(), *said] if offers else said

        async def handle_DATA(self, *_: object) -> str:  # noqa: N802
            return "250 taken"

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Taking(), loop=loop), "127.0.0.1", 0)
        ready.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def take(connection: socket.socket, offers: bytes) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 sink\r\n")
        in_text = False
        for line in lines:
            if in_text:
                if line != b".\r\n":
                    continue
                in_text = False
                connection.sendall(b"250 taken\r\n")
            elif line[:4].upper() == b"DATA":
                in_text = True
                connection.sendall(b"354 go on\r\n")
            elif line[:4].upper() == b"EHLO":
                connection.sendall(EHLO % offers)
            elif line[:4].upper() == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            else:
                connection.sendall(b"250 ok\r\n")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of this process's own work."""
    begun, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - worked


def owe(app: Flask, tenant_id: int, count: int, sequence: int) -> None:
    with app.app_context(), tenant_scope(tenant_id):
        message = message_for(
            "reminder", TEXT, open_slots={"addressee_name", "reply_url"}, shared=SHARED
        )
        db.session.execute(
            OWE,
            {
                "tenant": tenant_id,
                "message": message.id,
                "now": now(),
                "count": count,
                "round": sequence,
            },
        )
        db.session.commit()


def bare_loop(account: Account, mails: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP(account.host, account.port) as smtp:
        for address, data in mails:
            smtp.sendmail(account.sender, address, data)


def ready_made(app: Flask, tenant_id: int, account: Account, count: int) -> list[tuple[str, bytes]]:
    with app.app_context(), tenant_scope(tenant_id):
        message = db.session.scalars(select(Message)).one()
        envelope = Envelope(message, account, tenant_id=tenant_id, at=now())
        made = []
        for n in range(1, count + 1):
            name, address = f"示范餐饮管理有限公司{n}店", f"n{n}@firm.example"
            fields = {"addressee_name": name, "reply_url": f"https://yaoyue.example/reply/{n:032}"}
            made.append((address, envelope.bytes_for(n, 1, name, address, fields)))
        return made


def bare_worker(
    account: Account,
    mails: list[tuple[str, bytes]],
    orders: "multiprocessing.Queue[bool]",
    done: "multiprocessing.Queue[int]",
) -> None:
    done.put(0)
    while orders.get():
        bare_loop(account, mails)
        done.put(len(mails))


def worker(
    settings: Settings,
    tenant_id: int,
    orders: "multiprocessing.Queue[bool]",
    done: "multiprocessing.Queue[int]",
) -> None:
    """A worker process: warm, as the real one is before it forks."""
    app = create_app(settings)
    with app.app_context():
        done.put(drain(tenant_id=tenant_id))
        while orders.get():
            done.put(drain(tenant_id=tenant_id))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    offers = b"250-PIPELINING\r\n" if "pipelining" in sys.argv else b""
    serve = real_sink if "aiosmtpd" in sys.argv else sink
    with tempfile.TemporaryDirectory() as folder, services(Path(folder)) as running:
        ready: multiprocessing.Queue[int] = multiprocessing.Queue()
        server = multiprocessing.Process(target=serve, args=(ready, offers))
        server.start()
        settings = Settings(
            database_url=running.database_url,
            database_owner_url=running.owner_url,
            redis_url=running.redis_url,
            secret_key="a key for the bench, no other use",  # noqa: S106
            smtp_port=ready.get(),
        )
        app = create_app(settings)
        migrate(app)
        try:
            report(app, settings, count, rounds)
        finally:
            server.terminate()
            server.join()


def report(app: Flask, settings: Settings, count: int, rounds: int) -> None:
    tenant_id = provisioning.create(
        settings, "bench", name="示范市总工会", name_en="", short_name="示工", division="421000"
    )
    account = Account(settings.smtp_host, settings.smtp_port, settings.mail_from, "示范市总工会")
    jobs = Pair([(settings, tenant_id)] * 2, worker)
    owe(app, tenant_id, 1, 0)
    mails = ready_made(app, tenant_id, account, count)
    loops = Pair([(account, mails[0::2]), (account, mails[1::2])], bare_worker)

    def one_job() -> None:
        with app.app_context():
            drain(tenant_id=tenant_id)

    one_job()
    found, work = [], []
    for number in range(rounds):
        floor, floor_work = timed(lambda: bare_loop(account, mails))
        ceiling, _ = timed(loops.run)
        owe(app, tenant_id, count, 2 * number + 1)
        one, one_work = timed(one_job)
        owe(app, tenant_id, count, 2 * number + 2)
        two, _ = timed(jobs.run)
        found.append((count / floor, count / one, count / ceiling, count / two))
        work.append((floor_work / count * 1e6, one_work / count * 1e6))
    jobs.end()
    loops.end()
    show(found, work)


class Pair:
    """Two processes that do the same at the same time, warm and waiting for the word."""

    def __init__(self, arguments: Sequence[tuple[Any, ...]], work: Callable[..., None]) -> None:
        self.orders: multiprocessing.Queue[bool] = multiprocessing.Queue()
        self.done: multiprocessing.Queue[int] = multiprocessing.Queue()
        self.both = [
            multiprocessing.Process(target=work, args=(*own, self.orders, self.done))
            for own in arguments
        ]
        for each in self.both:
            each.start()
        for _ in self.both:
            self.done.get()

    def run(self) -> None:
        for _ in self.both:
            self.orders.put(True)
        for _ in self.both:
            self.done.get()

    def end(self) -> None:
        for _ in self.both:
            self.orders.put(False)
        for each in self.both:
            each.join()


def show(found: Sequence[tuple[float, ...]], work: Sequence[tuple[float, float]]) -> None:
    bare, one, ceiling, two = zip(*found, strict=True)
    for name, column in (
        ("bare loop", bare),
        ("one job", one),
        ("two bare loops", ceiling),
        ("two jobs", two),
    ):
        print(f"{name:14} {spread(column)} messages/s")
    for name, above, below in (
        ("one job / bare loop", one, bare),
        ("two jobs / bare loop", two, bare),
        ("two bare loops / bare loop", ceiling, bare),
        ("two jobs / two bare loops", two, ceiling),
    ):
        print(f"{name:26} {spread([a / b for a, b in zip(above, below, strict=True)], 2)}")
    loop, job = zip(*work, strict=True)
    print(f"own work a message: bare loop {spread(loop)} µs, one job {spread(job)} µs")


def spread(values: Iterable[float], digits: int = 0) -> str:
    numbers = sorted(values)
    shown = numbers[0], statistics.median(numbers), numbers[-1]
    return "/".join(f"{number:.{digits}f}" for number in shown)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
