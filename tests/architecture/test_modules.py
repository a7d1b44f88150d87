"""How a module looks: small, opened by a sentence, and not named after a layer."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import HOUSE, modules

LONGEST, LONGEST_TEST = 350, 400
TESTS = tuple(sorted((HOUSE / "tests").rglob("*.py")))
NOT_A_NAME = {"utils", "util", "helpers", "helper", "services", "managers", "core", "common"}


def test_no_module_is_longer_than_one_can_hold_in_mind():
    long = {m.name: m.lines for m in modules() if m.lines > LONGEST and "versions" not in m.name}
    long |= {
        p.relative_to(HOUSE).as_posix(): n
        for p in TESTS
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST_TEST
    }
    assert long == {}


def test_most_modules_are_short():
    sizes = sorted(m.lines for m in modules() if m.lines)
    assert sizes[len(sizes) // 2] <= 130


def test_nothing_is_named_after_a_layer():
    named = {part for m in modules() for part in m.name.split(".")}
    assert named & NOT_A_NAME == set()


def test_packages_hold_nothing_themselves():
    full = [p for p in HOUSE.glob("*/**/__init__.py") if not _hidden(p) and p.read_text().strip()]
    assert full == []


def _hidden(path: Path) -> bool:
    return path.relative_to(HOUSE).parts[0] in {".venv", "instance", "node_modules"}


def test_every_module_opens_with_a_sentence():
    mute = []
    for module in modules():
        if not module.source.strip() or module.name == "migrations.env":
            continue
        opening = (ast.get_docstring(module.tree) or "").strip().splitlines()
        if not opening or opening[0].rstrip()[-1:] not in {".", "?", ":", "!"}:
            mute.append(module.name)
    assert mute == []


def test_nothing_runs_on_import_but_definitions():
    """Only a module that is itself a command may call something when it is read.

    A room hands its parts to lower ones in `contributions` and `cards`, which the assembly reads.
    """
    ran = []
    for module in modules():
        last = module.name.rpartition(".")[2]
        if last.endswith(("contributions", "cards")):
            continue
        for node in module.tree.body:
            bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            if bare and module.name not in {"jobs.schedule", "migrations.env"}:
                ran.append(f"{module.name}:{node.lineno}")
    assert ran == []


# Where SQL is written out, and why the mapper would not do. The database's own lock holds there.
RAW_SQL = {
    "tenants.db": "names the federation to row-level security",
    "tenants.trail": "walks the chain inside the database",
    "blueprints.accounts.door_views": "asks the database whether it is there",
    "blueprints.exposures.reading": "asks the database what a publication still lacks",
    "blueprints.bargaining.signing.queries": "asks the database what a signing still lacks",
    "blueprints.contracts.forecast.announcing": "tells all whom a line is about in one statement",
    "blueprints.notices.outbox": "claims and settles batches with SKIP LOCKED",
    "blueprints.notices.repairs": "opens repair tasks for a whole batch",
    "blueprints.offers.campaigns.issuing": "issues a campaign in one statement",
    "blueprints.registry.import_writes": "writes a ledger in a few statements",
    "blueprints.registry.imports": "takes the advisory lock of imports",
    "jobs.clocks": "brings offers to where their letters are, many at once",
}


def raw(module):
    declared = {"server_default", "postgresql_where"}
    aside = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg in declared:
            aside |= set(map(id, ast.walk(node.value)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "Index",
            "ExcludeConstraint",
            "CheckConstraint",
        }:
            aside |= set(map(id, ast.walk(node)))
    calls = [c for c in module.calls("text", "exec_driver_sql") if id(c) not in aside]
    from_sqlalchemy = re.search(r"from sqlalchemy import [^#]*\btext\b", module.source, re.DOTALL)
    tables = [n for n in ast.walk(module.tree) if getattr(n, "attr", "") == "__table__"]
    return bool((calls and from_sqlalchemy) or tables) or "exec_driver_sql" in module.source


def test_raw_sql_is_written_only_where_it_says_why():
    outside = ("migrations", "running", "embedded", "commands", "demo")
    found = {m.name for m in modules() if not m.name.startswith(outside) and raw(m)}
    assert found == set(RAW_SQL)


@pytest.mark.parametrize("name", sorted(RAW_SQL))
def test_each_reason_for_raw_sql_is_a_sentence(name):
    assert len(RAW_SQL[name].split()) > 3
