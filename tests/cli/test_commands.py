"""Every command answers people in lines and programs in JSON, and fails in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said

Yaoyue = Callable[..., Said]


@pytest.fixture(scope="module")
def jingzhou(yaoyue: Yaoyue) -> Said:
    return yaoyue(
        *("tenants", "create", "jingzhou", "--name", "荆州市总工会", "--division", "421000"),
        "--json",
    )


def test_help_names_the_commands(yaoyue: Yaoyue) -> None:
    said = yaoyue("--help")
    assert said.code == 0
    assert {"up", "db", "tenants", "trail"} <= set(said.output.split())


def test_a_federation_is_taken_in_on_a_bare_machine(jingzhou: Said) -> None:
    assert jingzhou.code == 0, jingzhou.errors
    assert jingzhou.json["slug"] == "jingzhou"


def test_the_next_command_finds_it_and_a_person_can_read_it(yaoyue: Yaoyue, jingzhou: Said) -> None:
    said = yaoyue("tenants", "list")
    assert said.output.splitlines()[0].split() == ["id", "slug", "name", "division", "status"]
    assert "荆州市总工会" in said.output


def test_its_first_administrator_is_invited_by_a_link_that_works_once(
    yaoyue: Yaoyue, jingzhou: Said
) -> None:
    asked = ("tenants", "invite", "jingzhou", "first@example.org", "--name", "示例管理员", "--json")
    first, again = yaoyue(*asked), yaoyue(*asked)
    assert first.code == 0, first.errors
    assert "/jingzhou/invitation/" in first.json["link"]
    assert again.code == 0, again.errors


def test_a_federation_is_suspended_and_opened_again(yaoyue: Yaoyue, jingzhou: Said) -> None:
    assert yaoyue("tenants", "suspend", "jingzhou").code == 0
    assert yaoyue("tenants", "list", "--json").json["tenants"][0]["status"] == "suspended"
    assert yaoyue("tenants", "suspend", "jingzhou", "--lift", "--json").json["status"] == "active"


def test_a_trail_is_verified(yaoyue: Yaoyue, jingzhou: Said) -> None:
    assert yaoyue("trail", "verify", "jingzhou", "--json").json["ok"] is True


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tenants", "create", "jingzhou", "--name", "x", "--division", "421000"], "taken"),
        (["tenants", "create", "No!", "--name", "x", "--division", "421000"], "cannot be an"),
        (["tenants", "create", "city"], "Missing option '--name'"),
        (["tenants", "invite", "jingzhou", "x", "--name", "y"], "no e-mail address"),
        (["tenants", "invite", "nowhere", "a@example.org", "--name", "y"], "no federation"),
        (["trail", "verify", "nowhere"], "There is no federation “nowhere”"),
        (["bogus"], "No such command 'bogus'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    yaoyue: Yaoyue, jingzhou: Said, arguments: list[str], words: str
) -> None:
    said = yaoyue(*arguments)
    assert said.code == 2
    assert words in said.errors
    assert len(said.errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY cannot be used: "),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/x", "cannot be reached"),
    ],
)
def test_a_wrong_setting_is_named(yaoyue: Yaoyue, variable: str, value: str, words: str) -> None:
    said = yaoyue("tenants", "list", **{variable: value})
    assert said.code == 2
    assert words in said.errors.splitlines()[-1]
    assert "Traceback" not in said.errors


def test_a_folder_that_cannot_be_used_is_named(yaoyue: Yaoyue, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = yaoyue("db", "url", instance=tmp_path / "file")
    assert said.code == 2
    assert said.errors.startswith(f"Cannot write to {tmp_path / 'file'}")


def test_an_instance_of_a_newer_version_is_left_alone(
    yaoyue: Yaoyue, home: Path, jingzhou: Said
) -> None:
    import psycopg

    from embedded import services

    with services(home) as running:

        def pretend(revision: str) -> str:
            with psycopg.connect(running.owner_url) as owner:
                row = owner.execute("SELECT version_num FROM alembic_version").fetchone()
                owner.execute("UPDATE alembic_version SET version_num = %s", (revision,))
            assert row
            return str(row[0])

        before = pretend("9999_from_the_future")
        try:
            said = yaoyue("tenants", "list")
        finally:
            pretend(before)
    assert said.code == 2
    assert "newer version (migration 9999_from_the_future" in said.errors


def test_the_secret_key_is_made_once_and_kept_from_others(home: Path, jingzhou: Said) -> None:
    key = home / "secret_key"
    assert len(key.read_text()) > 40
    assert key.stat().st_mode & 0o077 == 0
    assert [path.name for path in home.glob("secret_key*")] == ["secret_key"]
