"""Keeping the programs of the house up: started again with patience, stopped with firmness."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from running.processes import Child, launch
from running.refusal import CannotStart
from running.server import open_log

ROOM = Path(__file__).parents[1]
LONGEST_PAUSE = 30.0
SETTLED = 60.0  # seconds after which a program is no longer counted as failing
SHORT_LIFE = 15.0


@dataclass
class Program:
    """One program of ours, its log, and how often it has failed lately."""

    name: str
    arguments: list[str]  # to this Python
    environ: Mapping[str, str]
    log: Path
    vital: bool = False  # without it there is no point in going on
    child: Child | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)
    due: float = field(default=0.0, init=False)

    def start(self) -> None:
        paths = [str(ROOM), *filter(None, [self.environ.get("PYTHONPATH")])]
        with open_log(self.log) as log:
            self.child = launch(
                [sys.executable, *self.arguments],
                log=log,
                environ={**self.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        self.started = time.monotonic()

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start it again if it ended and its pause is over. Raises CannotStart if that is idle."""
        now = time.monotonic()
        if self.child is None:
            if now >= self.due:
                self.start()
            return
        code = self.child.exit_code()
        if code is None:
            return
        self.child.clear_away()
        self.child = None
        lived = now - self.started
        self.failures = 1 if lived > SETTLED else self.failures + 1
        if self.vital and self.failures > 1 and lived < SHORT_LIFE:
            raise CannotStart(f"The {self.name} ended twice. {self.last_words()}")
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.failures - 1))
        self.due = now + pause
        say(f"The {self.name} ended ({ending(code)}); it is started again in {pause:g} s.")

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        said = [line.strip() for line in lines if line.strip()]
        return f"It said: {said[-1]} (more in {self.log})" if said else f"See {self.log}."


def stop_all(programs: list[Program]) -> None:
    """Ask, ask again (RQ then drops the job it has), end what is left."""
    running = [program.child for program in programs if program.child is not None]
    for number, seconds in ((signal.SIGTERM, 3.0), (signal.SIGTERM, 3.0)):
        left = [child for child in running if child.exit_code() is None]
        for child in left:
            child.signal(number)
        until = time.monotonic() + seconds
        for child in left:
            child.wait(max(0.0, until - time.monotonic()))
    for child in running:
        child.clear_away()
    for program in programs:
        program.child = None


def ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
