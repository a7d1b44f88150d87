"""A trade bargains: from joined offers to the signature, and a binder that is checked elsewhere."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.signing import signed
from tests.bargaining.world import WHEN, answered
from tests.browser.conftest import NARROW, WIDE
from tests.offers.world import instant

pytestmark = pytest.mark.browser
SAVE = "main form .y-submit .btn-primary, main form .y-submit .btn-grave"
HOUSE = Path(__file__).parents[2]


def paper(name: str) -> dict[str, object]:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf",
            "buffer": b"%PDF-1.7\n% " + name.encode()}  # fmt: skip


class Officer:
    """The officer in a browser: opens the form of an act, fills it in, and sends it."""

    def __init__(self, window, site, federation, locale):
        self.federation, self.site = federation, site
        self.windows = {
            width: window(federation.officer, locale=locale, width=width)
            for width in (WIDE, NARROW)
        }

    def page(self, path: str, *, width: int = WIDE):
        page = self.windows[width].go(self.federation.url(path))
        assert self.windows[width].faults(axe=False) == [], path
        return page

    def do(self, path: str, at: str, hour: int = 10, *, width: int = WIDE, checks=(), **typed):
        """Fill the form at this address in, at this moment; it must be taken."""
        self.site.moment = instant(at, hour)
        page = self.page(path, width=width)
        for selector in checks:
            page.check(selector, force=True)
        for name, value in typed.items():
            field = page.locator(f"[name={name}]").first
            if isinstance(value, dict):
                field.set_input_files(value)
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        page.locator(SAVE).first.click()
        page.wait_for_url(lambda url: path not in url)
        return page


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_a_trade_bargains_from_joined_offers_to_the_signature(ours, window, site, locale, tmp_path):
    answered(ours)
    one = Officer(window, site, ours, locale)
    case_id = join(one)
    seat(one, case_id)
    meet(one, case_id)
    write(one, case_id)
    vote(one, case_id)
    sign(one, case_id)
    with ours.scope(at=instant("2026-05-21")):
        assert queries.get_case(case_id).state == "signed"
        assert "最低工资（服务员）：2150元/月" in signed.signed_text(case_id).text
    check_elsewhere(take_binder(one, case_id), tmp_path)


def join(one: Officer) -> int:
    one.site.moment = WHEN
    page = one.page("/cases/join")
    page.check("[data-pick-all]")
    page.click(".y-bulk .btn-primary")
    page.wait_for_url(re.compile("/cases/new"))
    page.fill("[name=name]", "沙市区餐饮行业工资集体协商")
    page.locator(SAVE).first.click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    return int(page.url.rpartition("/")[2])


def seat(one: Officer, case_id: int) -> None:
    """The chiefs by the form, the others off a list; the first try has a slip in it."""
    for side, chief, how in (
        ("workers", "赵某某", "union_chair"), ("employer", "李某某", "employer_appointed"),
    ):  # fmt: skip
        one.do(
            f"/cases/{case_id}/teams/{side}/new", "2026-04-10", checks=["[name=chief]"],
            name=chief, chosen=how, chosen_on="2026-04-08",
        )  # fmt: skip
    page = one.page(f"/cases/{case_id}/teams/workers/list")
    page.fill("[name=lines]", "姓名\t应到人数\t同意票\n钱某某\t90\t91\n孙某某\t90\t58")
    page.fill("[name=chosen_on]", "2026-04-08")
    page.locator("[name=record]").set_input_files(paper("选举记录"))
    page.locator(SAVE).first.click()
    assert "91" in page.locator("#faults tbody tr").inner_text()
    one.windows[WIDE].said.clear()  # a refusal is a 422, which the console remarks on
    page.fill("[name=lines]", page.input_value("[name=lines]").replace("91", "61"))
    page.locator("[name=record]").set_input_files(paper("选举记录"))
    page.locator(SAVE).first.click()
    page.wait_for_url(re.compile("/teams$"))
    assert one.windows[WIDE].faults() == []
    page = one.do(
        f"/cases/{case_id}/teams/employer/list", "2026-04-10", lines="周某某\n吴某某",
        chosen="employer_appointed", chosen_on="2026-04-08",
    )  # fmt: skip
    assert page.locator("#side-workers tbody tr").count() == 3
    assert page.locator("#side-employer tbody tr").count() == 3
    one.do(f"/cases/{case_id}/roster", "2026-04-10", on="2026-04-10", place="市职工之家公告栏")


def meet(one: Officer, case_id: int) -> None:
    """Called at the desk, held on a phone in the room."""
    one.do(
        f"/cases/{case_id}/table/meeting", "2026-04-19", day="2026-04-20", time="09:00",
        place="职工之家", agenda="岗位最低工资",
    )  # fmt: skip
    page = one.page(f"/cases/{case_id}")
    url = page.locator("#meetings-held th a").first.get_attribute("href")
    path = url.replace(f"/{one.federation.slug}", "", 1)
    room = {"at": "2026-04-20", "hour": 11, "width": NARROW}
    page = one.do(f"{path}/attendance", **room)
    assert page.locator("#people li li").count() == 6
    for side, kind, amount in (
        ("workers", "position", "2300"), ("employer", "counter", "2100"),
        ("workers", "agrees", "2150"),
    ):  # fmt: skip
        one.do(
            f"{path}/turn", **room, checks=[f"[name=side][value={side}]"], topic="服务员最低工资",
            kind=kind, body="按岗位确定", amount=amount, unit="元/月",
        )  # fmt: skip
    one.do(f"{path}/results", **room, results="服务员2150元/月", next_on="2026-04-28")
    one.do(f"{path}/minutes", **room)
    page = one.page(f"{path}/signatures", width=NARROW)
    for chief in ("赵某某 *", "李某某 *"):
        page.get_by_label(chief).check(force=True)
    page.locator("[name=scan]").set_input_files(paper("纪要"))
    page.locator(SAVE).first.click()
    page.wait_for_url(lambda url: url.endswith(path))
    assert page.locator("#minutes .y-pill").first.is_visible()
    assert one.windows[NARROW].faults() == []


def write(one: Officer, case_id: int) -> None:
    """Below the floor it cannot be agreed; at a lawful figure it can."""
    desk = f"/cases/{case_id}/table"
    one.do(f"{desk}/draft", "2026-05-05", title="餐饮行业工资专项集体合同")
    one.do(
        f"{desk}/floor", "2026-05-05", amount="2010", unit="元/月", from_on="2025-01-01",
        source="示范政发〔2025〕1号",
    )  # fmt: skip
    page = one.page(f"/cases/{case_id}/agreeing")
    draft = re.search(r"/drafts/\d+$", page.url).group()
    one.do(f"{draft}/clause", "2026-05-05", kind="minimum_wage", heading="行业最低工资",
           body="各岗位最低工资如下。")  # fmt: skip
    page = one.page(draft)
    edit = page.locator("section[id^=clause-] .y-end a").get_attribute("href")
    clause = edit.replace(f"/{one.federation.slug}", "", 1)
    figure = {"measure": "pay", "subject": "最低工资", "trade": "服务员", "unit": "元/月",
              "from_on": "2026-07-01"}  # fmt: skip
    page = one.do(f"{clause}/figure", "2026-05-05", amount="1999", **figure)
    assert page.locator(".y-note.is-late").is_visible()
    assert page.locator("a[href$='/agreement']").count() == 0
    page.locator("form[action$='/removal'] button").click()
    page.wait_for_load_state("networkidle")
    one.do(f"{clause}/figure", "2026-05-05", amount="2150", **figure)
    one.do(f"{draft}/explanation", "2026-05-05", explanation="按协商结果起草。")
    page = one.do(f"{draft}/agreement", "2026-05-06", checks=["[name=signed]"], on="2026-05-06")
    assert page.locator("#fixed code").inner_text() != ""
    assert one.windows[WIDE].faults() == []


def vote(one: Officer, case_id: int) -> None:
    one.do(
        f"/cases/{case_id}/table/vote", "2026-05-07", checks=[
            "[name=manner][value=congress]", "[name=method][value=paper]"],
        electorate="90", held_on="2026-05-18", papers_sent_on="2026-05-07", place="职工之家",
    )  # fmt: skip
    page = one.page(f"/cases/{case_id}")
    url = page.locator("#votes-held th a").first.get_attribute("href")
    ballot = url.replace(f"/{one.federation.slug}", "", 1)
    page = one.do(f"{ballot}/opening", "2026-05-18")
    assert "60" in page.inner_text(".y-sum"), "needs are shown before anything is counted"
    unit = page.locator("a[href$='/count']").get_attribute("href").rpartition("/")[0]
    unit = unit.replace(f"/{one.federation.slug}", "", 1)
    page = one.do(
        f"{unit}/count", "2026-05-18", 16, present="81", in_favour="63", against="12",
        abstained="6", tellers="冯某某", scan=paper("计票"),
    )  # fmt: skip
    assert page.locator(".y-verdict").is_visible()
    one.do(f"{unit}/certificate", "2026-05-18", 17, scan=paper("决议"))
    assert one.windows[WIDE].faults() == []


def sign(one: Officer, case_id: int) -> None:
    one.do(f"/cases/{case_id}/table/signing", "2026-05-20",
           term_from="2026-07-01", term_to="2027-06-30")  # fmt: skip
    page = one.page(f"/cases/{case_id}/signing-desk")
    signing = re.search(r"/signings/\d+$", page.url).group()
    for party in ("workers", "employer"):
        page = one.do(
            f"{signing}/name", "2026-05-20", checks=[f"[name=party][value={party}]"],
            signed_on="2026-05-20", scan=paper(f"签字{party}"),
        )  # fmt: skip
    assert page.locator("#names li").count() == 2
    assert one.windows[WIDE].faults() == []


def take_binder(one: Officer, case_id: int) -> Path:
    page = one.page(f"/cases/{case_id}/trace")
    assert one.windows[WIDE].faults() == []
    with page.expect_download() as taken:
        page.locator("form[action$='/binder'] button").click()
    return taken.value.path()


def check_elsewhere(binder: Path, folder: Path) -> None:
    """Copied to another place, by the command itself, without federation or database."""
    copy = folder / "copied.zip"
    copy.write_bytes(binder.read_bytes())
    assert verified(copy) == (0, True)
    spoiled = bytearray(copy.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    copy.write_bytes(bytes(spoiled))
    assert verified(copy) == (1, False)


def verified(path: Path) -> tuple[int, bool]:
    command = [sys.executable, "cli.py", "trail", "verify", "--dossier", str(path), "--json"]
    known = {name: value for name, value in os.environ.items() if "_URL" not in name}
    done = subprocess.run(
        command, cwd=HOUSE, env=known, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout)["ok"]
