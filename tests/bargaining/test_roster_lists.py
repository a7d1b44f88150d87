"""Many people at once: a pasted list or a sheet, all of it or none, faults by row and column."""

import io

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.teams.composition import of_the_teams
from blueprints.shared.exports import xlsx_bytes
from tests.architecture.furnished import PDF
from tests.bargaining.world import NAMES, WHEN, joined

PASTED = (
    "姓名\t职务\t所在企业\t产生方式\t产生日期\t应到人数\t得票\t首席\t性别\t所属群体\t民族\n"
    f"赵某某\t主席\t\t工会主席\t2026年3月18日\t\t\t是\t男\t\t汉\n"
    f"钱某某\t服务员\t{NAMES[0]}\t选举\t2026/3/18\t90\t61\t\t女\t一线职工\t汉\n"
    "\n"
    f"孙某某\t厨师\t{NAMES[1]}\t职工（代表）大会选举\t2026-03-18\t90\t58\t否\t男\t一线职工\t汉\n"
)
TYPED = {"chosen": "elected_congress", "chosen_on": "2026-03-18"}


def send(federation, as_, case, lines="", side="workers", **typed):
    address = federation.url(f"/cases/{case.id}/teams/{side}/list")
    return as_(federation.officer).post(address, data={**TYPED, "lines": lines, **typed})


def seated(federation, case, side=Side.WORKERS):
    with federation.scope(at=WHEN):
        return {one.name: one for one in queries.representatives_of(case.id, side)}


def test_a_list_copied_from_a_spreadsheet_seats_everybody(ours, as_):
    case = joined(ours)
    done = send(ours, as_, case, PASTED, record=(io.BytesIO(PDF), "选举.pdf"))
    assert done.status_code == 303
    people = seated(ours, case)
    assert list(people) == ["赵某某", "钱某某", "孙某某"]
    assert (people["赵某某"].chief, people["赵某某"].chosen) == (True, "union_chair")
    assert (people["钱某某"].electorate, people["钱某某"].votes_for) == (90, 61)
    assert sorted(people["钱某某"].groups) == ["front_line", "women"]
    assert len({one.record_id for one in people.values()}) == 1
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/teams")).text
    assert NAMES[0] in page
    assert "选举.pdf" in page


def test_names_alone_take_what_holds_for_all(ours, as_):
    case = joined(ours)
    for side, names in (("workers", "赵钱孙"), ("employer", "陈刘周")):
        lines = "姓名\t首席\n" + "\n".join(
            f"{one}某某\t{'是' if n == 0 else ''}" for n, one in enumerate(names)
        )
        how = {"chosen": "employer_appointed"} if side == "employer" else {"electorate": "90"}
        assert send(ours, as_, case, lines, side, **how).status_code == 303
    assert {one.electorate for one in seated(ours, case).values()} == {90}
    assert {one.chosen for one in seated(ours, case, Side.EMPLOYER).values()} == {
        "employer_appointed"
    }
    with ours.scope(at=WHEN):
        facts = of_the_teams(queries.get_case(case.id))
    assert facts["composition_met"]


def test_without_headings_the_columns_stand_in_the_order_of_the_page(ours, as_):
    case = joined(ours)
    assert send(ours, as_, case, "赵某某,服务员\n钱某某,厨师").status_code == 303
    assert [one.title for one in seated(ours, case).values()] == ["服务员", "厨师"]


def test_a_sheet_is_read_and_what_nobody_asked_for_is_said(ours, as_):
    case = joined(ours)
    data = xlsx_bytes(["序号", "姓名", "职务", "民族"], [[1, "赵某某", "服务员", "汉"]])
    browser = as_(ours.officer)
    address = ours.url(f"/cases/{case.id}/teams/workers/list")
    done = browser.post(address, data={**TYPED, "file": (io.BytesIO(data), "名单.xlsx")})
    assert done.status_code == 303
    assert list(seated(ours, case)) == ["赵某某"]
    page = browser.get(ours.url(f"/cases/{case.id}/teams")).text
    assert "People entered: 1." in page
    assert "Columns left out: 序号、民族." in page


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("钱某某\t\t不在本项目的企业", "Works at", "No enterprise of this case"),
        ("钱某某\t\t\t抓阄", "How chosen", "Known are:"),
        ("钱某某\t\t\t\t三月", "Chosen on", "This is not a date"),
        ("钱某某\t\t\t\t2099-01-01", "Chosen on", "has not come yet"),
        ("钱某某\t\t\t\t\t90\t91", "Votes for", "More votes than the 90"),
        ("钱某某\t\t\t\t\t很多", "Entitled to vote", "This is not a number"),
        ("钱某某\t\t\t\t\t\t\t也许", "Chief representative", "Write yes or no"),
        ("赵某某", "Full name", "The same person stands in row 1"),
        ("钱某某\t\t\t\t\t\t\t是", "Chief representative", "赵某某 is the chief"),
        ("\t服务员", "Full name", "Please fill in this field"),
    ],
)
def test_a_fault_is_named_by_row_and_column_and_nobody_is_seated(
    ours, as_, row, column, says
):  # fmt: skip
    case = joined(ours)
    refused = send(ours, as_, case, f"赵某某\t\t\t\t\t\t\t是\n{row}")
    assert refused.status_code == 422
    cells = refused.text.partition('id="faults"')[2].partition("</section>")[0]
    assert column in cells
    assert says in cells
    assert "赵某某" in refused.text.partition("<textarea")[2]
    assert seated(ours, case) == {}


def test_who_sits_there_already_is_not_entered_twice(ours, as_):
    case = joined(ours)
    send(ours, as_, case, "赵某某\t\t\t\t\t\t\t是")
    again = send(ours, as_, case, "赵某某\n钱某某\t\t\t\t\t\t\t是")
    assert again.status_code == 422
    assert "on the roster already" in again.text
    assert "each side has one" in again.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Paste the list, or choose a sheet."),
        ({"lines": "姓名\t职务"}, "No name was found in it."),
        ({"lines": "\n".join(f"某{n}" for n in range(201))}, "At most 200"),
        ({"file": (io.BytesIO(b"%PDF-1.7 x"), "名单.xlsx")}, "Excel"),
        ({"lines": "赵某某", "chosen_on": "昨天"}, "not a date"),
        ({"lines": "赵某某", "record": (io.BytesIO(b"MZ\x90"), "选举.pdf")}, "PDF"),
    ],
)
def test_what_is_no_list_is_said_beside_its_field(ours, as_, typed, says):
    case = joined(ours)
    refused = send(ours, as_, case, **typed)
    assert refused.status_code == 422
    assert says in refused.text
    assert seated(ours, case) == {}


def test_a_sheet_with_a_fault_comes_back_as_text_to_be_mended_in_place(ours, as_):
    case = joined(ours)
    data = xlsx_bytes(["姓名", "产生方式"], [["赵某某", "抓阄"]])
    refused = send(ours, as_, case, file=(io.BytesIO(data), "名单.xlsx"))
    assert refused.status_code == 422
    assert "赵某某\t抓阄" in refused.text.partition("<textarea")[2]


def test_the_sheet_of_a_side_can_be_taken_away_and_brought_back(ours, theirs, as_):
    case = joined(ours)
    send(ours, as_, case, PASTED)
    browser = as_(ours.officer)
    blank = browser.get(ours.url(f"/cases/{case.id}/teams/workers/blank.csv"))
    assert blank.text.lstrip("\ufeff").startswith("Full name,Post or office,Works at")
    taken = browser.get(ours.url(f"/cases/{case.id}/teams/workers/export.csv"))
    assert "钱某某" in taken.text
    second = joined(theirs)
    assert send(theirs, as_, second, taken.text).status_code == 303
    again = seated(theirs, second)
    assert {name: one.votes_for for name, one in again.items()} == {
        "赵某某": None, "钱某某": 61, "孙某某": 58,
    }  # fmt: skip


def test_another_federation_has_no_such_list(ours, theirs, as_):
    case = joined(ours)
    for path in ("list", "blank.xlsx", "export.xlsx"):
        address = theirs.url(f"/cases/{case.id}/teams/workers/{path}")
        assert as_(theirs.officer).get(address).status_code == 404
