"""Every page that anybody can open: valid HTML, from our own house, without a line of script."""

import re
from html.parser import HTMLParser

import html5lib
import pytest

from tenants.roles import Role
from tests.architecture.addresses import pages
from tests.world import sign_in

# Their part stands in one line of a list, once that line has been chosen.
OF_ONE_LINE = {"offers.paper_letters"}
VIEWERS = (Role.ADMINISTRATOR, Role.OFFICER, Role.APPROVER, Role.SUPERVISOR)


class Outline(HTMLParser):
    """What a browser would load, run or look up."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.inline, self.ids, self.wanted, self.named = [], [], [], [], []
        self.forms, self.open_script = [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        source = known.get("src") or (known.get("href") if tag == "link" else None)
        if tag in {"script", "link", "img", "iframe", "source"} and source:
            self.loaded.append(source)
        self.inline += [
            f"{tag} {name}" for name in known if re.match(r"on[a-z]|style$|hx-on", name)
        ]
        if "id" in known:
            self.ids.append(known["id"])
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form"):
            self.wanted += [(tag, name, one) for one in (known.get(name) or "").split()]
        if tag == "form":
            self.forms.append(known)
        self.open_script = tag == "script"

    def handle_endtag(self, tag):
        self.open_script = False

    def handle_data(self, data):
        if self.open_script and data.strip():
            self.inline.append(f"script: {data.strip()[:60]}")


def shown(app, here, route, headers=None):
    """The page for each kind of person, where it is one."""
    for role in [None] if route.public else [role for role in VIEWERS if route.open_to(role)]:
        browser = sign_in(app, here.federation.people[role]) if role else app.test_client()
        answer = browser.get(route.path(here), headers=headers)
        if answer.mimetype == "text/html" and answer.status_code != 302:
            yield role, answer.text


def faults_in(text):
    """Everything on a page that should not be there."""
    parser = html5lib.HTMLParser(strict=False)
    if "<html" in text:
        parser.parse(text)
    else:
        parser.parseFragment(text)
    outline = Outline(text)
    yield from (f"not valid HTML: {code} at {place}" for place, code, _ in parser.errors)
    for one in outline.loaded:
        if not re.match(r"/(?!/)|data:image/", one):
            yield f"loaded from elsewhere: {one}"
    yield from (f"runs or draws inline: {one}" for one in outline.inline)
    for one in sorted(set(outline.ids)):
        if outline.ids.count(one) > 1:
            yield f"a name given twice: {one}"
    for tag, name, ident in outline.wanted:
        if "<html" in text and ident not in outline.ids:
            yield f"leads nowhere: {tag} {name}={ident}"
    for form in re.findall(r"<form\b[^>]*method=.post.*?</form>", text, re.DOTALL | re.IGNORECASE):
        if 'name="csrf_token"' not in form:
            yield f"a form without its token: {form[:120]}"


@pytest.mark.parametrize("route", pages(), ids=str)
def test_a_page_is_valid_and_its_own_and_runs_nothing_inline(app, here, route):
    for role, text in shown(app, here, route):
        assert list(faults_in(text)) == [], role


@pytest.mark.parametrize("route", [r for r in pages() if r.of_federation], ids=str)
def test_a_part_is_a_part_of_the_page(app, here, route):
    """What htmx gets has one root with a name, and the whole page has that name too."""
    parts = dict(shown(app, here, route, {"HX-Request": "true"}))
    for role, whole in shown(app, here, route):
        part = parts.get(role, "")
        if not part.strip() or "<html" in part[:200].lower():
            continue  # a page that is never asked for in parts
        root = re.search(r"<(?!!)[a-z]+[^>]*>", part)
        ident = re.search(r'\bid="([^"]+)"', root.group()) if root else None
        if "<html" in whole[:200].lower() and 'role="alert"' not in part[:300]:
            assert ident, (role, part[:200])
            assert ident.group(1) in Outline(whole).ids or route.endpoint in OF_ONE_LINE, role


def test_the_page_of_a_refusal_is_as_sound_as_any_other(app, here):
    for role, path in ((Role.PARTNER, "/users"), (Role.OFFICER, "/no-such-room"), (None, "/x/y")):
        browser = sign_in(app, here.federation.people[role]) if role else app.test_client()
        answer = browser.get(here.federation.url(path))
        assert answer.status_code in {403, 404}
        assert list(faults_in(answer.text)) == []
