"""A file that comes with a form: kept with its row, refused beside its field, given out safely."""

import io
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from blueprints.shared.uploads import Upload, upload
from tenants.db import db
from tenants.models import Document, Serial
from tests.architecture.furnished import PDF

PAGE = PDF + b"<script>alert(1)</script>"


def field(data=None, name="回执.pdf"):
    sent = FileStorage(io.BytesIO(data), name) if data is not None else None
    return SimpleNamespace(data=sent, errors=[])


@pytest.fixture
def row(ours):
    with ours.scope():
        made = Serial(kind="offer", year=2026, last=1)
        db.session.add(made)
        db.session.flush()
        yield made


def test_no_file_is_no_fault(row, app):
    with app.test_request_context():
        assert upload(field(), "service", row) == Upload(fine=True)
        assert upload(field(b"", ""), "service", row) == Upload(fine=True)


def test_a_file_is_kept_with_its_row(row, ours):
    sent = upload(field(PDF), "service", row, by_id=ours.officer.id)
    kept = db.session.scalars(select(Document)).one()
    assert sent == Upload(fine=True, document_id=kept.id)
    assert (kept.subject_kind, kept.subject_id) == ("serial", row.id)
    assert kept.uploaded_by_id == ours.officer.id


@pytest.mark.parametrize("data", [b"", b"MZ" + bytes(50), b"<svg/>"])
def test_a_file_that_is_not_taken_says_why_beside_its_field(row, app, data):
    asked = field(data)
    asked.errors = ["before"]
    with app.test_request_context():
        assert upload(asked, "service", row).fine is False
    assert asked.errors[0] == "before"
    assert len(asked.errors) == 2


def test_a_proof_is_given_out_to_be_kept_and_never_shown(app, here_polyglot):
    """Whatever a scan holds besides, no browser of ours runs it."""
    answer = here_polyglot
    assert answer.status_code == 200
    assert answer.data == PAGE
    assert answer.headers["Content-Type"] == "application/pdf"
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment;")
    assert unquote(header.partition("UTF-8''")[2]) == "回执.html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.fixture
def here_polyglot(app, few, as_):
    """Upload it through the front door and ask for it back."""
    officer, offer = few.federation.officer, few.rows.offers[4]
    browser = as_(officer)
    path = few.federation.url(f"/offers/{offer}/service")
    sent = {
        "reached": "yes", "method": "in_person", "served_on": "2026-03-06",
        "receiver_name": "孙某某", "witness": "周某某",
        "evidence": (io.BytesIO(PAGE), "../回执.html"),
    }  # fmt: skip
    browser.post(path, data=sent)
    with few.federation.scope():
        query = select(Document.id).where(Document.name == "回执.html").order_by(Document.id)
        ident = db.session.scalars(query).first()
    assert ident is not None, "the proof was not kept"
    return browser.get(few.federation.url(f"/offers/{offer}/evidence/{ident}"))


def test_a_body_larger_than_the_house_takes_is_refused_in_words(app, ours, as_):
    limit = app.config["MAX_CONTENT_LENGTH"]
    answer = as_(ours.officer).post(
        ours.url("/imports"),
        data={"ledger": (io.BytesIO(bytes(limit + 1)), "x.xlsx"), "counted_on": "2026-03-01"},
    )
    assert answer.status_code == 413
    assert "too large" in answer.text or "过大" in answer.text
