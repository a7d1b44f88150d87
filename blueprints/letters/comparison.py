"""Two versions of a text beside each other, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from blueprints.offers.campaigns.wording import read_bodies

AROUND = 2  # unchanged lines kept on each side of a change


@dataclass(frozen=True)
class Change:
    """One line: `mark` is "+" for a new one, "-" for one that went, "" for one that stayed."""

    mark: str
    words: str


def changes(before: str, after: str) -> dict[str, list[Change]]:
    """What differs, by language. Without a change in a language its list is empty."""
    old, new = read_bodies(before), read_bodies(after)
    return {
        lang: list(_lines(old[lang].split("\n"), new[lang].split("\n"))) for lang in ("zh", "en")
    }


def _lines(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for number, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if number:
            yield Change("…", "")
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (Change("", line) for line in old[a:b])
            else:
                yield from (Change("-", line) for line in old[a:b] if line.strip())
                yield from (Change("+", line) for line in new[c:d] if line.strip())
