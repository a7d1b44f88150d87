"""The divisions of a federation's city, GB/T 2260, found by what people write in a ledger."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from blueprints.registry.widths import tight
from rules.words import Text
from tenants.areas import prefix_of
from tenants.scope import current_area

Choice = TypeVar("Choice")

_QUALIFIER = re.compile(r"\(([^()]*)\)")
_ENDING = re.compile(r"(?:自治县|[市区县旗])$")


@dataclass(frozen=True)
class Area:
    """A county-level division: its code, its name, and how else people write it."""

    code: str
    name: Text
    also: tuple[str, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class City:
    """A prefecture-level city with its county-level divisions."""

    code: str
    name: Text
    province: str
    areas: tuple[Area, ...]

    def find(self, written: str) -> tuple[Area, str] | None:
        """The division a cell means, and what it says beyond: 石首市（开发区） → 石首市, 开发区."""
        text = tight(written).lower()
        beyond = "".join(_QUALIFIER.findall(text))
        text = _QUALIFIER.sub("", text)
        for upper in (self.province, self.name.zh):
            text = text.removeprefix(upper) or text
        index = _spellings(self)
        if text in index:
            return index[text], beyond
        for spelling in sorted(index, key=len, reverse=True):
            if len(spelling) > 2 and text.startswith(spelling):
                return index[spelling], text[len(spelling) :] + beyond
        return None


@cache
def cities() -> dict[str, City]:
    """The cities that come with the product, by code."""
    with Path(__file__).with_name("areas.toml").open("rb") as source:
        read = tomllib.load(source)
    return {
        city["code"]: City(
            city["code"],
            Text(city["zh"], city["en"]),
            city["province"],
            tuple(
                Area(
                    area["code"],
                    Text(area["zh"], area["en"]),
                    tuple(area.get("also", ())),
                    tuple(area.get("was", ())),
                )
                for area in city["areas"]
            ),
        )
        for city in read["city"]
    }


def city_of(division: str) -> City:
    """The city of a division code; one we do not know has no named divisions yet.

    Who is bound to an area finds no other division in it.
    """
    code = f"{division[:4]}00"
    city = cities().get(code) or City(code, Text(code, code), "", ())
    bound = current_area()
    if bound is None:
        return city
    return replace(city, areas=tuple(area for area in city.areas if _below(area.code, bound)))


def own_areas(division: str) -> tuple[str, ...]:
    """The divisions of whoever is bound to an area; none: the whole city."""
    if current_area() is None:
        return ()
    return tuple(area.code for area in city_of(division).areas)


def narrowed(choices: Iterable[Choice]) -> list[Choice]:
    """Choices of an area, the code first: nothing wider than the area somebody is bound to."""
    bound = current_area()
    return [one for one in choices if bound is None or _below(_code(one), bound)]


def _code(choice: object) -> str:
    return str(choice[0] if isinstance(choice, tuple) else getattr(choice, "value", ""))


def _below(code: str, area: str) -> bool:
    return code.startswith(prefix_of(area))


@cache
def areas_by_code() -> dict[str, Area]:
    """Every division we know, by its present and its former codes."""
    known = [area for city in cities().values() for area in city.areas]
    former = {code: area for area in known for code in area.was}
    return former | {area.code: area for area in known}


def area_name(code: str | None) -> Text:
    """The name of a division or city; its code where we have no name for it."""
    if not code:
        return Text("", "")
    if code in areas_by_code():
        return areas_by_code()[code].name
    return cities()[code].name if code in cities() else Text(code, code)


@cache
def _spellings(city: City) -> dict[str, Area]:
    """Every way of writing a division. A short form that is also the city's is left out."""
    index: dict[str, Area] = {}
    city_short = _ENDING.sub("", city.name.zh)
    for area in city.areas:
        short = _ENDING.sub("", area.name.zh)
        for spelling in (area.name.zh, area.name.en, *area.also, *area.was, area.code):
            index[tight(spelling).lower()] = area
        if len(short) > 1 and short != city_short:
            index.setdefault(short, area)
    return index
