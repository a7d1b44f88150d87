"""The source of the house as data: its modules, what each imports, its templates."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
TEMPLATES = HOUSE / "templates"
OURS = (
    "rules",
    "tenants",
    "blueprints",
    "jobs",
    "demo",
    "running",
    "commands",
    "migrations",
    "wsgi",
    "cli",
    "embedded",
)


@dataclass(frozen=True)
class Module:
    """One file of the house."""

    name: str
    path: Path

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def lines(self) -> int:
        return self.source.count("\n")

    def imports(self, *, running: bool = False) -> Iterator[str]:
        """Every module of ours that it asks for, at the top or inside a function.

        Those that only types need are left out where it is `running`.
        """
        aside = {
            id(inner)
            for node in ast.walk(self.tree)
            if running and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            for inner in ast.walk(node)
        }
        for node in ast.walk(self.tree):
            if id(node) in aside:
                continue
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if _ours(alias.name))
            elif isinstance(node, ast.ImportFrom) and node.module and _ours(node.module):
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    yield whole if whole in by_name() else node.module

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Calls of a function by its bare or its last name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                last = called.attr if isinstance(called, ast.Attribute) else None
                if (called.id if isinstance(called, ast.Name) else last) in names:
                    yield node


@lru_cache
def modules() -> tuple[Module, ...]:
    """Every module of the house but its tests and benchmarks."""
    found = []
    for root in OURS:
        alone = HOUSE / f"{root}.py"
        files = [alone] if alone.exists() else sorted((HOUSE / root).rglob("*.py"))
        for path in files:
            parts = path.relative_to(HOUSE).with_suffix("").parts
            found.append(Module(".".join(p for p in parts if p != "__init__"), path))
    return tuple(found)


@lru_cache
def by_name() -> dict[str, Module]:
    return {module.name: module for module in modules()}


@lru_cache
def templates() -> dict[str, str]:
    """Every template, by the name it is rendered under."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
    }


def strings(module: Module) -> set[str]:
    """Every text that stands in the module."""
    return {
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _ours(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in OURS
