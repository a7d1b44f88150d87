"""The law on the command line: dates, books and batches, without any service."""

import json
import subprocess
import sys

from tests.cli.conftest import ROOM, environ


def test_a_last_day_comes_with_its_standing_article_and_derivation(yaoyue):
    asked = ("rules", "due", "offer.reply_days", "--division", "421000", "--kind", "wage",
             "--anchor", "2025-03-03")  # fmt: skip
    answer = yaoyue(*asked, "--json").json
    assert (answer["due"], answer["status"]) == ("2025-03-24", "unconfirmed")
    assert len(answer["derivation"]) == 5
    said = yaoyue(*asked).output
    assert "National default, local rule not confirmed" in said
    assert "2025-03-22" not in said
    assert "skipped: 2025-03-23 Sunday" in said


def test_henan_has_two_clocks(yaoyue):
    asked = ("rules", "due", "offer.reply_days", "--division", "410000", "--anchor", "2025-03-03")
    wage, general = (yaoyue(*asked, "--kind", kind, "--json").json for kind in ("wage", "general"))
    assert (wage["due"], wage["article"]) == ("2025-03-17", "21")
    assert (general["due"], general["article"]) == ("2025-03-18", "9")


def test_a_window_says_from_when_to_when(yaoyue):
    said = yaoyue(
        "rules", "due", "renewal.window", "--kind", "general", "--anchor", "2026-12-31"
    ).output
    assert "2026-09-30 to 2026-12-31" in said


def test_a_batch_comes_back_line_by_line(yaoyue, tmp_path):
    asked = tmp_path / "asked.jsonl"
    line = {
        "rule": "offer.reply_days",
        "division": "330100",
        "kind": "wage",
        "anchor": "2025-03-03",
    }
    asked.write_text(f"{json.dumps(line)}\nnot json\n", encoding="utf-8")
    first, second = yaoyue("rules", "due", "--batch", str(asked)).output.splitlines()
    assert json.loads(first) == line | {
        "due": "2025-03-17",
        "status": "confirmed",
        "article": "24",
        "provisional": False,
    }
    assert "not JSON" in json.loads(second)["error"]


def test_a_book_is_shown_with_what_is_not_verified_marked_so(yaoyue):
    answer = yaoyue("rules", "show", "--division", "410000", "--on", "2026-03-02", "--json").json
    rules = {rule["rule"]: rule for rule in answer["rules"]}
    assert rules["offer.reply_days"]["unit"] == "working_day"
    assert rules["offer.may_refuse"]["status"] == "unconfirmed"
    assert "10 working days" in yaoyue("rules", "show", "--division", "410000").output


def test_all_books_and_all_questions_are_listed(yaoyue):
    answer = yaoyue("rules", "list", "--json").json
    assert {"000000", "330200", "410000"} <= {book["division"] for book in answer["books"]}
    assert "offer.reply_days" in {key["rule"] for key in answer["keys"]}
    assert "Time to answer an offer" in yaoyue("rules", "list").output


def test_what_cannot_be_answered_is_refused_in_one_line(yaoyue):
    for asked, words in [
        (("due", "offer.colour", "--anchor", "2025-03-03"), "no rule called"),
        (("due", "offer.reply_days", "--anchor", "3 March"), "not a date"),
        (("due", "offer.reply_days"), "--anchor"),
        (("due", "offer.reply_days", "--division", "33", "--anchor", "2025-03-03"), "six digits"),
        (("show", "--division", "hubei"), "six digits"),
    ]:
        said = yaoyue("rules", *asked)
        assert said.code == 2
        assert words in said.errors
        assert said.errors.count("\n") == 1


def test_it_is_answered_without_loading_the_service(tmp_path):
    asked = "from cli import main\nimport sys\ntry:\n    main({!r})\nexcept SystemExit:\n    pass\n"
    asked += "print([m for m in ('flask', 'sqlalchemy', 'redis', 'pydantic') if m in sys.modules])"
    command = ["rules", "due", "offer.reply_days", "--anchor", "2025-03-03"]
    done = subprocess.run(
        [sys.executable, "-c", asked.format(command)],
        capture_output=True, text=True, check=True, cwd=ROOM, env=environ(tmp_path),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
