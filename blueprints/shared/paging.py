"""Turning the leaves of a long list by its keys, so that page 600 costs what page 1 does."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, or_

from tenants.db import db

SIZE = 50
LARGEST = 2**63  # of a bigint
Value = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Key:
    """One column of the order. It must not be NULL: wrap it in coalesce() where it may be."""

    column: SQLColumnExpression[Any]
    descending: bool = False

    @property
    def ordered(self) -> ColumnElement[Any]:
        """As ORDER BY has it: what a sheet is taken away by, in the order its list shows."""
        return self.column.desc() if self.descending else self.column.asc()


def turned(keys: Iterable[Key], sort: str) -> tuple[Key, ...]:
    """The keys as `sort` asks for them: a name with "-" before it turns every one round."""
    down = sort.startswith("-")
    return tuple(Key(key.column, key.descending is not down) for key in keys)


@dataclass(frozen=True)
class Page:
    """A leaf of the list, and the cursors of its neighbours (None where there is none)."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    following: str | None
    preceding: str | None

    def __bool__(self) -> bool:
        return bool(self.rows)


def leaf(
    query: Select[*tuple[Any, ...]],
    order: Sequence[Key],
    *,
    cursor: str | None = None,
    size: int = SIZE,
) -> Page:
    """One page of `query` in `order`, whose last key must be unique.

    The columns of `order` are added to the rows as k0, k1, … A cursor that cannot be read is
    taken for none: a mistyped address shows the first page.
    """
    backwards, values = read_cursor(cursor, order)
    keyed = query.add_columns(*(key.column.label(f"k{n}") for n, key in enumerate(order)))
    if values is not None:
        keyed = keyed.where(_beyond(order, values, backwards))
    keyed = keyed.order_by(
        *(k.column.desc() if k.descending is not backwards else k.column.asc() for k in order)
    )
    rows = list(db.session.execute(keyed.limit(size + 1)))
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    following = more if not backwards else values is not None
    preceding = more if backwards else values is not None
    return Page(
        rows,
        write_cursor("f", rows[-1], len(order)) if rows and following else None,
        write_cursor("b", rows[0], len(order)) if rows and preceding else None,
    )


def _beyond(order: Sequence[Key], values: Sequence[Value], backwards: bool) -> ColumnElement[bool]:
    """Rows after `values` in the order: (a > x) or (a = x and b > y), and so on."""
    steps = []
    for n, (key, value) in enumerate(zip(order, values, strict=True)):
        same = [k.column == v for k, v in zip(order[:n], values[:n], strict=True)]
        down = key.descending is not backwards
        steps.append(and_(*same, key.column < value if down else key.column > value))
    return or_(*steps)


def write_cursor(direction: str, row: Row[*tuple[Any, ...]], keys: int) -> str:
    values = [_packed(getattr(row, f"k{n}")) for n in range(keys)]
    text = json.dumps([direction, *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, order: Sequence[Key]) -> tuple[bool, list[Value] | None]:
    """Which way, and the keys of the row to go on from; None where they are not of this list."""
    if not cursor:
        return False, None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        direction, *values = json.loads(raw)
        unpacked = [_unpacked(value) for value in values]
    except (ValueError, TypeError, KeyError):
        return False, None
    fits = len(unpacked) == len(order) and all(map(_fits, order, unpacked))
    if not fits or direction not in ("f", "b"):
        return False, None
    return direction == "b", unpacked


def _fits(key: Key, value: Value) -> bool:
    """Whether the database can compare the column with it. Any other address was made by hand."""
    kind = cast("ColumnElement[Any]", key.column).type.python_type
    if isinstance(value, str) and kind is str:
        return "\x00" not in value
    if isinstance(value, int | float) and kind in {int, float, bool}:
        return isinstance(value, bool) is (kind is bool) and abs(value) < LARGEST
    return type(value) is kind


def _packed(value: Value) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def _unpacked(value: Any) -> Value:
    if isinstance(value, dict):
        if "t" in value:
            return datetime.fromisoformat(value["t"])
        return date.fromisoformat(value["d"])
    if isinstance(value, str | int | float) or value is None:
        return value
    raise ValueError(value)
