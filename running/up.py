"""The whole house on one machine: services, web, workers, clock and a mail server of its own."""

import contextlib
import errno
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from embedded import writable
from running import demo, locks
from running.house import House, Say, environment, house
from running.mail_catcher import mail_catcher
from running.refusal import CannotStart
from running.revisions import up_to_date
from running.supervision import Program, stop_all

HOST = "127.0.0.1"
PORT = 8000
TICK = 0.25


def up(instance: Path, *, say: Say, host: str = HOST, port: int | None = None) -> None:
    """Run until told to stop by Ctrl-C or SIGTERM. Raises CannotStart."""
    began = time.monotonic()
    instance = writable(instance)
    with alone(instance) as address_file, listening_for_stop() as stop:
        chosen = free_port(host, port, say)
        address = f"http://{host}:{chosen}"
        with (
            house(instance, say=say, sharing=False) as running,
            catching(instance) as mail,
            environment(BASE_URL=os.environ.get("BASE_URL") or address, **mail),
        ):
            prepared(running, say)
            programs = programs_of(instance, host, chosen)
            try:
                programs[0].start()  # alone, so that the first page comes soon
                until_answering(programs[0], host, chosen, say)
                address_file.write_text(json.dumps({"address": address, "pid": os.getpid()}))
                greet(running, address, say, seconds=time.monotonic() - began)
                stop.starting = False
                while not stop.event.wait(TICK):
                    look_after(running, programs, say)
            finally:
                stop.starting = False
                say("Stopping …")
                stop_all(programs)
    say(f"Stopped. The data stays in {instance}.")


@contextlib.contextmanager
def alone(instance: Path) -> Iterator[Path]:
    """One house per instance: a second one would count the same hours twice."""
    address_file = instance / "up.json"
    lock = locks.take(instance / "up.lock")
    if lock is None:
        try:
            told = json.loads(address_file.read_text())
        except (OSError, ValueError):
            raise CannotStart(f"Yaoyue is just being started in {instance}.") from None
        raise CannotStart(
            f"Yaoyue already runs in {instance}: {told['address']} (process {told['pid']})."
        )
    try:
        yield address_file
    finally:
        address_file.unlink(missing_ok=True)
        os.close(lock)


class Stop:
    """That somebody wants an end: while starting it breaks off what is done, later it is seen."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.starting = True

    def __call__(self, *_: object) -> None:
        self.event.set()
        if self.starting:
            self.starting = False
            raise KeyboardInterrupt


@contextlib.contextmanager
def listening_for_stop() -> Iterator[Stop]:
    """Ctrl-C, SIGTERM and a closed terminal mean the same; none of them is a failure."""
    stop = Stop()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield stop
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def free_port(host: str, port: int | None, say: Say) -> int:
    """The port asked for, else the first free one from 8000 on."""
    wanted = [port] if port is not None else list(range(PORT, PORT + 50))
    for candidate in wanted:
        trouble = trouble_on(host, candidate)
        if trouble is None:
            if port is None and candidate != PORT:
                say(f"Port {PORT} is taken; using {candidate}.")
            return candidate
        if trouble != errno.EADDRINUSE:
            raise CannotStart(f"Cannot listen on {host}:{candidate}: {os.strerror(trouble)}.")
    if port is not None:
        raise CannotStart(
            f"Port {port} is taken by another program. End it, or choose another with --port."
        )
    raise CannotStart(f"Ports {PORT} to {PORT + 49} are all taken; choose one with --port.")


def trouble_on(host: str, port: int) -> int | None:
    """Why nobody can listen there now: the number of the error."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EINVAL
    return None


@contextlib.contextmanager
def catching(instance: Path) -> Iterator[dict[str, str]]:
    """Settings for mail: the operator's own server, or one that keeps all mail in a folder."""
    if os.environ.get("SMTP_HOST"):
        yield {}
        return
    with mail_catcher(instance / "mail") as port:
        yield {
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(port),
            "DEMO_MODE": os.environ.get("DEMO_MODE") or "true",
        }


def prepared(running: House, say: Say) -> None:
    """Tables, and on the first start the demonstration. Quick when there is nothing to do."""
    demonstrated = demo.loaded(running.instance) or not demo_mode()
    if demonstrated and up_to_date(os.environ["DATABASE_OWNER_URL"] or os.environ["DATABASE_URL"]):
        return
    from running.migrating import migrate

    app = running.app()
    migrate(app, say)
    if not demonstrated:
        demo.load_once(app, running.instance, say)


def demo_mode() -> bool:
    """As the settings read it, without loading them."""
    return os.environ.get("DEMO_MODE", "").lower() in {"1", "on", "t", "true", "y", "yes"}


def programs_of(instance: Path, host: str, port: int) -> list[Program]:
    """Web, workers and the clock. None of them is told how to become the owner of the tables."""
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    environ["RQ_REDIS_URL"] = environ["REDIS_URL"]
    cores = os.cpu_count() or 1
    web = ["-m", "running.web", host, str(port), str(cores)]
    log = instance / "log"
    return [
        Program("web server", web, environ, log / "web.log", vital=True),
        *(
            Program(f"worker {number}", ["-m", "jobs.worker"], environ, log / f"worker{number}.log")
            for number in range(1, min(2, cores) + 1)
        ),
        Program(
            "clock",
            ["-m", "rq.cli", "cron", "--logging-level", "WARNING", "jobs.schedule"],
            environ,
            log / "clock.log",
        ),
    ]


def until_answering(web: Program, host: str, port: int, say: Say) -> None:
    """Return once the web server answers."""
    until = time.monotonic() + 120
    place = {"0.0.0.0": HOST, "::": "::1"}.get(host, host)  # noqa: S104 - asked, not bound
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            connection = HTTPConnection(place, port, timeout=20)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            connection.close()
            return
        web.look_after(say)
        time.sleep(0.05)
    raise CannotStart(f"The web server does not answer. {web.last_words()}")


def look_after(running: House, programs: list[Program], say: Say) -> None:
    for name in running.services.revive():
        say(f"{name} had ended and was started again.")
    for program in programs:
        program.look_after(say)


def greet(running: House, address: str, say: Say, *, seconds: float) -> None:
    """Where it is, whom to sign in as, where mails land."""
    say(f"\nYaoyue runs at {address} (started in {seconds:.1f} s)\n")
    people = demo.accounts(running.instance)
    for person in people:
        say(f"  {person.role:<14} {person.email:<36} {person.password:<16} /{person.federation}")
    if people:
        say("")
    if demo_mode():
        say(f"  Mails land in {running.instance / 'mail'} and on {address}/mail")
    say(f"  Logs are in {running.instance / 'log'}")
    say("  Ctrl-C stops everything; the data stays.\n")
