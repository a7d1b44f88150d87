"""What holds at every door: tokens, cookies, headers, throttles, languages, health."""

import re

import pytest

from tests.world import PASSWORD, found


@pytest.fixture(scope="module")
def strict(built):
    """The application as it is run: tokens asked for, tries counted."""
    return built()


@pytest.fixture
def city(strict):
    return found(strict, division="421000")


def token_in(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)


def test_a_post_without_its_token_is_refused(city, strict):
    client = strict.test_client()
    data = {"email": city.officer.email, "password": PASSWORD}
    assert client.post(city.url("/sign-in"), data=data).status_code == 400
    token = token_in(client.get(city.url("/sign-in")))
    answer = client.post(city.url("/sign-in"), data=data | {"csrf_token": token})
    assert answer.status_code == 303
    assert client.post(city.url("/sign-out")).status_code == 400
    assert client.post("/language", data={"locale": "en"}).status_code == 400
    again = token_in(client.get(city.url("/profile")))
    assert again != token
    assert client.post(city.url("/sign-out"), data={"csrf_token": again}).status_code == 303


def test_an_account_is_shut_after_ten_wrong_tries(city, strict):
    client = strict.test_client()
    token = token_in(client.get(city.url("/sign-in")))
    data = {"email": city.officer.email, "password": "wrong", "csrf_token": token}
    answers = [client.post(city.url("/sign-in"), data=data) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1].headers["Retry-After"] == "900"
    right = data | {"password": PASSWORD}
    assert client.post(city.url("/sign-in"), data=right).status_code == 429
    neighbour = data | {"email": city.approver.email, "password": PASSWORD}
    assert client.post(city.url("/sign-in"), data=neighbour).status_code == 303


def test_an_address_is_shut_after_thirty_tries_in_a_minute(city, strict):
    client = strict.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    token = token_in(client.get(city.url("/sign-in")))
    statuses = []
    for n in range(31):
        data = {"email": f"n{n}@x.example", "password": "wrong", "csrf_token": token}
        statuses.append(client.post(city.url("/sign-in"), data=data).status_code)
    assert statuses == [422] * 30 + [429]


def test_a_mailbox_is_not_flooded_with_resets(city, strict):
    client = strict.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    token = token_in(client.get(city.url("/password-reset")))
    data = {"email": city.officer.email, "csrf_token": token}
    pages = {client.post(city.url("/password-reset"), data=data).text for _ in range(8)}
    assert len({page.replace(token, "") for page in map(without_token, pages)}) == 1


def test_the_sign_in_stays_shut_when_nobody_counts(built, ours):
    closed = built(changed={"redis_url": "redis://127.0.0.1:1/0"}, WTF_CSRF_ENABLED=False)
    client = closed.test_client()
    data = {"email": ours.officer.email, "password": PASSWORD}
    assert client.post(ours.url("/sign-in"), data=data).status_code == 429
    health = client.get("/healthz")
    assert (health.status_code, health.json) == (503, {"ok": False})


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(ours, visitor):
    data = {"email": ours.officer.email, "password": PASSWORD}
    cookie = visitor.post(ours.url("/sign-in"), data=data).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_the_cookies_are_kept_to_tls_where_there_is_tls(built, ours):
    served = {"base_url": "https://union.example"}
    secure = built(changed=served, WTF_CSRF_ENABLED=False, THROTTLE=False)
    client = secure.test_client()
    data = {"email": ours.officer.email, "password": PASSWORD}
    assert "Secure" in client.post(ours.url("/sign-in"), data=data).headers["Set-Cookie"]
    assert "Secure" in client.post("/language", data={"locale": "en"}).headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/profile", "/nowhere"])
def test_every_answer_says_what_it_may_load(ours, as_, path):
    headers = as_(ours.officer).get(ours.url(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_no_page_carries_script_or_style_of_its_own(ours, as_):
    for path in ("/", "/profile", "/users", "/users/new", "/settings", "/trail"):
        text = as_(ours.administrator).get(ours.url(path)).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|hx-on", text), (
            path
        )


def test_the_language_is_switched_and_kept(ours, as_):
    client = as_(ours.officer)
    answer = client.post("/language", data={"locale": "zh_CN", "next": ours.url("/profile")})
    assert answer.location == ours.url("/profile")
    assert '<html lang="zh-CN">' in client.get(ours.url("/")).text
    client.post("/language", data={"locale": "en"})
    assert '<html lang="en">' in client.get(ours.url("/")).text


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example/", "/\\x"])
def test_the_language_switch_leads_nowhere_else(visitor, target):
    answer = visitor.post("/language", data={"locale": "en", "next": target})
    assert answer.location == "/"


def test_a_language_we_do_not_speak_is_refused(visitor):
    assert visitor.post("/language", data={"locale": "fr"}).status_code == 400


@pytest.mark.parametrize("typed", ["{slug}", "/{slug}/", " {slug} ", "http://localhost/{slug}/x"])
def test_the_address_of_a_federation_may_be_typed_in_any_way(ours, visitor, typed):
    answer = visitor.post("/", data={"address": typed.format(slug=ours.slug)})
    assert answer.location == ours.url("/sign-in")


def test_an_address_nobody_has_is_said_beside_the_field(visitor):
    answer = visitor.post("/", data={"address": "atlantis"})
    assert answer.status_code == 422
    assert 'class="y-err"' in answer.text


def test_the_door_shows_no_federation_outside_demo_mode(ours, visitor):
    assert ours.slug not in visitor.get("/").text


def test_the_door_knows_who_is_signed_in(ours, as_):
    page = as_(ours.officer).get("/")
    assert ours.url("/") in page.text
    assert ours.officer.name in page.text


def test_the_service_says_that_it_is_well(visitor):
    assert visitor.get("/healthz").json == {"ok": True}


def without_token(page):
    return re.sub(r'(csrf_token" value=|X-CSRFToken": ?)"[^"]+"', "", page)
