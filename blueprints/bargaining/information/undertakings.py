"""Undertakings of secrecy: asked for in words, confirmed by private link, or signed on paper."""

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import InfoItem, Undertaking
from blueprints.bargaining.ground.team_models import Representative
from blueprints.bargaining.information.letters import undertaking_text
from blueprints.shared.read_once import read_once
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

CHANGED = Text(
    "承诺书文本刚才已更换，请重新阅读后再确认。",
    "The text was changed a moment ago. Read it again, then confirm.",
)
NOT_ASKED = Text("没有待确认的承诺书。", "There is no undertaking to confirm.")
ANOTHER_NAME = Text(
    "姓名与名册不一致；如名册有误，请联系工会干部更正。",
    "This is not the name on the roster. If the roster is wrong, tell the officer.",
)


def ask(
    case: BargainingCase, people: Sequence[Representative], *,
    until_on: date, covers: str, back_within: str,
) -> int:  # fmt: skip
    """Put the text before each of these who has no promise in force; how many were asked.

    A text that was asked for and not signed is replaced. The private link shows it.
    """
    standing = undertakings_of(case.id)
    asked = 0
    for one in people:
        kept = standing.get(one.id)
        if in_force(kept):
            continue
        _replace(kept)
        words = undertaking_text(case, one, until_on, covers, back_within)
        db.session.add(Undertaking(
            case_id=case.id, representative_id=one.id, until_on=until_on, covers=covers,
            text=words, text_sha256=fingerprint(words),
        ))  # fmt: skip
        asked += 1
    db.session.flush()
    trail.record("undertaking.asked", case, people=asked, until=until_on.isoformat())
    return asked


def confirm(case: BargainingCase, one: Representative, name: str, seen_sha256: str) -> Undertaking:
    """The person behind the link puts their name to exactly the text they were shown."""
    query = select(Undertaking).where(
        Undertaking.case_id == case.id, Undertaking.representative_id == one.id,
        Undertaking.replaced_at.is_(None),
    )  # fmt: skip
    kept = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if kept is None or kept.signed_on is not None:
        raise RuleBroken(NOT_ASKED)
    if kept.text_sha256 != seen_sha256:
        raise RuleBroken(CHANGED)
    if "".join(name.split()) != "".join(one.name.split()):
        raise RuleBroken(ANOTHER_NAME)
    kept.signed_on, kept.confirmed_at, kept.confirmed_name = today(), now(), name
    db.session.flush()
    trail.record(
        "undertaking.confirmed", case, person=one.name, until=kept.until_on.isoformat(),
        sha256=kept.text_sha256,
    )  # fmt: skip
    return kept


def undertake(
    case: BargainingCase,
    one: Representative,
    *,
    signed_on: date,
    until_on: date,
    covers: str,
    scan_id: int,
) -> Undertaking:
    """A promise on paper, with its scan; it takes the place of one that stood before."""
    _replace(undertakings_of(case.id).get(one.id))
    made = Undertaking(
        case_id=case.id, representative_id=one.id, signed_on=signed_on, until_on=until_on,
        covers=covers, scan_id=scan_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    trail.record("undertaking.signed", case, person=one.name, until=until_on.isoformat())
    return made


@read_once
def undertakings_of(case_id: int) -> dict[int, Undertaking]:
    """What stands of each representative: asked for, or signed."""
    query = select(Undertaking).where(
        Undertaking.case_id == case_id, Undertaking.replaced_at.is_(None)
    )
    return {one.representative_id: one for one in db.session.scalars(query)}


def in_force(promise: Undertaking | None) -> bool:
    """Signed, by link or on paper, and not run out."""
    return promise is not None and promise.signed_on is not None and promise.until_on >= today()


def may_read(item: InfoItem, promise: Undertaking | None) -> bool:
    """Whether somebody of a team may open a file: a secret one only under a promise in force."""
    return not item.confidential or in_force(promise)


def signed_texts(case: BargainingCase) -> list[tuple[str, str]]:
    """What was confirmed on line, person by person: for the binder."""
    names = {one.id: one.name for one in queries.representatives_of(case.id, still=False)}
    found = []
    for ident, one in sorted(undertakings_of(case.id).items()):
        if one.confirmed_at is not None:
            when = f"在线确认：{one.confirmed_name}　{one.confirmed_at.isoformat()}"
            mark = f"文本指纹（SHA-256）：{one.text_sha256}"
            found.append((names[ident], f"{one.text}\n\n{when}\n{mark}\n"))
    return found


def fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _replace(kept: Undertaking | None) -> None:
    if kept is not None:
        kept.replaced_at = now()
        db.session.flush()
