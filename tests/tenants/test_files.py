"""Files: what they are is read from what is in them, and what is kept is what came."""

import hashlib
import io
import zipfile

import pytest
from sqlalchemy import select

from tenants.db import db
from tenants.file_types import UNKNOWN, media_type_of
from tenants.files import PAPERS, SCANS, LocalDisk, UploadRefused, open_document, store
from tenants.models import Document

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (DOCX, WORD),
        (archive("xl/workbook.xml"), SHEET),
    ],
    ids=["pdf", "png", "jpeg", "docx", "xlsx"],
)
def test_a_file_is_what_its_content_says(data, kind):
    assert media_type_of(data) == kind


DISGUISED = {
    "a program": b"MZ\x90\x00" + bytes(60),
    "a program for linux": b"\x7fELF" + bytes(60),
    "a picture that runs script": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a page behind a comment": b"<!-- %PDF-1.7 --><script>alert(1)</script>",
    "a moving picture": b"GIF89a/*" + b"*/=alert(1);//",
    "a document with macros": archive("word/document.xml", "word/vbaProject.bin"),
    "macros in another place": archive("word/document.xml", "x/y/vbaProject.bin"),
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
    "any archive": archive("a.txt"),
    "a torn archive": DOCX[:40],
    "an archive behind something": b"x" + DOCX,
    "text": "甲方".encode(),
    "nothing to go by": bytes(8),
}


@pytest.mark.parametrize("data", DISGUISED.values(), ids=DISGUISED)
def test_what_is_not_a_paper_is_refused_whatever_it_is_called(ours, data):
    assert media_type_of(data) == UNKNOWN
    with ours.scope(), pytest.raises(UploadRefused) as refused:
        store(data, "回执.pdf", purpose="service")
    assert "PDF" in refused.value.text.zh
    assert "PDF" in refused.value.text.en


def test_a_sheet_is_no_proof_of_service(ours):
    with ours.scope(), pytest.raises(UploadRefused, match="not accepted here"):
        store(archive("xl/workbook.xml"), "x.pdf", purpose="service", allow=SCANS)


@pytest.mark.parametrize("data", [PDF, io.BytesIO(PDF)], ids=["bytes", "stream"])
def test_what_is_kept_is_what_came(ours, data):
    with ours.scope():
        document = store(
            data, "回执.pdf", purpose="service", subject=("offer", 7),
            uploaded_by_id=ours.officer.id,
        )  # fmt: skip
        db.session.commit()
        assert open_document(document) == PDF
        assert document.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (document.size, document.media_type) == (len(PDF), "application/pdf")
        assert (document.subject_kind, document.subject_id) == ("offer", 7)


def test_a_polyglot_is_kept_and_given_out_only_to_be_kept(ours):
    """A PDF may carry a page inside. It is never shown, only downloaded: see shared.exports."""
    with ours.scope():
        document = store(PDF + b"<script>alert(1)</script>", "x.html", purpose="service")
        assert document.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\win.pdf", "win.pdf"),
        ("/etc/passwd", "passwd"),
        ("C:\\scan.pdf", "scan.pdf"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("/", "file"),
        ("回执 （盖章）.pdf", "回执 （盖章）.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("长" * 300 + ".pdf", "长" * 200),
    ],
)
def test_a_name_is_a_label_and_never_a_place(ours, app, name, kept):
    with ours.scope():
        document = store(PDF, name, purpose="service")
        db.session.commit()
        assert document.name == kept
        assert document.storage_key == f"{ours.id}/{document.sha256[:2]}/{document.sha256}"


def test_the_same_bytes_are_kept_once_for_each_federation(ours, theirs, app):
    root = app.extensions["storage"].root
    for federation in (ours, ours, theirs):
        with federation.scope():
            store(PDF, "x.pdf", purpose="service")
            db.session.commit()
    digest = hashlib.sha256(PDF).hexdigest()
    for federation in (ours, theirs):
        folder = root / str(federation.id) / digest[:2]
        assert [path.name for path in folder.iterdir()] == [digest]
        with federation.scope():
            owned = db.session.scalars(select(Document)).all()
            assert {row.tenant_id for row in owned} == {federation.id}


def test_an_empty_file_is_sent_back(ours):
    with ours.scope(), pytest.raises(UploadRefused, match="empty"):
        store(io.BytesIO(b""), "x.pdf", purpose="service")


def test_the_largest_file_is_taken_and_one_byte_more_is_not(ours, app):
    limit = app.config["MAX_UPLOAD_BYTES"]
    whole = PDF + bytes(limit - len(PDF))
    with ours.scope():
        assert store(io.BytesIO(whole), "x.pdf", purpose="service").size == limit
        for source in (whole + b"x", io.BytesIO(whole + b"x")):
            with pytest.raises(UploadRefused, match="larger than 25 MB"):
                store(source, "x.pdf", purpose="service")


def test_a_file_that_was_changed_or_lost_is_not_given_out(ours, app):
    with ours.scope():
        document = store(PDF, "x.pdf", purpose="service", allow=PAPERS)
        path = app.extensions["storage"].root / document.storage_key
        path.write_bytes(PDF + b"forged")
        with pytest.raises(OSError, match="does not match"):
            open_document(document)
        path.unlink()
        with pytest.raises(OSError, match="No such file"):
            open_document(document)


def test_a_broken_write_leaves_no_half_file(tmp_path):
    disk = LocalDisk(tmp_path)
    disk.put("1/ab/abc", b"whole")
    disk.put("1/ab/abc", b"whole")
    assert disk.get("1/ab/abc") == b"whole"
    assert [path.name for path in (tmp_path / "1" / "ab").iterdir()] == ["abc"]
