"""Settings, passwords, the clock, roles: what everything above stands on."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from tenants import clock
from tenants.passwords import hash_password, password_matches
from tenants.roles import GRANTS, May, Role, Scope, may, reach
from tenants.settings import Settings, sqlalchemy_url

NEEDED = {
    "database_url": "postgresql://x/y",
    "redis_url": "redis://x",
    "secret_key": "sixteen characters",
}


def test_settings_come_out_of_the_environment(monkeypatch):
    for name, value in NEEDED.items():
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.setenv("YAOYUE_INSTANCE", "/somewhere")
    monkeypatch.setenv("BEHIND_PROXIES", "2")
    settings = Settings()
    assert (str(settings.instance), settings.behind_proxies) == ("/somewhere", 2)
    assert settings.database_owner_url == ""


@pytest.mark.parametrize("missing", NEEDED)
def test_a_setting_that_is_missing_is_named(monkeypatch, missing):
    for name in NEEDED:
        monkeypatch.delenv(name.upper(), raising=False)
    with pytest.raises(ValidationError, match=missing):
        Settings(**{name: value for name, value in NEEDED.items() if name != missing})


def test_a_short_key_is_refused():
    with pytest.raises(ValidationError, match="secret_key"):
        Settings(**{**NEEDED, "secret_key": "short"})


@pytest.mark.parametrize(
    ("address", "secure"), [("https://a.example", True), ("http://a.example", False)]
)
def test_cookies_are_kept_to_tls_where_people_come_over_tls(address, secure):
    assert Settings(**NEEDED, base_url=address).secure is secure


@pytest.mark.parametrize(
    ("url", "driven"),
    [
        ("postgresql://a@b/c?host=%2Ftmp", "postgresql+psycopg://a@b/c?host=%2Ftmp"),
        ("postgres://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql+psycopg://a@b/c", "postgresql+psycopg://a@b/c"),
    ],
)
def test_an_address_of_postgres_names_its_driver(url, driven):
    assert sqlalchemy_url(url) == driven


def test_a_password_matches_itself_and_nothing_else():
    kept = hash_password("correct horse battery")
    assert kept != hash_password("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert password_matches(kept, "correct horse battery")
    assert not password_matches(kept, "correct horse batterx")
    assert not password_matches(kept, "")


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$broken"])
def test_where_there_is_no_password_none_matches(stored):
    assert password_matches(stored, "nobody has this password") is False
    assert password_matches(stored, "x") is False


def test_the_clock_runs_unless_somebody_says_what_time_it_is():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.told() is None
    moment = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)
    with clock.at(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
        assert clock.told() == moment
        with clock.at(None):
            assert clock.now() == moment
    assert clock.told() is None


def test_a_day_ends_at_midnight_in_shanghai_and_not_in_utc():
    with clock.at(datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 2)
    with clock.at(datetime(2026, 3, 2, 16, 0, 1, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 3)
    with clock.at(datetime(2026, 3, 2, 23, tzinfo=timezone(timedelta(hours=-5)))):
        assert clock.today() == date(2026, 3, 3)


def test_a_moment_without_its_zone_is_not_taken():
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2026, 3, 2)):  # noqa: DTZ001
        pytest.fail("entered")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_comes_in_and_reaches_only_what_the_table_says(role):
    for permission in May:
        if permission is May.ANYONE:
            assert may(role, permission)
            continue
        assert may(role, permission) is (permission in GRANTS[role])
        assert reach(role, permission) is GRANTS[role].get(permission)
    assert may(role, May.SIGNED_IN)


def test_a_role_that_is_none_reaches_nothing_but_the_street():
    assert reach("emperor", May.REGISTRY_READ) is None
    assert not may("emperor", May.SIGNED_IN)
    assert may("emperor", May.ANYONE)


def test_who_works_in_the_field_reaches_only_the_own():
    assert reach(Role.SUPERVISOR, May.OFFERS_SERVE) is Scope.PORTFOLIO
    assert reach(Role.UNION, May.REGISTRY_READ) is Scope.SUBTREE
    assert reach(Role.PARTNER, May.CAMPAIGNS_READ) is Scope.SHARED
