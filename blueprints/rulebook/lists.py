"""The list of rules: one line a question, narrowed and ordered as asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from blueprints.rulebook import queries
from blueprints.rulebook.wording import KINDS, LEVELS
from blueprints.shared.languages import said
from rules.books import book_for
from rules.law import Level, Rule
from rules.saying import answer_of
from rules.shelf import Entry, catalogue, topics
from rules.words import Text

SORTS = {"title", "status"}
STATUSES = ("confirmed", "unconfirmed", "own")


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; anything it mistypes counts as not asked."""

    kind: str = "wage"
    status: str = ""
    topic: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> "Wanted":
        kind, status, topic, sort = (
            args.get(name, "") for name in ("kind", "status", "topic", "sort")
        )
        return cls(
            kind=kind_of(kind),
            status=status if status in STATUSES else "",
            topic=topic if topic in topics() else "",
            q=args.get("q", "").strip()[:80],
            sort=sort if sort.removeprefix("-") in SORTS else "",
        )

    def narrowed(self) -> bool:
        return bool(self.status or self.topic or self.q)


@dataclass(frozen=True)
class Line:
    """One question: what applies here, and what the nation says."""

    entry: Entry
    rule: Rule
    national: Rule

    @property
    def answer(self) -> Text:
        return answer_of(self.rule)

    @property
    def national_answer(self) -> Text:
        return answer_of(self.national)

    @property
    def differs(self) -> bool:
        """Whether another text than the nation's decides."""
        return self.rule.level is not Level.NATION

    @property
    def standing(self) -> str:
        if self.rule.level is Level.FEDERATION:
            return "own"
        return self.rule.status


def kind_of(asked: str) -> str:
    return asked if asked in KINDS else "wage"


def lines(wanted: Wanted, today: date) -> list[Line]:
    """The effective book of the federation's place, as wanted."""
    book, nation = queries.book(today), book_for("000000", today)
    found = [
        Line(entry, book.rule(key, wanted.kind), nation.rule(key, wanted.kind))
        for key, entry in catalogue().items()
    ]
    found = [line for line in found if _wanted(line, wanted)]
    if wanted.sort:
        field = wanted.sort.removeprefix("-")
        found.sort(
            key=lambda line: said(line.entry.title) if field == "title" else line.standing,
            reverse=wanted.sort.startswith("-"),
        )
    return found


def counts(today: date, kind: str) -> dict[str, int]:
    """How many questions stand how, for the filter and the head of the page."""
    standings = [line.standing for line in lines(Wanted(kind=kind), today)]
    return {"all": len(standings), **{status: standings.count(status) for status in STATUSES}}


def grouped(found: Iterable[Line]) -> list[tuple[Text | None, list[Line]]]:
    """By topic, in the order of the procedure."""
    groups: dict[str, list[Line]] = {}
    for line in found:
        groups.setdefault(line.entry.topic, []).append(line)
    return [(topics()[topic], members) for topic, members in groups.items()]


def _wanted(line: Line, wanted: Wanted) -> bool:
    if wanted.topic and line.entry.topic != wanted.topic:
        return False
    if wanted.status and line.standing != wanted.status:
        return False
    if not wanted.q:
        return True
    rule, entry = line.rule, line.entry
    texts = (entry.title, entry.means, rule.text, rule.citation, line.answer)
    said_of_it = " ".join([entry.key, *(f"{text.zh} {text.en}" for text in texts)]).lower()
    return all(word in said_of_it for word in wanted.q.lower().split())


def heads() -> list[str]:
    return [
        _("Rule"), _("Name"), _("Part of the procedure"), _("Kind"), _("National value"),
        _("Value here"),
        _("Status"), _("Level"), _("Article"), _("In force from"), _("In force until"), _("Text"),
    ]  # fmt: skip


def sheet_rows(found: Iterable[Line], kind: str) -> Iterator[list[object]]:
    for line in found:
        rule = line.rule
        yield [
            rule.key, said(line.entry.title), said(topics()[line.entry.topic]), str(KINDS[kind]),
            said(line.national_answer), said(line.answer), said(rule.label),
            str(LEVELS[rule.level]), said(rule.citation), rule.valid_from, rule.valid_to,
            said(rule.text),
        ]  # fmt: skip
