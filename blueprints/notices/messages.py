"""The text of a notice: composed once, shared by all who get it, filled in for each."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from blueprints.notices.letters.merge import prerender
from blueprints.notices.letters.texts import LetterText, letter_text
from blueprints.notices.letters.values import Lang, MissingValue, printed
from blueprints.notices.models import Message
from blueprints.notices.wordings import text_in_force
from tenants.db import db
from tenants.scope import current_tenant_id

SLOT = re.compile(r"\{\{ (\w+) \}\}")


def language_of(locale: str) -> Lang:
    return "en" if locale == "en" else "zh"


def message_for(
    kind: str,
    text_id: str,
    *,
    open_slots: Collection[str],
    shared: Mapping[str, Any],
    locale: str = "zh_CN",
    text: LetterText | None = None,
) -> Message:
    """The message many recipients get, found or made.

    `open_slots` are the placeholders that each notice brings in its `fields`, printed already;
    all others are filled here from `shared`. Pass `text` for a federation's own wording. Raises
    MissingValue where something is in neither.
    """
    text = text or text_in_force(text_id)
    merge = prerender(text, shared, language_of(locale), open_slots)
    marks = {name: f"{{{{ {name} }}}}" for name in merge.kinds}
    subject, body = merge.subject.fill(marks), merge.text.fill(marks)
    row = {
        "tenant_id": current_tenant_id(),
        "kind": kind,
        "text_id": text.id,
        "text_version": text.version,
        "locale": locale,
        "digest": hashlib.sha256(f"{subject}\n{body}".encode()).hexdigest(),
    }
    query = select(Message).filter_by(**row)
    found = db.session.scalar(query)
    if found is None:
        made = insert(Message).values(**row, subject=subject, body=body)
        db.session.execute(made.on_conflict_do_nothing())
        found = db.session.scalars(query).one()
    return found


def one_message(
    kind: str,
    text_id: str,
    values: Mapping[str, Any],
    locale: str,
    text: LetterText | None = None,
) -> tuple[Message, dict[str, str]]:
    """A message for a single notice, and that notice's fields.

    Every plain placeholder is left open, so that single notices of one kind share a message too.
    """
    text = text or text_in_force(text_id)
    plain = {name for name, holder in text.placeholders.items() if not holder.lists}
    message = message_for(kind, text_id, open_slots=plain, shared=values, locale=locale, text=text)
    return message, fields_for(message, values, text)


def fields_for(
    message: Message, values: Mapping[str, Any], text: LetterText | None = None
) -> dict[str, str]:
    """What one recipient puts into the open slots, printed as the text declares it.

    Raises MissingValue naming everything that is wanted and not there.
    """
    text = text or letter_text(message.text_id)
    wanted = slots(message)
    if missing := [name for name in wanted if values.get(name) is None]:
        raise MissingValue(missing)
    lang = language_of(message.locale)
    return {
        name: printed(name, text.placeholders[name].type, values[name], lang) for name in wanted
    }


def slots(message: Message) -> list[str]:
    """The names that are still open, in the order of the text."""
    return list(dict.fromkeys(SLOT.findall(f"{message.subject}\n{message.body}")))


@dataclass(frozen=True)
class Pattern:
    """A text cut at its open slots: words, name, words, name, words."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, source: str) -> Self:
        return cls(tuple(SLOT.split(source)))

    @property
    def whole(self) -> bool:
        """Whether nothing is open in it."""
        return len(self.parts) == 1

    def fill(self, fields: Mapping[str, Any]) -> str:
        """Plain replacement: a value is never read as a slot. Raises MissingValue."""
        parts = list(self.parts)
        try:
            parts[1::2] = [str(fields[name]) for name in self.parts[1::2]]
        except KeyError as missing:
            raise MissingValue(missing.args) from None
        return "".join(parts)


def as_sent(message: Message, fields: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text just as this recipient gets them. Raises MissingValue."""
    return Pattern.of(message.subject).fill(fields), Pattern.of(message.body).fill(fields)
