"""Owners of services: other processes, as other people, in awkward folders."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded import services
from running.child import __file__ as child
from running.postgres import guest

ROOM = Path(__file__).parents[2]
HOLDER = Path(__file__).with_name("holder.py")
AWKWARD = "一个 folder=100%"


class Owner:
    """Another process that runs the services of an instance."""

    def __init__(self, argv: list[str], instance: Path) -> None:
        self.instance = instance
        self.process = subprocess.Popen(
            [*argv, str(instance)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOM)},
        )

    def told(self) -> dict[str, Any]:
        """What it said once the services ran, or would not."""
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def leave(self) -> None:
        """Let it end in order."""
        self.process.communicate(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def own() -> Iterator[Callable[..., Owner]]:
    """Start another process that runs the services of an instance."""
    owners: list[Owner] = []

    def start(instance: Path, *, before: list[str] | None = None) -> Owner:
        owners.append(Owner([*(before or []), sys.executable, str(HOLDER)], instance))
        return owners[-1]

    yield start
    for owner in owners:
        if owner.process.stdin and not owner.process.stdin.closed:
            owner.leave()


@pytest.fixture
def as_an_ordinary_user() -> list[str]:
    """What goes before a command so that it runs without root's powers.

    As root a namespace in which we are somebody else: unlike another account, that somebody
    can read this checkout wherever it lies.
    """
    if os.geteuid():
        return []
    order = {"signal": 9, "lifeline": None, "guest": guest().uid, "owner": None}
    program = (
        "import json, os, runpy, sys; order = json.loads(sys.argv[1]); "
        "order |= {'argv': sys.argv[2:], 'parent': os.getppid()}; "
        f"runpy.run_path({child!r})['become'](order)"
    )
    return [sys.executable, "-c", program, json.dumps(order)]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance that has run once, to be copied, not used."""
    instance = tmp_path_factory.mktemp("made") / "instance"
    with services(instance):
        pass
    return instance


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Path:
    """An instance that has run before, in a folder nobody else may enter."""
    folder = tmp_path / AWKWARD
    folder.mkdir(mode=0o700)
    shutil.copytree(made, folder / "instance")
    return folder / "instance"


@pytest.fixture
def gone() -> Callable[[set[int], float], bool]:
    """Whether all of these processes ended within so many seconds."""

    def check(pids: set[int], seconds: float) -> bool:
        until = time.monotonic() + seconds
        while left := pids & alive().keys():
            if time.monotonic() > until:
                return not left
            time.sleep(0.02)
        return True

    return check


def alive() -> dict[int, int]:
    """Every process that is more than a zombie, and its parent."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], check=True, capture_output=True, text=True
    )
    rows = (line.split() for line in listing.stdout.splitlines())
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def family(pid: int) -> set[int]:
    """A process and all that descend from it."""
    parents = alive()
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found
