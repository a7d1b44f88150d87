"""Whether every word on the screens is translated: `python -m tests.translations [--update]`.

Not a test: it reads all sources, so `make check` runs it once.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOM = Path(__file__).parents[1]
WORDS = ("_l", "_n:1,2", "_p:1c,2", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def babel(*arguments: str) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOM, check=True)


def extract(pot: Path) -> None:
    keywords = [part for word in WORDS for part in ("-k", word)]
    babel(
        "extract",
        "-F",
        "babel.cfg",
        *keywords,
        "--no-location",
        "--sort-output",
        "-o",
        str(pot),
        ".",
    )


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def faults(wanted: Catalog, catalog: Catalog) -> Iterator[str]:
    """What is missing, unfinished, or does not fit its original."""
    for message in wanted:
        if not message.id:
            continue
        found = catalog.get(message.id, message.context)
        if found is None or not all(translations(found)):
            yield f"not translated: {named(message)}"
        elif found.fuzzy:
            yield f"not confirmed: {named(message)}"
        elif any(holes(text) != holes(named(message)) for text in translations(found)):
            yield f"other placeholders: {named(message)}"


def translations(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def named(message: Message) -> str:
    """The English; of a singular and a plural the latter, which has all the holes."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def holes(text: str) -> set[str]:
    return set(HOLES.findall(text))


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    catalogs = sorted((ROOM / "translations").glob("*/LC_MESSAGES/messages.po"))
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder, "messages.pot")
        extract(pot)
        if "--update" in sys.argv and catalogs:
            kept = ("--no-fuzzy-matching", "--ignore-pot-creation-date", "--width", "100")
            babel("update", "-i", str(pot), "-d", "translations", *kept)
        wanted = read(pot)
    found = 0 if catalogs else 1
    for path in catalogs:
        for fault in faults(wanted, read(path)):
            tell(f"{path.relative_to(ROOM)}: {fault}")
            found += 1
    tell(f"{len(wanted)} texts, {len(catalogs)} translations, {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
