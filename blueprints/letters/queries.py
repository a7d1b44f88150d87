"""The official texts and their versions: what is in force, what waits, what came before."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from flask import abort
from sqlalchemy import func, select

from blueprints.notices.letters.texts import LetterText, all_texts
from blueprints.notices.wordings import LetterWording, WordingState
from tenants.db import db
from tenants.models import User


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for."""

    q: str = ""
    form: str = ""
    standing: str = ""

    @classmethod
    def from_args(cls, args: Any) -> Self:
        return cls(**{f.name: str(args.get(f.name, "")).strip() for f in fields(cls)})

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.form or self.standing)


@dataclass(frozen=True)
class Line:
    """One official text, and how it stands in this federation."""

    text: LetterText
    in_force: LetterWording | None  # None: the official wording
    waiting: LetterWording | None

    @property
    def standing(self) -> str:
        return "own" if self.own else "official"

    @property
    def own(self) -> bool:
        """Whether other words than the official ones are in force."""
        return self.in_force is not None and self.in_force.digest != self.text.version

    @property
    def outdated(self) -> bool:
        """Whether the official text has changed since ours was written from it."""
        return (
            self.in_force is not None
            and self.own
            and self.in_force.base_digest != self.text.version
        )


def lines(wanted: Wanted) -> list[Line]:
    """The texts asked for, in the order of their numbers."""
    standing = _standing()
    found = (Line(text, *standing.get(text.id, (None, None))) for text in all_texts().values())
    return [line for line in found if _matches(line, wanted)]


def line_of(text_id: str) -> Line:
    """One text, or 404."""
    text = all_texts().get(text_id) or abort(404)
    return Line(text, *_standing(text_id).get(text_id, (None, None)))


def versions(text_id: str) -> Sequence[LetterWording]:
    """Every version that was ever proposed, the newest first."""
    query = select(LetterWording).where(LetterWording.text_id == text_id)
    return db.session.scalars(query.order_by(LetterWording.number.desc())).all()


def open_proposal(text_id: str, *, lock: bool = False) -> LetterWording | None:
    """What waits for a decision; lock it to decide."""
    query = select(LetterWording).where(
        LetterWording.text_id == text_id, LetterWording.state == WordingState.PROPOSED
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def next_number(text_id: str) -> int:
    query = select(func.coalesce(func.max(LetterWording.number), 0) + 1)
    return db.session.scalars(query.where(LetterWording.text_id == text_id)).one()


def waiting() -> Sequence[LetterWording]:
    """Every open proposal, the oldest first."""
    query = select(LetterWording).where(LetterWording.state == WordingState.PROPOSED)
    return db.session.scalars(query.order_by(LetterWording.id)).all()


def names_of(rows: Sequence[LetterWording]) -> dict[int, str]:
    """Who proposed and who decided."""
    ids = {row.proposed_by_id for row in rows} | {row.decided_by_id for row in rows}
    query = select(User.id, User.name).where(User.id.in_(ids - {None}))
    return {row.id: row.name for row in db.session.execute(query)}


def _standing(text_id: str = "") -> dict[str, tuple[LetterWording | None, LetterWording | None]]:
    """By text: the newest approved version, and the one that waits."""
    query = select(LetterWording).where(
        LetterWording.state.in_((WordingState.APPROVED, WordingState.PROPOSED))
    )
    if text_id:
        query = query.where(LetterWording.text_id == text_id)
    found: dict[str, tuple[LetterWording | None, LetterWording | None]] = {}
    for row in db.session.scalars(query.order_by(LetterWording.number)):
        before = found.get(row.text_id, (None, None))
        approved = row.state == WordingState.APPROVED
        found[row.text_id] = (row, before[1]) if approved else (before[0], row)
    return found


def _matches(line: Line, wanted: Wanted) -> bool:
    said = f"{line.text.id} {line.text.title.zh} {line.text.title.en} {line.text.kind}".lower()
    if wanted.q.lower() not in said or (wanted.form and line.text.form != wanted.form):
        return False
    if wanted.standing == "waiting":
        return line.waiting is not None
    return not wanted.standing or line.standing == wanted.standing
