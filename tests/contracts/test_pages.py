"""The pages of a contract: filed, published and read, by those who may, in either language."""

import io
import zipfile
from datetime import date

import pytest

from blueprints.contracts.filing import publishing
from blueprints.contracts.ground import queries
from blueprints.contracts.papers import letters
from blueprints.notices.letters.html import html
from tenants.db import db
from tests.contracts import world as w

PDF = b"%PDF-1.7\n%a scan\n"


def test_a_contract_is_filed_through_its_pages_and_its_set_taken_as_one_file(ours, as_):
    town = w.signed(w.town(ours))
    officer, path = as_(ours.officer), ours.url(f"/contracts/{town.contract_id}")
    said = {"filer": "employer", "filer_name": "沙市区餐饮行业协会", "authority_name": "人社局"}
    assert officer.post(f"{path}/filing", data=said).status_code == 303
    with town.on(w.RECEIVED):
        (made,) = queries.filings_of(town.contract_id)
        paper = next(one for one in queries.papers_of(made.id) if one.key == "resolution")
    scan = {"file": (io.BytesIO(PDF), "决议.pdf"), "note": "原件"}
    answer = officer.post(f"{path}/papers/{paper.id}", data=scan)
    assert answer.status_code == 303
    packed = officer.get(f"{path}/filings/{made.id}.zip")
    names = zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert [name[3:].split(".")[0] for name in names] == [
        "报送审查函", "报送材料清单", "集体合同文本", "职工（代表）大会决议", "协商情况说明",
        "企业名册和授权（确认）文件",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.read(names[2]).decode() == w.TEXT
    late = {"handed_in_on": "2025-04-21", "received_on": "2025-04-14", "receipt_no": "1"}
    assert officer.post(f"{path}/receipt", data={**late, "receipt_no": ""}).status_code == 422
    assert officer.post(f"{path}/receipt", data=late).status_code == 409
    fine = {**late, "received_on": "2025-04-21"}
    assert officer.post(f"{path}/receipt", data=fine).status_code == 303
    page = officer.get(path)
    assert "after the last day to file" in page.text
    assert "2025-05-06" in page.text


def test_a_publication_keeps_place_days_and_photo_and_tells_who_is_missing(ours, as_):
    town = w.in_force(w.town(ours))
    officer, path = as_(ours.officer), ours.url(f"/contracts/{town.contract_id}")
    said = {
        "enterprise_id": town.firms[0], "place": "食堂门口", "from_on": "2025-05-09",
        "photo": (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"a board"), "栏.png"), "until_on": "",
        "note": "",
    }  # fmt: skip
    assert officer.post(f"{path}/publication", data=said).status_code == 303
    with town.on("2025-05-10"):
        (row,) = queries.publications_of(town.contract_id)
        assert town.contract.state == "published"
    page = officer.get(path)
    assert "食堂门口" in page.text
    assert "Posted in 1 enterprises; 2 still to come." in page.text
    assert officer.get(f"{path}/documents/{row.photo_id}").data.startswith(b"\x89PNG")


def test_workers_read_it_by_its_code_and_look_their_employer_up(ours, visitor):
    town = w.in_force(w.town(ours))
    with town.on("2025-05-10"):
        token = town.contract.public_token
    page = visitor.get(ours.url(f"/c/{token}?firm=示例甲"), headers={"Accept-Language": "en"})
    assert "2,260" in page.text
    assert "示例甲餐饮有限公司" in page.text
    assert "示例乙餐饮有限公司" not in page.text
    assert visitor.get(ours.url(f"/c/{token}/text")).data.decode() == w.TEXT


def test_nobody_outside_reads_a_contract_that_is_not_in_force(ours, visitor):
    town = w.filed(w.town(ours))
    with town.on(w.RECEIVED):
        token = town.contract.public_token
    assert visitor.get(ours.url(f"/c/{token}")).status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_says_the_clauses_plainly_in_both_languages(ours, as_, lang):
    town = w.in_force(w.town(ours))
    with town.on("2025-05-10"):
        page = html(letters.summary_letter(town.contract, lang))
    words = {"zh": "服务员工资不低于每月2260元", "en": "pay of at least 2260 yuan a month"}
    assert words[lang] in page
    path = ours.url(f"/contracts/{town.contract_id}/summary-{lang}.pdf")
    assert as_(ours.officer).get(path).data.startswith(b"%PDF")


def test_the_list_is_filtered_and_taken_away_as_it_is_shown(ours, as_):
    town = w.in_force(w.town(ours))
    w.signed(town, name="沙市区餐饮业安全专项集体合同", kind="special", topic="safety")
    officer = as_(ours.officer)
    page = officer.get(ours.url("/contracts?group=to_file"))
    assert "安全专项" in page.text
    assert "2025年度工资" not in page.text
    sheet = officer.get(ours.url("/contracts/export.csv?group=to_file")).text
    assert "安全专项" in sheet
    assert "2025年度工资" not in sheet


def test_the_list_costs_the_same_for_one_and_for_thirty(ours, as_, count_queries):
    town = w.signed(w.town(ours))
    officer, path = as_(ours.officer), ours.url("/contracts")
    officer.get(path)
    with count_queries() as one:
        officer.get(path)
    with town.on("2025-04-01"):
        for number in range(29):
            w.drawing.draw_up(w.terms(name=f"第{number}份合同"))
        db.session.commit()
    with count_queries() as thirty:
        assert "第3份合同" in officer.get(path).text
    assert len(one) == len(thirty)


def test_another_federation_sees_none_of_it(ours, theirs, as_):
    town = w.in_force(w.town(ours))
    stranger = as_(theirs.officer)
    for path in ("", "/members", "/notice.pdf", "/receipt"):
        assert stranger.get(theirs.url(f"/contracts/{town.contract_id}{path}")).status_code == 404
    with theirs.scope():
        assert queries.covered(date(2025, 5, 10)).contracts == 0


def test_a_day_of_many_postings_is_one_line_of_the_course(ours, as_):
    town = w.in_force(w.town(ours))
    with town.on(w.IN_FORCE):
        for firm in town.firms[:3]:
            publishing.publish(town.contract, firm, place="厂务公开栏", from_on=w.IN_FORCE)
        db.session.commit()
    page = as_(ours.officer).get(ours.url(f"/contracts/{town.contract_id}")).text
    posted = page[page.index('id="course"') :]
    assert posted.count("recorded a publication") == 4  # the line and what it folds
    assert "3 × " in posted
