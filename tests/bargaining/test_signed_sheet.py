"""The signing sheet under the federation's own certificate: kept, verified by another's reader."""

from io import BytesIO

import pytest
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import text

from blueprints.bargaining.ground.signature_models import Party
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.signing.sheet_signatures import certify, signed_sheets
from blueprints.settings import certificates
from rules.broken import RuleBroken
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document
from tests.bargaining.table_world import SIGNED, signed, voting
from tests.settings.certificates import PASSWORD, bundle, root


@pytest.fixture(scope="module")
def authority():
    return root()


def equipped(case, authority, **facts):
    """The federation has uploaded its certificate."""
    with case.at(SIGNED):
        found = certificates.read(bundle(*authority, **facts), PASSWORD, at=certificates.now())
        certificates.keep(found, by_id=case.federation.administrator.id)
        db.session.commit()
    return case


def signing_of(case):
    return signing_queries.standing_signing(case.case_id)


def verdict(pdf: bytes, root_certificate):
    """What a reader that trusts this root says of the one signature in the file."""
    trusted = Certificate.load(root_certificate.public_bytes(Encoding.DER))
    (one,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
    return validate_pdf_signature(one, signer_validation_context=context)


def test_the_signed_sheet_is_kept_and_verifies_and_one_changed_byte_is_seen(ours, as_, authority):
    case = equipped(signed(ours), authority)
    browser = as_(ours.officer)
    with case.at(SIGNED):
        address = ours.url(f"/signings/{signing_of(case).id}")
    assert browser.post(f"{address}/certify").status_code == 303
    with case.at(SIGNED):
        (sheet,) = signed_sheets(signing_of(case).id)
        document = db.session.get_one(Document, (sheet.tenant_id, sheet.document_id))
        pdf = open_document(document)
    found = verdict(pdf, authority[0])
    assert found.intact
    assert found.valid
    assert found.trusted
    assert found.bottom_line
    at = len(pdf) // 3
    changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    assert not verdict(changed, authority[0]).intact
    assert not verdict(pdf, root()[0]).trusted
    page = browser.get(address).text
    assert "CN=示范市总工会" in page
    assert browser.get(
        ours.url(f"/cases/{case.case_id}/documents/{sheet.document_id}")
    ).data == pdf  # fmt: skip
    assert "Signing sheet, signed by the federation" in browser.get(
        ours.url(f"/cases/{case.case_id}/trace")
    ).text  # fmt: skip


def test_the_sheet_waits_for_every_name(ours, authority):
    case = equipped(voting(ours).count().sign(Party.WORKERS), authority)
    with case.at(SIGNED), pytest.raises(RuleBroken, match="every name"):
        certify(case.case, signing_of(case), by_id=ours.officer.id)


def test_a_certificate_that_has_run_out_signs_nothing_and_the_page_says_why(ours, as_, authority):
    case = equipped(signed(ours), authority, days=200)
    with case.at("2026-12-01"), pytest.raises(RuleBroken, match="ran out on 2026-07-"):
        certify(case.case, signing_of(case), by_id=ours.officer.id)
    with case.at(SIGNED):
        address = ours.url(f"/signings/{signing_of(case).id}")
    assert "ran out on 2026-07-" in as_(ours.officer).get(address).text


def test_without_certificate_or_without_the_extra_the_page_says_so_plainly(ours, as_):
    case = signed(ours)
    with case.at(SIGNED):
        address = ours.url(f"/signings/{signing_of(case).id}")
    browser = as_(ours.officer)
    assert "no certificate yet" in browser.get(address).text
    ours.app.config["PDF_SIGNING"] = False
    try:
        assert "This house has no PDF signature" in browser.get(address).text
        assert browser.get(f"{address}/sheet.pdf").data[:4] == b"%PDF"
        assert browser.post(f"{address}/certify").status_code == 422
    finally:
        ours.app.config["PDF_SIGNING"] = True


@pytest.mark.parametrize("statement", ["UPDATE sheet_signature SET seals = 9",
                                       "DELETE FROM sheet_signature"])  # fmt: skip
def test_the_database_lets_nobody_touch_what_was_signed(ours, authority, statement):
    case = equipped(signed(ours), authority)
    with case.at(SIGNED):
        certify(case.case, signing_of(case), by_id=ours.officer.id)
        db.session.commit()
        with pytest.raises(Exception, match="permission denied"):
            db.session.execute(text(statement))
        db.session.rollback()
