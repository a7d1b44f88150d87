"""Wherever a contract was bargained for somebody, its pages, letters, lists and sheets say so."""

import pytest
from sqlalchemy import select

from blueprints.contracts.forecast import announcing as forecast_announcing
from blueprints.contracts.forecast.models import ForecastEntry
from blueprints.contracts.performance.finding_models import Finding
from blueprints.contracts.performance.letters import checklist, letter_of, rectification_values
from blueprints.contracts.reports.actions import values_of
from blueprints.contracts.reports.models import PerformanceReport
from blueprints.offers.ground.letters import rendered
from tests.contracts.acting_world import approved
from tests.contracts.desk import Desk
from tests.contracts.test_forecast import looked
from tests.contracts.test_performance import put_in_writing
from tests.contracts.world import published, town

SAYS, SAYS_ZH = "on behalf of 沙市区餐饮业职工", "上代下：代沙市区餐饮业职工"
LATER = "2026-03-20"


@pytest.fixture
def desk(ours, as_):
    """A contract that the city bargained for workers without a union, with all that follows."""
    ident = approved(ours)
    found = published(
        town(ours), acting_mode="upper_acts", acting_authority_id=ident, worker_party="upper_union",
        acting_name="示范市总工会", on_behalf_of="沙市区餐饮业职工",
    )  # fmt: skip
    return Desk(found, as_)


def followed(desk):
    finding = put_in_writing(desk)
    (report,) = desk.rows(select(PerformanceReport))
    path = f"/performance/contracts/{desk.town.contract_id}/assessment"
    desk.done(f"{path}/new", LATER, assessors="监督小组", next_round="提高起薪")
    looked(desk, LATER)
    (line,) = desk.rows(select(ForecastEntry).filter_by(ground="renewal"))
    return finding, report, path, line


def test_every_page_and_list_says_on_behalf_of_whom(desk):
    finding, report, assessment, line = followed(desk)
    for path in (
        f"/contracts/{desk.town.contract_id}", "/contracts", "/performance",
        f"/performance/checks/{desk.check.id}", "/performance/findings", finding,
        "/performance/reports", f"/performance/reports/{report.id}", assessment,
        "/forecast", f"/forecast/lines/{line.id}",
        f"/contracts/enterprises/{desk.town.firms[0]}",
    ):  # fmt: skip
        page = desk.see(path, LATER)
        assert page.status_code == 200, path
        assert SAYS in page.text, path


def test_every_sheet_says_it_too(desk):
    followed(desk)
    for path in (
        "/contracts/export.csv", "/performance/export.csv", "/performance/findings/export.csv",
        "/performance/reports/export.csv", "/forecast/export.csv",
    ):  # fmt: skip
        assert SAYS in desk.see(path, LATER).data.decode("utf-8-sig"), path


def test_every_letter_says_it_in_both_languages(desk):
    followed(desk)
    with desk.town.on(LATER):
        check = desk.check
        findings = desk.rows(select(Finding))
        (report,) = desk.rows(select(PerformanceReport))
        (line,) = desk.rows(select(ForecastEntry).filter_by(ground="renewal"))
        put = rectification_values(
            check, findings, on=findings[0].put_on, answer_due_on=findings[0].due_on
        )
    with desk.town.on(LATER):
        letters = {
            lang: [
                checklist(desk.check, lang),
                letter_of("22b-rectification-notice", put, "1", lang),
                letter_of("22c-annual-report", values_of(report), None, lang, blanks=True),
                forecast_announcing.letter_of(line, lang),
            ]
            for lang in ("zh", "en")
        }
        for lang, said in (("zh", SAYS_ZH), ("en", SAYS)):
            for number, letter in enumerate(letters[lang]):
                assert said in str(rendered(letter, "html")), (lang, number)


def test_the_assessment_form_says_it(desk):
    followed(desk)
    path = f"/performance/contracts/{desk.town.contract_id}/assessment/confirmation"
    assert SAYS in desk.see(path, LATER, desk.leader).text
