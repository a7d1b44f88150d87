"""The whole house comes up with one command, and nothing of it is left when that ends."""

import http.client
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from running.mail_catcher import caught
from tests.cli.conftest import ROOM, Said, environ
from tests.embedded.conftest import alive, family

Yaoyue = Callable[..., Said]


class Running:
    """`yaoyue up`, and what it has said so far."""

    def __init__(self, instance: Path, *arguments: str) -> None:
        self.said = instance.with_name("said.txt")
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOM / "cli.py"), "up", *arguments],
                stdout=said,
                stderr=subprocess.STDOUT,
                env=environ(instance, DEMO_MODE="false"),
            )

    def until(self, words: str, seconds: float = 120) -> str:
        """Wait for words; returns all that was said by then."""
        until = time.monotonic() + seconds
        while not re.search(words, said := self.said.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.05)
        return said

    @property
    def address(self) -> str:
        found = re.search(r"http://([\d.:]+)", self.until("Ctrl-C stops"))
        assert found
        return found[1]

    def all_up(self) -> set[int]:
        """Every process of the house, once the last of them has been started."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = family(self.process.pid)
            commands = " ".join(command(pid) for pid in found)
            if all(name in commands for name in ("running.web", "jobs.worker", "rq.cli", "valkey")):
                break
            time.sleep(0.1)
        return found


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up") / "instance"


@pytest.fixture
def up(instance: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def start(*arguments: str) -> Running:
        started.append(Running(instance, *arguments))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait(60)


def page(address: str) -> int:
    connection = http.client.HTTPConnection(address, timeout=20)
    connection.request("GET", "/")
    status = connection.getresponse().status
    connection.close()
    return status


def ended(pids: set[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while pids & alive().keys():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def setting(pid: int, name: str) -> str:
    """A variable in the environment of a process."""
    listing = subprocess.run(
        ["ps", "eww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    found = re.search(rf" {name}=(\S+)", listing.stdout)
    return found[1] if found else ""


def test_the_house_comes_up_serves_takes_mail_and_goes_without_a_trace(
    up: Callable[..., Running], instance: Path, yaoyue: Yaoyue
) -> None:
    running = up()
    assert page(running.address) < 500
    house = running.all_up()

    again = yaoyue("up", instance=instance)
    assert again.code == 2
    assert f"already runs in {instance}: http://{running.address}" in again.errors

    shared = yaoyue("db", "url", "--json", instance=instance)
    assert "started for this command" not in shared.errors

    port = next(filter(None, (setting(pid, "SMTP_PORT") for pid in house)))
    with smtplib.SMTP("127.0.0.1", int(port)) as smtp:
        smtp.sendmail("a@example.com", ["b@example.com"], "Subject: hello\r\n\r\nGood day.\r\n")
    assert [message["Subject"] for _, message in caught(instance / "mail")] == ["hello"]

    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0
    assert ended(house, 10)
    assert running.said.read_text().endswith(f"Stopped. The data stays in {instance}.\n")


def test_the_second_start_tells_of_a_taken_port_and_leaves_nothing_when_killed(
    up: Callable[..., Running], yaoyue: Yaoyue, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = yaoyue("up", "--port", str(port), instance=tmp_path / "other")
        assert said.code == 2
        assert said.errors.startswith(f"Port {port} is taken by another program.")
    running = up("--port", str(port))
    assert page(running.address) < 500
    house = running.all_up()
    running.process.kill()
    running.process.wait()
    assert ended(house, 10)  # RQ takes its time to say good-bye to a Valkey that is gone


def test_it_can_be_stopped_while_it_is_still_starting(tmp_path: Path) -> None:
    running = Running(tmp_path / "instance")
    running.until("Making a new database")
    house = family(running.process.pid)
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0
    assert ended(house, 10)
    assert "Stopped." in running.said.read_text()
    assert "Traceback" not in running.said.read_text()


def test_what_dies_is_started_again(up: Callable[..., Running]) -> None:
    running = up()
    assert page(running.address) < 500
    running.all_up()
    for words, what in (("rq.cli", "clock"), ("valkey-server", "Valkey")):
        (pid,) = [pid for pid in family(running.process.pid) if words in command(pid)]
        os.kill(pid, signal.SIGKILL)
        running.until(rf"{what} (ended \(signal SIGKILL\)|had ended)")
    assert page(running.address) < 500


def command(pid: int) -> str:
    listing = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listing.stdout
