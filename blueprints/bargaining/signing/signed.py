"""What a signed case hands to the rooms above: the exact text, its term, who put their seal to it.

A room above that must act at the moment of signature registers a function, which is called inside
the signing's own transaction; it raises RuleBroken where it cannot follow, and nothing is signed:

    @when_signed
    def make_contract(case: BargainingCase, text_sha256: str) -> None: …
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from blueprints.bargaining.ground.draft_models import Clause, ClauseAmount, Draft
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.signature_models import Seal, Signature, Signing, SigningState
from tenants.db import db

Follow = Callable[[BargainingCase, str], None]
_followers: dict[str, Follow] = {}


@dataclass(frozen=True)
class SignedText:
    """The text of a case as it was voted on and signed, and from when to when it is to run."""

    case_id: int
    signing_id: int
    draft_id: int
    version: int
    title: str
    text: str
    text_sha256: str
    signed_on: date
    term_from: date
    term_to: date


def when_signed(follow: Follow) -> Follow:
    """Call this with the case and the hash of its text in the transaction that signs it."""
    _followers[f"{follow.__module__}.{follow.__qualname__}"] = follow
    return follow


def case_signed(case: BargainingCase, text_sha256: str) -> None:
    """Tell everybody who asked to be told."""
    for follow in _followers.values():
        follow(case, text_sha256)


def signed_cases() -> Select[BargainingCase]:
    """Cases that are signed and not filed yet, the earliest signature first."""
    of_case = (Signing.tenant_id == BargainingCase.tenant_id) & (
        Signing.case_id == BargainingCase.id
    )
    return (
        select(BargainingCase)
        .join(Signing, of_case)
        .where(BargainingCase.state == CaseState.SIGNED, Signing.state == SigningState.SIGNED)
        .order_by(Signing.signed_on, BargainingCase.id)
    )


def signed_text(case_id: int) -> SignedText | None:
    """The text that was signed; None while nothing is."""
    of_draft = (Draft.tenant_id == Signing.tenant_id) & (Draft.id == Signing.draft_id)
    query = (
        select(Signing, Draft)
        .join(Draft, of_draft)
        .where(Signing.case_id == case_id, Signing.state == SigningState.SIGNED)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    signing, draft = found
    return SignedText(
        case_id=case_id,
        signing_id=signing.id,
        draft_id=draft.id,
        version=draft.version,
        title=draft.title,
        text=draft.text or "",
        text_sha256=signing.text_sha256,
        signed_on=signing.signed_on or signing.term_from,
        term_from=signing.term_from,
        term_to=signing.term_to,
    )


def signed_clauses(case_id: int) -> Sequence[tuple[Clause, Sequence[ClauseAmount]]]:
    """The clauses of the signed text in order, each with its figures: what can be checked later."""
    text = signed_text(case_id)
    if text is None:
        return []
    clauses = db.session.scalars(
        select(Clause).where(Clause.draft_id == text.draft_id).order_by(Clause.place, Clause.id)
    ).all()
    amounts = db.session.scalars(
        select(ClauseAmount)
        .where(ClauseAmount.clause_id.in_([clause.id for clause in clauses]))
        .order_by(ClauseAmount.id)
    ).all()
    return [(clause, [one for one in amounts if one.clause_id == clause.id]) for clause in clauses]


def signatures_of(signing_id: int) -> Sequence[Signature]:
    """The names under it, in their turn."""
    query = select(Signature).where(Signature.signing_id == signing_id).order_by(Signature.turn)
    return db.session.scalars(query).all()


def bases_of(case_id: int) -> dict[int, dict[str, Seal]]:
    """What each enterprise did for the signed text: its recognition, its seal, or both."""
    query = (
        select(Seal)
        .join(Signing, (Signing.tenant_id == Seal.tenant_id) & (Signing.id == Seal.signing_id))
        .where(Signing.case_id == case_id, Signing.state == SigningState.SIGNED)
    )
    found: dict[int, dict[str, Seal]] = {}
    for seal in db.session.scalars(query):
        found.setdefault(seal.enterprise_id, {})[seal.basis] = seal
    return found
