"""Chinese first, English on request: this browser's choice, then the account's."""

import os

import pytest
from babel.messages.mofile import read_mo

from blueprints.shared import languages
from blueprints.shared.languages import LOCALES, language, said
from rules.words import Text
from tenants.models import User

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Offers"
msgstr "%s"
"""


@pytest.mark.parametrize(
    ("cookie", "spoken"),
    [(None, "zh"), ("zh_CN", "zh"), ("en", "en"), ("fr", "zh"), ("", "zh"), ("../../x", "zh")],
)
def test_a_visitor_is_spoken_to_in_the_language_of_the_browsers_choice(app, cookie, spoken):
    headers = {"Cookie": f"language={cookie}"} if cookie is not None else {}
    with app.test_request_context(headers=headers):
        assert language() == spoken
        assert said(Text("要约", "Offer")) == {"zh": "要约", "en": "Offer"}[spoken]
        assert said("plain") == "plain"


def test_the_page_says_which_language_it_is_in(app, ours):
    visitor = app.test_client()
    assert '<html lang="zh-CN"' in visitor.get(ours.url("/sign-in")).text
    visitor.set_cookie("language", "en")
    assert '<html lang="en"' in visitor.get(ours.url("/sign-in")).text


def test_an_account_is_spoken_to_in_its_own_language_unless_the_browser_chose(ours, as_):
    browser = as_(ours.officer)  # whose account is English
    assert '<html lang="en"' in browser.get(ours.url()).text
    browser.set_cookie("language", "zh_CN")
    assert '<html lang="zh-CN"' in browser.get(ours.url()).text


def test_choosing_a_language_leads_back_to_where_one_was(app, ours):
    visitor = app.test_client()
    answer = visitor.post("/language", data={"locale": "en", "next": ours.url("/reply")})
    assert (answer.status_code, answer.headers["Location"]) == (303, ours.url("/reply"))
    assert '<html lang="en"' in visitor.get(ours.url("/reply")).text
    assert visitor.post("/language", data={"locale": "fr"}).status_code == 400


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "x"]
)
def test_choosing_a_language_never_leads_out_of_the_house(app, onward):
    answer = app.test_client().post("/language", data={"locale": "en", "next": onward})
    assert answer.headers["Location"] == "/"


def test_the_only_languages_of_an_account_are_those_of_the_house(ours, superuser):
    query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
    ((text,),) = superuser.ask(query, "ck_user_locale_known")
    assert all(f"'{locale}'" in text for locale in LOCALES)
    assert User.__table__.c.locale.server_default.arg == "zh_CN"


def test_a_catalogue_is_made_ready_when_its_source_is_newer_and_only_then(tmp_path, monkeypatch):
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, made = folder / "messages.po", folder / "messages.mo"
    monkeypatch.setattr(languages, "TRANSLATIONS", tmp_path)
    source.write_text(PO % "要约", encoding="utf-8")
    languages.compile_stale()
    assert meaning(made) == "要约"
    before = made.stat().st_mtime_ns
    languages.compile_stale()
    assert made.stat().st_mtime_ns == before
    source.write_text(PO % "集体协商要约", encoding="utf-8")
    later = made.stat().st_mtime + 5
    os.utime(source, (later, later))
    languages.compile_stale()
    assert meaning(made) == "集体协商要约"
    assert [path.name for path in folder.iterdir() if path.suffix == ".part"] == []


def meaning(path):
    with path.open("rb") as file:
        return read_mo(file).get("Offers").string
