"""What an enterprise has said in its case, first to last: word for word, each with its time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from sqlalchemy import Select, select

from blueprints.exposures import wording
from blueprints.exposures.models import Exposure
from blueprints.exposures.reading import FRESH
from blueprints.exposures.statement_models import SupplementaryStatement
from rules.days import local_day
from rules.words import Text
from tenants.db import db


@dataclass(frozen=True)
class Said:
    """One statement; the first has number 1, and what was added later follows in its order."""

    number: int
    words: str
    at: datetime
    late: bool  # received after the last day of the right of reply; heard all the same
    channel: str
    by: str | None  # who filed it; never shown to the public
    file_id: int | None
    shown: bool  # whether it may be shown beside the announcement
    examined_at: datetime | None
    examined_by_id: int | None
    finding: str | None

    @property
    def names_people(self) -> bool:
        """Whether it holds personal or pay data, so that it is never shown, whoever wishes it."""
        return private(self.words)

    @property
    def held_back_as_asked(self) -> bool:
        """Whether it could be shown, and only the enterprise's own wish keeps it on file."""
        return not self.shown and not self.names_people


def private(words: str) -> bool:
    return "exposure.personal_data" in set(wording.faults(words))


def said_in(exposure: Exposure) -> list[Said]:
    return statements_of([exposure])[exposure.id]


def statements_of(exposures: Sequence[Exposure]) -> Mapping[int, list[Said]]:
    """What was said in each of these cases, in one statement for one or for many."""
    added: dict[int, list[SupplementaryStatement]] = {one.id: [] for one in exposures}
    first = [one.id for one in exposures if one.statement is not None]
    if first:
        query = select(SupplementaryStatement).where(SupplementaryStatement.exposure_id.in_(first))
        ordered = query.order_by(SupplementaryStatement.id)
        for row in db.session.scalars(ordered, execution_options=FRESH):
            added[row.exposure_id].append(row)
    return {one.id: _in_order(one, added[one.id]) for one in exposures}


def unexamined(exposure_id: int) -> Select[SupplementaryStatement]:
    """Further statements on which there is no finding yet, locked."""
    waiting = SupplementaryStatement.examined_at.is_(None)
    query = select(SupplementaryStatement).where(
        SupplementaryStatement.exposure_id == exposure_id, waiting
    )
    return query.order_by(SupplementaryStatement.id).with_for_update()


def _in_order(exposure: Exposure, added: Sequence[SupplementaryStatement]) -> list[Said]:
    if exposure.statement is None or exposure.statement_at is None:
        return []
    number, ends_on = count(1), exposure.window_ends_on
    first = Said(
        next(number), exposure.statement, exposure.statement_at,
        _late(exposure.statement_at, ends_on), exposure.statement_channel or "",
        exposure.statement_by, exposure.statement_file_id, exposure.statement_open is True,
        exposure.examined_at, exposure.examined_by_id, exposure.examined_note,
    )  # fmt: skip
    later = (
        Said(
            next(number), one.words, one.received_at, _late(one.received_at, ends_on),
            one.channel, one.filed_by, one.file_id, one.shown, one.examined_at,
            one.examined_by_id, one.examined_note,
        )
        for one in added
    )  # fmt: skip
    return [first, *later]


def _late(at: datetime, ends_on: date | None) -> bool:
    return ends_on is not None and local_day(at) > ends_on


def shown_words(said: Sequence[Said]) -> Text:
    """What may stand beside the announcement: each in full, a later one under its day."""
    parts = [(_heading(one), one.words) for one in said if one.shown]
    return Text(
        "\n".join(f"{head.zh}{words}" for head, words in parts),
        "\n".join(f"{head.en}{words}" for head, words in parts),
    )


def _heading(one: Said) -> Text:
    if one.number == 1:
        return Text("", "")
    on = local_day(one.at)
    return Text(f"（{on.year}年{on.month}月{on.day}日补充）", f"(Added on {on.isoformat()}) ")
