"""Every address of the house, and what to put into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from tenants.roles import May, Role, may
from tenants.settings import Settings
from tests.architecture.furnished import AT, IDS, WORDS, Furnished
from wsgi import create_app

NOBODY = 999_999_999  # the id of no row of any federation


class NotTaught(LookupError):
    """An address has a part that the tests do not know how to fill."""


@dataclass(frozen=True)
class Route:
    """One method of one address."""

    endpoint: str
    method: str
    rule: Rule
    permission: May | None

    @property
    def address(self) -> str:
        return self.rule.rule

    @property
    def of_federation(self) -> bool:
        return "tenant" in self.rule.arguments

    @property
    def public(self) -> bool:
        return self.permission is May.ANYONE

    @property
    def names(self) -> tuple[str, ...]:
        """The parts that name a row of a federation."""
        words = {n for n in self.rule.arguments if isinstance(self._converter(n), AnyConverter)}
        return tuple(sorted(self.rule.arguments - words - {"tenant"} - set(WORDS)))

    def open_to(self, role: Role) -> bool:
        return self.permission is not None and may(role, self.permission)

    def _converter(self, name: str) -> Any:
        return self.rule._converters.get(name)

    def values(self, house: Furnished, **instead: Any) -> dict[str, Any]:
        """What goes into the address: the federation's own rows, but for `instead`."""
        return {name: instead.get(name, self._value(name, house)) for name in self.rule.arguments}

    def _value(self, name: str, house: Furnished) -> Any:
        if name == "tenant":
            return house.slug
        converter = self._converter(name)
        if isinstance(converter, AnyConverter):
            return min(converter.items)
        if (self.endpoint, name) in AT:
            return AT[self.endpoint, name](house.rows)
        if name in WORDS:
            return WORDS[name]
        if name not in IDS:
            raise NotTaught(
                f"{self.address}: say in tests/architecture/furnished.py how to come by <{name}>"
            )
        return IDS[name](house.rows)

    def path(self, house: Furnished, **instead: Any) -> str:
        adapter = self.rule.map.bind("localhost")  # type: ignore[union-attr]
        values = self.values(house, **instead)
        return adapter.build(self.endpoint, values, method=self.method)

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


@lru_cache
def paper_house() -> Flask:
    """The application as it stands on paper: its addresses, and no services behind it."""
    settings = Settings(
        database_url="postgresql://nobody@localhost:1/none",
        redis_url="redis://localhost:1",
        secret_key="a key for reading addresses",
    )
    return create_app(settings, THROTTLE=False)


@lru_cache
def routes() -> tuple[Route, ...]:
    app = paper_house()
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append(Route(rule.endpoint, method, rule, permission))  # noqa: PERF401
    return tuple(found)


def of_federation() -> list[Route]:
    return [route for route in routes() if route.of_federation]


def pages() -> list[Route]:
    """What a browser can ask for by its address."""
    return [route for route in routes() if route.method == "GET"]


def writes() -> list[Route]:
    return [route for route in routes() if route.method not in {"GET", "HEAD", "OPTIONS"}]


def with_names(among: list[Route]) -> Iterator[tuple[Route, str]]:
    """Each address once for each row that it names."""
    for route in among:
        for name in route.names:
            yield route, name
