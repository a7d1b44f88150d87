"""The trace file and its binder: nothing is left out, and a changed byte is found anywhere."""

import io
import json
import random
import zipfile

import pytest
from click.testing import CliRunner

from blueprints.bargaining.dossier import check as binder_check
from commands.trail import trail as command
from tenants import trail
from tenants.clock import at as clock_at
from tests.bargaining.table_world import opened, voting
from tests.bargaining.table_world import signed as all_the_way
from tests.offers.world import instant
from tests.world import found, sign_in

MADE = "2026-05-21"


def given(app, here, user) -> bytes:
    """What one click gives this person on the page of the trace file."""
    with clock_at(instant(MADE)):
        answer = sign_in(app, user).post(here.federation.url(f"/cases/{here.case_id}/binder"))
    assert answer.status_code == 200
    return answer.data


@pytest.fixture(scope="module")
def bound(app):
    """The binder of a signed case, made once, and the line of the trail about it."""
    done = all_the_way(found(app, division="421000"))
    data = given(app, done, done.federation.officer)
    with done.at(MADE):
        return data, trail.of(("bargaining_case", done.case_id))[0]


def shown(here, as_) -> str:
    """The warning on top of the page of the trace file, in Chinese."""
    browser = as_(here.federation.officer)
    browser.set_cookie("language", "zh_CN")
    page = browser.get(here.federation.url(f"/cases/{here.case_id}/trace")).text
    return page.partition('id="phase-1"')[0].partition('<div class="y-note')[2]


def test_the_file_names_what_is_missing_and_what_to_do_about_it(ours, as_):
    warned = shown(opened(ours), as_)
    for name in ("会议纪要", "合同草案（双方一致的文本）", "职工（代表）大会决议"):
        assert name in warned
    assert "尚未召开协商会议。" in warned


def test_at_the_end_nothing_of_the_table_is_missing(ours, as_):
    warned = shown(all_the_way(ours), as_)
    assert "纪要" not in warned
    assert "表决" not in warned
    assert "签字" not in warned


def test_a_binder_is_whole_and_its_fingerprint_stands_in_the_trail(bound):
    data, kept = bound
    verdict = binder_check.verify(data)
    assert verdict.faults == ()
    assert verdict.ok
    assert verdict.files == kept.payload["files"]
    assert verdict.trail_lines > 20
    assert kept.payload["sha256"] == verdict.fingerprint


def test_any_archive_tool_can_open_it(bound):
    data, _ = bound
    with zipfile.ZipFile(io.BytesIO(data)) as opened_:
        assert opened_.testzip() is None
        names = opened_.namelist()
        text = opened_.read("2-during/draft-1.txt").decode()
        manifest = json.loads(opened_.read("manifest.json"))
        assert opened_.read("index.pdf").startswith(b"%PDF-")
    assert "最低工资（服务员）：2150元/月" in text
    assert names[0] == "index.pdf"
    assert {"trail.jsonl", "manifest.json", "manifest.sha256", "3-after/signing-sheet.pdf"} <= set(
        names
    )
    assert any(name.startswith("2-during/0") and "纪要" in name for name in names)
    assert manifest["state"] == "signed"


def test_one_changed_byte_anywhere_is_found(bound):
    data, _ = bound
    chance = random.Random(7)
    places = {0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(250))}
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        assert not binder_check.verify(bytes(changed)).ok, place


@pytest.mark.parametrize("tail", [b"x", b"\n", b"PK\x05\x06"])
def test_what_is_added_or_cut_off_is_found(bound, tail):
    data, _ = bound
    assert not binder_check.verify(data + tail).ok
    assert not binder_check.verify(data[:-1]).ok
    assert not binder_check.verify(b"").ok


def test_a_binder_made_up_again_with_a_forged_line_of_the_trail_is_found(bound):
    data, _ = bound
    with zipfile.ZipFile(io.BytesIO(data)) as opened_:
        files = [(one.filename, opened_.read(one)) for one in opened_.infolist()][:-2]
    chief, other = "赵某某".encode(), "王某某".encode()
    forged = [
        (name, text.replace(chief, other) if name == "trail.jsonl" else text)
        for name, text in files
    ]
    again, _seal = binder_check.bound({"case": "x"}, forged)
    verdict = binder_check.verify(again)
    assert not verdict.ok
    assert any("trail.jsonl: line" in fault for fault in verdict.faults)


def test_the_command_checks_a_copy_off_line_and_fails_after_one_byte(bound, tmp_path):
    data, _ = bound
    copy = tmp_path / "elsewhere.zip"
    copy.write_bytes(data)
    fine = CliRunner().invoke(command, ["verify", "--dossier", str(copy), "--json"])
    assert fine.exit_code == 0
    assert json.loads(fine.output)["ok"]
    changed = bytearray(data)
    changed[len(changed) // 2] ^= 1
    copy.write_bytes(bytes(changed))
    broken = CliRunner().invoke(command, ["verify", "--dossier", str(copy), "--json"])
    assert broken.exit_code == 1
    assert json.loads(broken.output)["faults"]


def test_only_those_who_may_take_papers_away_are_given_it(app, ours):
    here = voting(ours)
    assert binder_check.verify(given(app, here, ours.auditor)).ok
    url = ours.url(f"/cases/{here.case_id}/binder")
    assert sign_in(app, ours.partner).post(url).status_code == 403
    assert sign_in(app, ours.supervisor).post(url).status_code in {403, 404}
