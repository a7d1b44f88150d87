"""What we depend on is named, with its reason, in the decision on libraries; nothing else is."""

import re
import tomllib

from tests.architecture.tree import HOUSE

DECISION = HOUSE / "docs" / "adr" / "0005-libraries.md"
FIXED = "Fixed from outside: "
ROW = re.compile(r"^\| (?!Library |---)([^|]+) \|", re.MULTILINE)


def plain(name):
    """A name without version, extras and what stands in brackets, as an index spells it."""
    bare = re.split(r"[\s\[(=<>]", name.strip(), maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


def named():
    text = DECISION.read_text(encoding="utf-8")
    fixed = text.partition(FIXED)[2].partition(".")[0]
    return {plain(name) for part in [fixed, *ROW.findall(text)] for name in part.split(",")}


def depended_on():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return {plain(name) for names in [project["dependencies"], *extras] for name in names}


def test_every_library_has_its_reason_and_every_reason_its_library():
    assert depended_on() - named() == set()
    assert named() - depended_on() == set()


def test_every_library_is_locked():
    locked = (HOUSE / "requirements-dev.txt").read_text(encoding="utf-8")
    pinned = {plain(line) for line in locked.splitlines() if re.match(r"[A-Za-z0-9]", line)}
    assert depended_on() - pinned == set()
