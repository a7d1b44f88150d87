"""The seam to the demonstration: federations that are loaded once, and accounts to try.

`demo.seed`, where a build has it, offers `load(app)`, which may be called again after it broke
off, and `accounts(app)`, which lists a DemoAccount for every role.
"""

import importlib
import importlib.util
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

MARK = "demo.json"


@dataclass(frozen=True)
class DemoAccount:
    """Somebody you can sign in as."""

    role: str
    federation: str  # the first part of the address
    email: str
    password: str


def loaded(instance: Path) -> bool:
    """Whether there is nothing left to load."""
    return seeds() is None or (instance / MARK).exists()


def load_once(app: "Flask", instance: Path, say: Callable[[str], None]) -> None:
    """Load the demonstration where it never was; the mark is set when all of it is there."""
    if loaded(instance):
        return
    say("Loading the demonstration federations …")
    seed = seeds()
    seed.load(app)
    people = [asdict(person) for person in seed.accounts(app)]
    new = instance / f"{MARK}.new"
    new.write_text(json.dumps(people, ensure_ascii=False))
    new.replace(instance / MARK)


def accounts(instance: Path) -> list[DemoAccount]:
    """Who can be tried, if the demonstration was loaded."""
    try:
        return [DemoAccount(**person) for person in json.loads((instance / MARK).read_text())]
    except (OSError, ValueError, TypeError):
        return []


def seeds() -> Any:
    """The module `demo.seed`, if this build has one."""
    try:
        found = importlib.util.find_spec("demo.seed")
    except ModuleNotFoundError:
        return None
    return importlib.import_module("demo.seed") if found else None
