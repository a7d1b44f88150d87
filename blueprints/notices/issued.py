"""Letters that were issued, as anyone may compare them: number, date, issuer and fingerprints.

The letter itself is not kept here: it is made again out of its rows, word for word. A room that
issues letters teaches `remaking` how to make its own again, by the kind of row they belong to.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version

from flask import current_app
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from blueprints.notices.letters.check import check_code, fingerprint
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.model import Letter, plain
from blueprints.notices.letters.pdf import pdf
from tenants.db import Model, TenantOwned, db, one_of, tenant_fk
from tenants.federation import this_federation
from tenants.scope import current_tenant_id

Maker = Callable[[int, str], Letter]
_makers: dict[str, Maker] = {}
# What files are drawn with: another edition may draw the same words in other bytes.
EDITION = ", ".join(f"{name} {version(name)}" for name in ("typst", "docxtpl", "python-docx"))


class IssuedLetter(TenantOwned, Model):
    """One letter in one language. Never changed; whom it went to is not in it."""

    __tablename__ = "issued_letter"
    __table_args__ = (
        one_of("lang", ("zh", "en")),
        UniqueConstraint("tenant_id", "subject_kind", "subject_id", "lang"),
        CheckConstraint("fingerprint ~ '^[0-9a-f]{64}$'", name="fingerprint_hex"),
        Index("ix_issued_letter_code", "tenant_id", "code"),
    )

    subject_kind: Mapped[str]  # offer, … : the row the letter is made of
    subject_id: Mapped[int]
    lang: Mapped[str]
    text_id: Mapped[str]
    text_version: Mapped[str]
    number: Mapped[str]
    title: Mapped[str]
    issuer: Mapped[str]  # the first: a second one is the addressee's own union and would name it
    issued_on: Mapped[date]
    code: Mapped[str]  # printed on it, as 7K4M-92QD
    fingerprint: Mapped[str]  # of its words, see letters/check.py


class IssuedFile(TenantOwned, Model):
    """A file that was handed out. Another edition of what draws it adds another row."""

    __tablename__ = "issued_file"
    __table_args__ = (
        one_of("form", ("pdf", "docx")),
        tenant_fk("issued_letter", "letter_id"),
        UniqueConstraint("tenant_id", "letter_id", "sha256"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_hex"),
    )

    letter_id: Mapped[int]
    form: Mapped[str]
    sha256: Mapped[str]
    made_with: Mapped[str]


def remaking(kind: str) -> Callable[[Maker], Maker]:
    """Teach how the letters of `kind` are made again: `maker(subject_id, lang)`."""

    def teach(maker: Maker) -> Maker:
        _makers[kind] = maker
        return maker

    return teach


def made_again(letter: IssuedLetter) -> Letter:
    return _makers[letter.subject_kind](letter.subject_id, letter.lang)


def record(kind: str, letters: Sequence[tuple[int, date, Letter]]) -> int:
    """Write down issued letters in one statement; those that are there already stay. How many."""
    rows = [
        {
            "tenant_id": current_tenant_id(),
            "subject_kind": kind,
            "subject_id": subject_id,
            "lang": letter.lang,
            "text_id": letter.text_id,
            "text_version": letter.version,
            "number": plain(letter.doc_no),
            "title": letter.name,
            "issuer": plain(letter.letterhead[0]) if letter.letterhead else "",
            "issued_on": on,
            "code": check_code(printed),
            "fingerprint": printed,
        }
        for subject_id, on, letter in letters
        for printed in [fingerprint(letter)]
    ]
    if not rows:
        return 0
    found = db.session.execute(
        insert(IssuedLetter).values(rows).on_conflict_do_nothing().returning(IssuedLetter.id)
    )
    return len(found.all())


def behind(code: str) -> Sequence[IssuedLetter]:
    """The letters that carry a code; two share one about once in a million."""
    query = select(IssuedLetter).where(IssuedLetter.code == code).order_by(IssuedLetter.id)
    return db.session.scalars(query).all()


def files_of(letter: IssuedLetter) -> Sequence[IssuedFile]:
    query = select(IssuedFile).where(IssuedFile.letter_id == letter.id).order_by(IssuedFile.id)
    return db.session.scalars(query).all()


def check_url(code: str) -> str:
    """The public page on which a letter is compared, as its QR code has it."""
    return f"{current_app.config['BASE_URL']}/{this_federation().slug}/check?code={code}"


def digests_of(letter: Letter) -> dict[str, str]:
    """SHA-256 of the files the letter is handed out as, drawn now."""
    font_dir = current_app.extensions["settings"].font_dir
    drawn = {"pdf": pdf(letter, font_dir=font_dir), "docx": docx(letter)}
    return {form: hashlib.sha256(data).hexdigest() for form, data in drawn.items()}


def keep_file(
    subject: tuple[str, int], on: date, letter: Letter, *, form: str, data: bytes
) -> None:
    """Write down a file that is being handed out, and its letter where that was not yet."""
    kind, subject_id = subject
    record(kind, [(subject_id, on, letter)])
    its = select(IssuedLetter.id).filter_by(
        subject_kind=kind, subject_id=subject_id, lang=letter.lang
    )
    row = {
        "tenant_id": current_tenant_id(),
        "letter_id": db.session.scalars(its).one(),
        "form": form,
        "sha256": hashlib.sha256(data).hexdigest(),
        "made_with": EDITION,
    }
    db.session.execute(insert(IssuedFile).values(row).on_conflict_do_nothing())
