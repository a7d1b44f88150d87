"""Commands in an instance of their own: their words, their exit code, and what they leave."""

import io
import json
import os
import signal
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import main

ROOM = Path(__file__).parents[2]
TAKEN_FROM_US = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "SMTP_HOST")


@dataclass
class Said:
    """What a command printed, and how it ended."""

    code: int
    output: str
    errors: str

    @property
    def json(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.output.splitlines()[-1])
        return answer


def environ(instance: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in TAKEN_FROM_US}
    return {**kept, "PYTHONPATH": str(ROOM), "YAOYUE_INSTANCE": str(instance), **more}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance that the commands of all tests share."""
    return tmp_path_factory.mktemp("home") / "an 实例"


@pytest.fixture(scope="session")
def yaoyue(home: Path) -> Callable[..., Said]:
    """Run a command to its end, in this process: what it imports it imports once."""

    def run(*arguments: str, instance: Path = home, **more: str) -> Said:
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(environ(instance, **more))
        output, errors = io.StringIO(), io.StringIO()
        code = None
        try:
            with redirect_stdout(output), redirect_stderr(errors):
                main(list(arguments))
        except SystemExit as ending:
            code = ending.code
        finally:
            os.environ.clear()
            os.environ.update(before)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        assert isinstance(code, int)
        return Said(code, output.getvalue(), errors.getvalue())

    return run
