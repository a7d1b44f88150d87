"""The federation's certificate: taken in only when it can sign, kept sealed, told in words."""

import io
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from sqlalchemy import text

from blueprints.settings.certificate_models import signing_certificate
from blueprints.settings.pdf_signing import why_not
from tenants.clock import ZONE
from tenants.db import db
from tests.offers.world import instant
from tests.settings.certificates import PASSWORD, bundle, made, packed, root, rsa_key

WHEN = "2026-05-20"


def upload(browser, house, data, password=PASSWORD):
    sent = {"file": (io.BytesIO(data), "federation.p12"), "password": password}
    return browser.post(house.url("/settings/certificate"), data=sent)


@pytest.fixture(scope="module")
def authority():
    return root()


def test_a_certificate_is_kept_with_its_key_sealed_and_the_password_forgotten(
    ours, theirs, as_, authority
):
    data = bundle(*authority)
    assert upload(as_(ours.administrator), ours, data).status_code == 303
    with ours.scope(at=instant(WHEN)):
        one = signing_certificate()
        assert one.subject == "CN=示范市总工会"
        assert one.key_kind == "RSA 2048"
        stored = db.session.execute(text("SELECT s::text FROM signing_certificate s")).scalar()
        assert "BEGIN" not in one.pkcs12
        assert PASSWORD not in stored
        assert why_not() is None
    with theirs.scope():
        assert signing_certificate() is None
    page = as_(ours.administrator).get(ours.url("/settings/certificate")).text
    assert "示范市总工会" in page
    assert one.pkcs12[:20] not in page


def ed(authority):
    key = ed25519.Ed25519PrivateKey.generate()
    return packed(key, made("x", key, "示范根证书", authority[1]), None)


def no_key(authority):
    return packed(None, authority[0], None)


BAD = {
    "not a certificate": (lambda a: b"%PDF-1.7 a scan", "This is no PKCS#12 file"),
    "a text": (lambda a: b"-----BEGIN CERTIFICATE-----", "This is no PKCS#12 file"),
    "cut short": (lambda a: bundle(*a)[:400], "The password is wrong, or the file is damaged"),
    "another password": (lambda a: bundle(*a, password="x"), "The password is wrong"),
    "without a key": (no_key, "There is no key in the file"),
    "of another key": (lambda a: bundle(*a, of=rsa_key()), "does not match the key in it"),
    "run out": (lambda a: bundle(*a, first=datetime(2020, 1, 1, tzinfo=ZONE), days=30),
                "The certificate ran out on 2020-01-"),
    "not yet": (lambda a: bundle(*a, first=datetime(2099, 1, 1, tzinfo=ZONE)),
                "The certificate holds from "),
    "a short key": (lambda a: bundle(*a, key=rsa_key(1024)), "at least 2048"),
    "not for signing": (lambda a: bundle(*a, signs=False), "was not made for signing"),
    "another kind of key": (ed, "This kind of key cannot sign"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_certificate_that_cannot_sign_is_refused_beside_its_field(ours, as_, authority, kind):
    make, says = BAD[kind]
    refused = upload(as_(ours.administrator), ours, make(authority))
    assert refused.status_code == 422
    assert says in refused.text
    with ours.scope():
        assert signing_certificate() is None


def test_an_elliptic_key_will_do_and_another_certificate_takes_the_place(ours, as_, authority):
    browser = as_(ours.administrator)
    upload(browser, ours, bundle(*authority))
    assert upload(
        browser, ours, bundle(*authority, key=ec.generate_private_key(ec.SECP256R1()))
    ).status_code == 303  # fmt: skip
    with ours.scope():
        assert signing_certificate().key_kind == "EC secp256r1"


def test_one_that_has_run_out_since_says_so_and_can_be_thrown_away(ours, as_, authority):
    upload(as_(ours.administrator), ours, bundle(*authority, days=365))
    with ours.scope(at=instant("2027-02-01")):
        assert why_not().en == "The certificate ran out on 2027-01-01."
    browser = as_(ours.administrator)
    assert browser.post(ours.url("/settings/certificate/removal")).status_code == 303
    with ours.scope():
        assert signing_certificate() is None
        assert "no certificate yet" in why_not().en
    assert browser.post(ours.url("/settings/certificate/removal")).status_code == 303


def test_only_the_administrator_comes_here(ours, as_, authority):
    for person in (ours.officer, ours.approver, ours.auditor):
        assert as_(person).get(ours.url("/settings/certificate")).status_code == 403
        assert upload(as_(person), ours, bundle(*authority)).status_code == 403


def test_a_house_without_the_extra_says_so_and_takes_none(ours, as_, authority):
    browser = as_(ours.administrator)
    ours.app.config["PDF_SIGNING"] = False
    try:
        page = browser.get(ours.url("/settings/certificate")).text
        assert "This house has no PDF signature" in page
        assert 'type="file"' not in page
        assert upload(browser, ours, bundle(*authority)).status_code == 409
    finally:
        ours.app.config["PDF_SIGNING"] = True
