"""The caught mail of a demo: text, never markup; and nothing of it in a service in earnest."""

import pytest

HTML = """<html><head><style>p {color: red}</style></head><body><script>alert(1)</script>
<p>您好，<b>刘某某</b></p><p><a href="https://x.example/y">打开</a></p></body></html>"""


@pytest.fixture
def demo(app, visitor):
    """A visitor of a house that runs as a demo."""
    app.config["DEMO_MODE"] = True
    yield visitor
    app.config["DEMO_MODE"] = False


@pytest.fixture
def folder(app):
    found = app.extensions["settings"].instance / "mail"
    found.mkdir(exist_ok=True)
    yield found
    for path in found.iterdir():
        path.unlink()


def test_mails_are_listed_newest_first_and_found_by_recipient(demo, folder):
    drop(folder, "1000-000001.eml", to="a@firm.example", subject="=?utf-8?b?5Zue5omn?=")
    drop(folder, "2000-000002.eml", to="b@firm.example", subject="second")
    page = demo.get("/mail").text
    assert page.index("second") < page.index("回执")
    only = demo.get("/mail?to=A@firm").text
    assert "回执" in only
    assert "second" not in only


def test_html_is_shown_as_its_words(demo, folder):
    drop(folder, "1-1.eml", kind="text/html", body=HTML)
    page = demo.get("/mail/1-1.eml").text
    assert "刘某某" in page
    assert "https://x.example/y" in page
    assert "alert(1)" not in page
    assert "color: red" not in page


def test_attachments_are_named(demo, folder):
    mail = (
        "From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n'
        "hello\r\n--x\r\nContent-Type: application/pdf\r\n"
        'Content-Disposition: attachment; filename="offer.pdf"\r\n\r\n%PDF\r\n--x--\r\n'
    )
    (folder / "1-1.eml").write_bytes(mail.encode())
    page = demo.get("/mail/1-1.eml").text
    assert "hello" in page
    assert "offer.pdf" in page


def test_other_files_and_broken_mails_do_no_harm(demo, folder):
    (folder / "1-1.eml").write_bytes(b"\xff\xfe\x00 no mail at all")
    (folder / "2-1.eml").write_bytes(
        b"Subject: =?nonsense?b?!!?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nhi"
    )
    assert demo.get("/mail").status_code == 200
    assert demo.get("/mail/1-1.eml").status_code == 200
    assert demo.get("/mail/2-1.eml").status_code == 200
    for name in ("..%2f..%2fetc%2fpasswd", "services.json", "..", "none.eml"):
        assert demo.get(f"/mail/{name}").status_code == 404


def test_there_is_no_such_page_in_earnest(visitor, folder):
    drop(folder, "1-1.eml")
    assert visitor.get("/mail").status_code == 404
    assert visitor.get("/mail/1-1.eml").status_code == 404


def drop(folder, name, *, to="a@firm.example", subject="s", kind="text/plain", body="hello"):
    head = f"X-Envelope-To: {to}\r\nFrom: x@y.example\r\nTo: {to}\r\nSubject: {subject}\r\n"
    head += f'Content-Type: {kind}; charset="utf-8"\r\n\r\n'
    (folder / name).write_bytes((head + body).encode())
