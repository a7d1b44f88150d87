"""Anybody compares a letter with the record, and learns nothing else from it."""

import hashlib
from io import BytesIO

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from blueprints.notices.issued import IssuedFile, IssuedLetter
from blueprints.offers.ground.letters import handed_out, offer_letter, render_letter
from blueprints.offers.ground.queries import get_offer
from jobs.issued import record_offers
from tenants.db import db
from tests.offers.world import instant, issued

FIRM = "示例甲餐饮有限公司"


@pytest.fixture
def letter(ours):
    """An issued offer, written down: its id, its check code, and its PDF."""
    (offer_id,) = issued(ours, (FIRM,), at=instant("2026-03-02", 9))
    with ours.app.app_context():
        assert record_offers(tenant_id=ours.id) == 1
        assert record_offers(tenant_id=ours.id) == 0
    with ours.scope():
        offer = get_offer(offer_id)
        return offer, offer_letter(offer).check, render_letter(offer, "zh", "pdf")


@pytest.fixture
def visitor(visitor):
    """Somebody who reads English."""
    visitor.set_cookie("language", "en")
    return visitor


def sent(ours, visitor, code, data):
    return visitor.post(
        ours.url("/check"), data={"code": code, "file": (BytesIO(data), "letter.pdf")}
    )


def test_the_code_leads_to_number_date_issuer_and_fingerprints(ours, visitor, letter):
    offer, check, pdf = letter
    answer = visitor.get(ours.url(f"/check?code={check.code}"))
    assert answer.status_code == 200
    assert offer.document_no in answer.text
    assert "2 March 2026" in answer.text
    assert hashlib.sha256(pdf).hexdigest() in answer.text


def test_nobody_learns_whom_a_letter_went_to(ours, visitor, letter):
    _offer, check, _pdf = letter
    text_shown = visitor.get(ours.url(f"/check?code={check.code}")).text
    assert FIRM not in text_shown
    assert "/reply/" not in text_shown


def test_a_code_is_read_as_people_write_it(ours, visitor, letter):
    offer, check, _pdf = letter
    typed = check.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    answer = visitor.get(ours.url("/check"), query_string={"code": typed})
    assert offer.document_no in answer.text


def test_the_qr_code_leads_to_the_check_page_of_the_federation(ours, letter):
    _offer, check, _pdf = letter
    assert check.url.endswith(f"/{ours.slug}/check?code={check.code}")


def test_without_script_a_file_is_compared_here_and_not_kept(ours, visitor, letter):
    offer, check, pdf = letter
    assert "as it was issued" in sent(ours, visitor, check.code, pdf).text
    with ours.scope():
        word = render_letter(offer, "zh", "docx")
    assert "as it was issued" in sent(ours, visitor, check.code, word).text
    changed = sent(ours, visitor, check.code, pdf + b"\n").text
    assert "not one that was issued" in changed
    with ours.scope():
        assert db.session.scalar(text("SELECT count(*) FROM document")) == 0


def test_a_file_is_asked_for_where_there_is_none(ours, visitor, letter):
    _offer, check, _pdf = letter
    assert visitor.post(ours.url("/check"), data={"code": check.code}).status_code == 422


@pytest.mark.parametrize("code", ["7K4M-92QD", "nonsense", "7K4M-92QD-extra", "' OR 1=1"])
def test_a_code_of_nothing_finds_nothing(ours, visitor, code):
    answer = visitor.get(ours.url("/check"), query_string={"code": code})
    assert answer.status_code == 404
    assert "No letter with this code" in answer.text


def test_another_federation_does_not_know_the_code(theirs, visitor, letter):
    _offer, check, _pdf = letter
    assert visitor.get(theirs.url(f"/check?code={check.code}")).status_code == 404


def test_the_english_letter_has_a_code_of_its_own(ours, visitor, letter):
    offer, check, _pdf = letter
    with ours.scope():
        english = offer_letter(get_offer(offer.id), "en").check
    assert english.code != check.code
    assert offer.document_no in visitor.get(ours.url(f"/check?code={english.code}")).text


def test_a_record_of_a_letter_is_never_changed(ours, letter):
    with ours.scope():
        handed_out(get_offer(letter[0].id), "zh", "pdf")
        db.session.commit()
        for statement in ("UPDATE issued_letter SET number = ''", "DELETE FROM issued_file"):
            with pytest.raises(DBAPIError):
                db.session.execute(text(statement))
            db.session.rollback()


def test_the_worker_writes_the_letters_down_after_they_were_issued(ours, work):
    issued(ours, (FIRM, "示例乙餐饮有限公司"), at=instant("2026-03-02", 9))
    work()
    with ours.scope():
        assert db.session.scalar(select(func.count()).select_from(IssuedLetter)) == 4


def test_a_file_that_is_handed_out_is_written_down_once(ours, as_, letter):
    offer, _check, _pdf = letter
    for _ in range(2):
        got = as_(ours.officer).get(ours.url(f"/offers/{offer.id}/letter.pdf"))
        assert got.status_code == 200
    with ours.scope():
        (kept,) = db.session.scalars(select(IssuedFile))
        assert kept.sha256 == hashlib.sha256(got.data).hexdigest()
