"""`yaoyue bench`: the measurements of bench/, one after the other."""

import subprocess
import sys
import time
from pathlib import Path

import click

from commands.answers import Answer, answers, pairs, tell
from running.refusal import CannotStart

ROOM = Path(__file__).parents[1]


@click.command()
@click.argument("names", nargs=-1)
@answers(pairs)
def bench(names: tuple[str, ...]) -> Answer:
    """Run the measurements NAMES, or all of them; each says what it measures."""
    there = sorted(path.stem for path in (ROOM / "bench").glob("[a-z]*.py"))
    if not there or not set(names) <= set(there):
        raise CannotStart(f"There is no such measurement; there are: {', '.join(there)}.")
    seconds: dict[str, str] = {}
    for name in names or there:
        tell(f"\n== {name}")
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=ROOM, check=False)  # noqa: S603
        if done.returncode:
            raise CannotStart(f"The measurement {name} failed (exit code {done.returncode}).")
        seconds[name] = f"{time.perf_counter() - began:.1f} s"
    return seconds
