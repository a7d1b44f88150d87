"""The board of the officers: who stands where, what blocks it and why, filtered and taken away."""

from contextlib import contextmanager
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from blueprints.exposures.step_models import StepKind
from blueprints.offers.ground.queries import get_offer
from jobs.exposures import recheck, tell
from tenants.clock import at
from tenants.db import db
from tests.exposures.world import DEMANDED, NOTED, SHOWN, Silent
from tests.offers.world import instant

NAME = "示例静默餐饮有限公司"


@pytest.fixture
def silent(ours):
    one = Silent(ours)
    one.lapse()
    return one


@pytest.fixture
def board(silent, as_):
    def see(day, user=None, path="/exposures", **asked):
        with at(instant(day)):
            browser = as_(user or silent.federation.officer)
            return browser.get(silent.federation.url(path), query_string=asked)

    return see


def test_a_silent_one_waits_for_a_demand_letter(board):
    page = board(DEMANDED).text
    assert NAME in page
    assert "Propose: Demand letter" in page


def test_the_board_says_what_blocks_a_step_and_why(silent, board):
    silent.step(StepKind.DEMAND, DEMANDED)
    assert "Wait for its term to end" in board("2025-06-04").text
    assert "Propose: Supervision opinion" in board("2025-06-23").text


def test_a_case_of_exposure_names_the_first_condition_it_lacks(silent, board):
    silent.climb()
    silent.propose()
    silent.check()
    page = board(NOTED).text
    assert "Serve the notice of intent, with proof" in page
    assert "the notice of intent is not served" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"group": "overdue"}, True),
        ({"group": "public"}, False),
        ({"q": "静默"}, True),
        ({"q": "没有这家"}, False),
        ({"area": "421002"}, True),
        ({"area": "421003"}, False),
        ({"due": "past"}, True),
        ({"due": "soon"}, False),
        ({"sort": "-name"}, True),
        ({"sort": "stage"}, True),
        ({"sort": "nonsense", "cursor": "nonsense"}, True),
    ],
)
def test_it_filters_and_sorts(board, asked, found):
    page = board(DEMANDED, **asked)
    assert page.status_code == 200
    assert (NAME in page.text) is found


def test_an_empty_filter_says_how_to_go_on(board):
    assert "No case fits this filter." in board(DEMANDED, q="没有这家").text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_shown_can_be_taken_away(board, kind):
    for asked, rows in (({}, 1), ({"group": "public"}, 0)):
        sheet = board(DEMANDED, path=f"/exposures/export.{kind}", **asked)
        assert sheet.status_code == 200
        if kind == "csv":
            lines = sheet.text.splitlines()[1:]
        else:
            book = CalamineWorkbook.from_object(BytesIO(sheet.data))
            lines = book.get_sheet_by_index(0).to_python()[1:]
        assert len(lines) == rows


def test_nothing_moves_toward_publication_by_itself(silent, board):
    """Days pass, jobs run, pages are opened: without a person's act the state stays."""
    silent.climb()
    silent.propose()
    silent.hear()
    silent.decide()
    for day in (SHOWN, "2025-12-01"):
        for job in (tell, recheck):
            with silent.federation.app.app_context():
                job(tenant_id=silent.federation.id, at=instant(day).isoformat())
        board(day)
        assert silent.look().state == "decided_publish"


def test_a_person_of_another_role_does_not_see_the_board(silent, as_):
    for user in (silent.federation.union, silent.federation.supervisor, silent.federation.partner):
        assert as_(user).get(silent.federation.url("/exposures")).status_code in {403, 404}


@pytest.fixture
def asked(app):
    """The statements sent to the database inside the block."""

    @contextmanager
    def listening():
        statements = []

        def hear(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", hear)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", hear)

    return listening


def test_the_board_asks_as_often_for_thirty_as_for_one(ours, as_, asked):
    silent = Silent(ours, [f"示例沉默{number}餐饮有限公司" for number in range(30)])
    silent.lapse()
    silent.climb()
    silent.propose()
    with at(instant(NOTED)):
        browser, path = as_(ours.officer), ours.url("/exposures")
        browser.get(path)
        counted = []
        for many in (False, True):
            if many:
                silent.others_too()
            with asked() as statements:
                page = browser.get(path)
            counted.append((page.text.count("/exposures/offers/"), len(statements)))
    assert [rows for rows, _ in counted] == [1, 31]
    assert counted[0][1] == counted[1][1] <= 20


def test_a_reminder_letter_is_offered_where_the_clock_still_runs(ours, as_):
    silent = Silent(ours)
    silent.serve()
    with at(instant("2025-03-10")):
        browser = as_(ours.officer)
        page = browser.get(ours.url(f"/offers/{silent.offer_id}")).text
        assert "Reminder letter" in page
        path = ours.url(f"/exposures/offers/{silent.offer_id}/reminder")
        assert browser.get(path).status_code == 200
        assert browser.post(path).status_code == 303
    assert [step.kind for step in silent.steps()] == ["reminder"]


def test_the_page_of_the_enterprise_says_where_it_stands(silent, as_):
    with silent.federation.scope():
        enterprise_id = get_offer(silent.offer_id).enterprise_id
    page = silent.federation.url(f"/enterprises/{enterprise_id}")
    with at(instant(DEMANDED)):
        assert "Propose: Demand letter" in as_(silent.federation.officer).get(page).text
        assert "Propose: Demand letter" not in as_(silent.federation.union).get(page).text
