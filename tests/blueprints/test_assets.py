"""Files of the pages: kept for a year under their fingerprint, and nothing else is handed out."""

import gzip
import re

import pytest

from blueprints.shared.assets import SHEETS, asset, asset_url
from tests.blueprints.gallery import HOUSE, application


@pytest.fixture(scope="module")
def app():
    return application()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize(
    "name", ["house.css", "bootstrap.css", "htmx.js", "js/app.js", "img/mark.svg"]
)
def test_a_file_may_be_kept_for_a_year(app, client, name):
    with app.test_request_context():
        address = asset_url(name)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.cache_control.max_age == 31_536_000
    assert answer.cache_control.immutable
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_old_address_is_answered_but_not_kept(client):
    answer = client.get("/assets/000000000000/house.css")
    assert answer.status_code == 200
    assert answer.cache_control.no_cache
    assert answer.cache_control.max_age is None


def test_a_file_travels_packed_to_those_who_can_unpack_it(client):
    plain = client.get("/assets/x/bootstrap.css")
    packed = client.get("/assets/x/bootstrap.css", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 5


@pytest.mark.parametrize(
    "name", ["nothing.css", "../wsgi.py", "..%2Fwsgi.py", "css", "css/../../wsgi.py", "/etc/passwd"]
)
def test_nothing_else_is_handed_out(client, name):
    assert client.get(f"/assets/x/{name}").status_code in {404, 308}


def test_htmx_is_of_the_second_line():
    assert b'version:"2.' in asset("htmx.js").body


def test_every_sheet_is_loaded_once_and_in_order():
    assert sorted(SHEETS) == sorted(path.stem for path in (HOUSE / "static/css").glob("*.css"))
    body = asset("house.css").body.decode()
    assert body.index("--y-ink:") < body.index(".y-card {") < body.index("@media print")


def test_our_styles_load_nothing_and_know_an_old_browser():
    body = re.sub(r"/\*.*?\*/", "", asset("house.css").body.decode(), flags=re.DOTALL)
    assert not re.search(r"url\(|@import|:has\(|:is\(|color-mix|&\s*[.:{]", body)
    assert not re.search(r"@container|@layer|@scope|\binset:|aspect-ratio|\bdvh\b", body)
