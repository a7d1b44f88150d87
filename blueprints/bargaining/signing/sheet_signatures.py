"""Signing sheets that carry the federation's own digital signature, kept as they were signed."""

from collections.abc import Sequence

from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import SheetSignature, Signing, SigningState
from blueprints.bargaining.signing.queries import seals_of
from blueprints.bargaining.signing.sheet import sheet_pdf
from blueprints.settings import pdf_signing
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.files import store
from tenants.trail import named

PURPOSE = "signing_sheet"
FIRST_THE_NAMES = Text(
    "各方签字齐全以后，才能在签字页上加盖数字签名。",
    "The sheet is signed once every name that is wanted stands on it.",
)


def why_not(_case: BargainingCase, signing: Signing) -> Text | None:
    """What stands in the way of the federation's signature under the sheet."""
    if signing.state != SigningState.SIGNED:
        return FIRST_THE_NAMES
    return pdf_signing.why_not()


def certify(case: BargainingCase, signing: Signing, *, by_id: int) -> SheetSignature:
    """Sign the sheet as it stands now, and keep it: a later accession asks for another one."""
    if (fault := why_not(case, signing)) is not None:
        raise RuleBroken(fault)
    reason = f"{case.name}（{case.document_no}）签字页 SHA-256 {signing.text_sha256}"
    data, certificate = pdf_signing.signed_pdf(sheet_pdf(case, signing), reason)
    document = store(
        data, f"{case.document_no}-签字页.pdf", purpose=PURPOSE, subject=named(case),
        uploaded_by_id=by_id,
    )  # fmt: skip
    given = sum(len(bases) for bases in seals_of(signing.id).values())
    one = SheetSignature(
        signing_id=signing.id, text_sha256=signing.text_sha256, document_id=document.id,
        certificate_sha256=certificate.sha256, subject=certificate.subject, seals=given,
        signed_at=now(), signed_by_id=by_id,
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    trail.record(
        "signing.sheet_signed", case, name=certificate.subject, sha256=document.sha256,
        certificate=certificate.sha256,
    )  # fmt: skip
    return one


def signed_sheets(signing_id: int) -> Sequence[SheetSignature]:
    """Every sheet that was signed, the latest first."""
    query = select(SheetSignature).where(SheetSignature.signing_id == signing_id)
    return db.session.scalars(query.order_by(SheetSignature.id.desc())).all()
