"""What follows a contract: its renewal or its change, opened by one click, once."""

from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.contracts.filing import succession
from blueprints.contracts.forecast.models import ForecastEntry
from tenants.db import db
from tests.contracts.test_forecast import looked

EARLY, SEEN = "2025-06-02", "2026-03-20"  # the window opens on 1 March


def follow(desk, day=SEEN, by=None):
    return desk.send(f"/contracts/{desk.town.contract_id}/following", day, by)


def page(desk, day=SEEN, by=None):
    return desk.see(f"/contracts/{desk.town.contract_id}", day, by).text


def cases(desk):
    return desk.rows(select(BargainingCase).order_by(BargainingCase.id))


def test_the_page_leads_to_the_renewal_when_its_window_is_open(desk):
    assert "Open the case of its renewal" in page(desk)
    answer = follow(desk)
    assert answer.status_code == 303
    (case,) = cases(desk)
    assert answer.headers["Location"].endswith(f"/cases/{case.id}")
    assert (case.ground, case.supersedes_contract_id) == ("renewal", desk.town.contract_id)
    firms = desk.rows(select(CaseEnterprise.enterprise_id))
    assert set(firms) == set(desk.town.firms)


def test_it_is_opened_once_and_the_page_says_by_which_case(desk):
    assert follow(desk).status_code == 303
    assert f"Case {cases(desk)[0].document_no} was opened for it already." in page(desk)
    assert follow(desk).status_code == 409
    assert len(cases(desk)) == 1


def test_the_line_of_the_forecast_is_dealt_with_too(desk):
    looked(desk, SEEN)
    follow(desk)
    (line,) = desk.rows(select(ForecastEntry).filter_by(ground="renewal"))
    assert (line.state, line.case_id) == ("case", cases(desk)[0].id)


def test_long_before_its_end_nothing_can_be_opened_and_the_page_says_from_when(desk):
    assert "Renewal may be proposed from 2026-03-01; it is too early." in page(desk, EARLY)
    assert follow(desk, EARLY).status_code == 409
    assert cases(desk) == []


def test_a_change_that_both_sides_agreed_on_is_opened_at_any_time(desk):
    with desk.town.on(EARLY):
        succession.agree_to_change(desk.town.contract, "物价上涨", both_agree=True)
        db.session.commit()
    assert "Open the case of the change" in page(desk, EARLY)
    assert follow(desk, EARLY).status_code == 303
    (case,) = cases(desk)
    assert case.name.endswith("变更")
    assert "物价上涨" in case.ground_note


def test_what_both_sides_agreed_to_end_is_not_renewed(desk):
    with desk.town.on(SEEN):
        succession.agree_to_end(desk.town.contract, "行业重组", both_agree=True)
        db.session.commit()
    assert "Both sides agreed to end it; nothing follows." in page(desk)
    assert follow(desk).status_code == 409


def test_whoever_may_not_open_cases_reads_why(desk):
    leader = desk.town.federation.approver
    assert follow(desk, by=leader).status_code == 403
    assert "Your role does not include it." in page(desk, by=leader)


def test_nobody_of_another_federation_can_follow_it(desk, theirs, as_):
    path = f"/contracts/{desk.town.contract_id}/following"
    assert as_(theirs.officer).post(theirs.url(path)).status_code == 404


def test_registering_a_publication_is_pressing_only_while_somebody_cannot_read_it(desk):
    assert 'btn-primary" href="/' in page(desk, EARLY), "two enterprises have not posted it"
    for firm in desk.town.firms[1:]:
        desk.done(f"/contracts/{desk.town.contract_id}/publication", EARLY,
                  enterprise_id=str(firm), place="食堂", from_on=EARLY)  # fmt: skip
    shown = page(desk, EARLY)
    assert "Record a publication" in shown
    assert 'btn-primary" href="/' not in shown
    assert "示例乙餐饮有限公司" in shown.split('id="course"')[1], "the course names the enterprise"
