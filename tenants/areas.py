"""What of a federation lies in one area: the rules by which a row does, out of which SQL is made.

An officer may be bound to an area (GB/T 2260, any level). Then every statement of the session
sees only rows that lie there, by `tenants.within.LIES`: one line a table. A table without a line
has no rows for them. Two questions are asked of a row. *Seen*: does it concern the area at all?
*Held*: does all of it lie there? Only what is held may be locked, changed or made.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    MetaData,
    String,
    Table,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from tenants.scope import current_area, current_tenant_id

Columns = Callable[[str], ColumnElement[object]]


def prefix_of(area: str) -> str:
    """What the codes of an area begin with: 420000 → 42, 421000 → 4210, 421002 as it is."""
    while len(area) > 2 and area.endswith("00"):
        area = area[:-2]
    return area


def _prefix() -> str:
    return prefix_of(current_area() or "-")


_TENANT = bindparam("areas_tenant", callable_=current_tenant_id, type_=BigInteger())
_PREFIX = bindparam("areas_prefix", callable_=_prefix, type_=String())


@dataclass(frozen=True)
class Row:
    """A row that is asked about: its columns, and the table that they are of."""

    table: Table
    columns: Columns
    rules: "Rules"

    def __call__(self, name: str) -> ColumnElement[object]:
        return self.columns(name)

    def another(self, name: str) -> "tuple[Row, FromClause]":
        """A row of another table, to be asked the same."""
        table = self.rules.metadata.tables[name]
        alias = table.alias()
        return Row(table, lambda column: alias.c[column], self.rules), alias

    def lies(self, *, wholly: bool) -> ColumnElement[bool]:
        return self.rules.of(self.table.name).on(self, wholly=wholly)


class Rule(ABC):
    """When a row lies in the area."""

    @abstractmethod
    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        """The condition on the row."""

    def __or__(self, other: "Rule") -> "Rule":
        return Either((self, other))

    def __and__(self, other: "Rule") -> "Rule":
        return Both((self, other))


@dataclass(frozen=True)
class Everywhere(Rule):
    """The whole federation's: its people, its law, its texts. `held` says whether it is changed."""

    held: bool = True

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:  # noqa: ARG002 - asked of every rule
        return true() if self.held or not wholly else false()


@dataclass(frozen=True)
class Nowhere(Rule):
    """In no area: only the whole federation has it."""

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:  # noqa: ARG002 - asked of every rule
        return false()


@dataclass(frozen=True)
class In(Rule):
    """By a code of GB/T 2260 of its own."""

    column: str

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:  # noqa: ARG002 - asked of every rule
        return func.coalesce(func.starts_with(row(self.column), _PREFIX), false())


@dataclass(frozen=True)
class Unplaced(Rule):
    """Without a place: of the whole city. Seen everywhere, held by no area."""

    column: str

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        return false() if wholly else row(self.column).is_(None)


@dataclass(frozen=True)
class Is(Rule):
    """Of a kind that every area sees and none holds."""

    column: str
    value: str

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        return false() if wholly else row(self.column) == literal(self.value)


@dataclass(frozen=True)
class Seen(Rule):
    """By a rule that shows a row and never lets it be held."""

    rule: Rule

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        return false() if wholly else self.rule.on(row, wholly=False)


@dataclass(frozen=True)
class By(Rule):
    """Where the row lies that a column names. One that names none is asked `absent`, if at all.

    `inside` names what holds it: seen by its own place, it is held only together with that.
    """

    column: str
    absent: Rule = Nowhere()
    inside: str = ""

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        there = self._named(row, self.column, wholly=wholly)
        if wholly and self.inside:
            there = and_(there, self._named(row, self.inside, wholly=True))
        if isinstance(self.absent, Nowhere):
            return there
        return or_(there, and_(row(self.column).is_(None), self.absent.on(row, wholly=wholly)))

    @staticmethod
    def _named(row: Row, column: str, *, wholly: bool) -> ColumnElement[bool]:
        other, alias = row.another(_target(row.table, column))
        ids = select(alias.c.id).where(alias.c.tenant_id == _TENANT, other.lies(wholly=wholly))
        return func.coalesce(row(column).in_(ids), false())


@dataclass(frozen=True)
class Has(Rule):
    """By what is under it: seen where one of those lies, held where there is none outside."""

    child: str
    column: str

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        other, alias = row.another(self.child)
        own = (alias.c.tenant_id == _TENANT, alias.c[self.column] == row("id"))
        lies = other.lies(wholly=False)
        seen = row("id").in_(select(alias.c[self.column]).where(alias.c.tenant_id == _TENANT, lies))
        return and_(seen, not_(exists().where(*own, not_(lies)))) if wholly else seen


@dataclass(frozen=True)
class Areas(Rule):
    """By the areas that a JSON column lists: all of them must lie there, and one at least."""

    column: str

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:  # noqa: ARG002 - asked of every rule
        listed = func.coalesce(row(self.column)["areas"], literal([], JSONB))
        one = func.jsonb_array_elements_text(listed).column_valued("one_area")
        outside = exists(select(one).where(not_(func.starts_with(one, _PREFIX))))
        return and_(func.jsonb_array_length(listed) > 0, not_(outside))


@dataclass(frozen=True)
class NoneOutside(Rule):
    """No row under it lies outside; held or not, this is asked only of what is to be held."""

    child: str
    column: str

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        if not wholly:
            return true()
        other, alias = row.another(self.child)
        own = (alias.c.tenant_id == _TENANT, alias.c[self.column] == row("id"))
        return not_(exists().where(*own, not_(other.lies(wholly=False))))


@dataclass(frozen=True)
class About(Rule):
    """By the row that a kind and an id name; a kind that is not listed lies nowhere."""

    kinds: tuple[str, ...]

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:  # noqa: ARG002 - asked of every rule
        whens = [(row("subject_kind") == kind, self._one(row, kind)) for kind in self.kinds]
        return func.coalesce(case(*whens, else_=false()), false())

    @staticmethod
    def _one(row: Row, kind: str) -> ColumnElement[bool]:
        other, alias = row.another(kind)
        ids = select(alias.c.id).where(alias.c.tenant_id == _TENANT, other.lies(wholly=False))
        return row("subject_id").in_(ids)


@dataclass(frozen=True)
class Addressed(Rule):
    """By whom a column writes out as `kind:id`, such as enterprise:17."""

    column: str
    kinds: tuple[tuple[str, str], ...]

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:  # noqa: ARG002 - asked of every rule
        found = []
        for word, table in self.kinds:
            other, alias = row.another(table)
            key = literal(f"{word}:").concat(alias.c.id)
            lies = other.lies(wholly=False)
            found.append(
                row(self.column).in_(select(key).where(alias.c.tenant_id == _TENANT, lies))
            )
        return or_(*found)


@dataclass(frozen=True)
class Either(Rule):
    rules: tuple[Rule, ...]

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        return or_(*(rule.on(row, wholly=wholly) for rule in self.rules))


@dataclass(frozen=True)
class Both(Rule):
    rules: tuple[Rule, ...]

    def on(self, row: Row, *, wholly: bool) -> ColumnElement[bool]:
        return and_(*(rule.on(row, wholly=wholly) for rule in self.rules))


@dataclass(frozen=True)
class Rules:
    """A rule for every table; one that nobody wrote down lies nowhere."""

    metadata: MetaData
    lines: dict[str, Rule]

    def of(self, table: str) -> Rule:
        return self.lines.get(table, Nowhere())

    def on(self, table: str, columns: Columns, *, wholly: bool) -> ColumnElement[bool]:
        """The condition on a row of the table, asked of its columns."""
        row = Row(self.metadata.tables[table], columns, self)
        return self.of(table).on(row, wholly=wholly)

    def everywhere(self, table: str) -> bool:
        """Whether a change to it need not be looked at."""
        rule = self.of(table)
        return isinstance(rule, Everywhere) and rule.held


@cache
def _target(table: Table, column: str) -> str:
    """The table that a column of ids points to."""
    for key in table.foreign_key_constraints:
        if column in key.column_keys:
            return key.referred_table.name
    raise LookupError(f"{table.name}.{column} points nowhere")


def missing(rules: Rules, tables: Iterable[str]) -> list[str]:
    return sorted(name for name in tables if name not in rules.lines)
