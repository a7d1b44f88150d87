"""The pages of the surveys: what each person is shown, and what is refused in words."""

import re

import pytest

from blueprints.evaluation import queries
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.clock import at as clock_at
from tenants.db import db
from tests.contracts.world import at
from tests.evaluation import world


@pytest.fixture
def town(ours):
    return world.town(ours)


@pytest.fixture
def link(town):
    """A survey under way, and the address of one of its links."""
    survey_id = world.opened(town)
    with town.on(world.OPENED):
        token = world.links(survey_id)[0].token
    return town.federation.url(f"/s/{token}")


ANSWER = {"knows": "yes", "took_part": "vote", "satisfied": "satisfied", "lot": "12345"}


def test_a_worker_answers_without_an_account_and_gets_a_receipt(town, link, visitor):
    with clock_at(at(world.OPENED)):
        assert visitor.get(link).status_code == 200
        sent = visitor.post(link, data=ANSWER)
        assert sent.status_code == 303
        assert visitor.get(sent.location).status_code == 200
        assert visitor.post(link, data=ANSWER).status_code == 409  # this browser has answered
    with town.on(world.OPENED):
        survey = queries.invitation_behind(link.rsplit("/", 1)[-1])[0]
        assert sum(row.returned for row in queries.places(survey.id)) == 1


def test_a_form_that_leaves_a_question_out_comes_back_with_what_was_ticked(town, link, visitor):
    with clock_at(at(world.OPENED)):
        sent = visitor.post(link, data={"knows": "yes", "job": "office"})
    assert sent.status_code == 422
    assert re.search(r'name="job" value="office"[^>]* checked', sent.text)


def test_before_and_after_the_period_no_answer_is_taken(town, link, visitor):
    for day in (world.PLANNED, world.AFTER):
        with clock_at(at(day)):
            assert visitor.post(link, data=ANSWER).status_code == 409


def test_a_link_of_another_federation_leads_nowhere(theirs, link, visitor):
    token = link.rsplit("/", 1)[-1]
    with clock_at(at(world.OPENED)):
        assert visitor.get(theirs.url(f"/s/{token}")).status_code == 404


def test_a_plan_cannot_be_answered_yet(town, visitor):
    survey_id = world.planned(town)
    with town.on(world.PLANNED):
        token = world.links(survey_id)[0].token
    with clock_at(at(world.OPENED)):
        assert visitor.get(town.federation.url(f"/s/{token}")).status_code == 404


def test_a_supervisor_sees_own_units_and_no_sum_of_the_whole(town, as_):
    federation = town.federation
    with town.on("2025-01-07"):
        guide = Supervisor(name="示例指导员", user_id=federation.supervisor.id)
        db.session.add(guide)
        db.session.flush()
        db.session.add(
            Assignment(
                supervisor_id=guide.id, enterprise_id=town.firms[0],
                valid_from=world.date(2025, 1, 1),
            )
        )  # fmt: skip
        db.session.commit()
    survey_id = world.closed(town, (12, 0), (11, 0), (13, 0))
    with clock_at(at(world.AFTER)):
        page = as_(federation.supervisor).get(federation.url(f"/surveys/{survey_id}"))
    assert page.status_code == 200
    assert world.FIRMS[0] in page.text
    assert world.FIRMS[1] not in page.text
    assert "y-figs" not in page.text
    assert as_(federation.partner).get(federation.url("/surveys")).status_code == 403


def test_the_list_asks_as_often_for_many_as_for_one(town, as_, count_queries):
    world.closed(town, (12, 0))
    browser = as_(town.federation.officer)
    with clock_at(at(world.AFTER)), count_queries() as one:
        assert browser.get(town.federation.url("/surveys")).status_code == 200
    for n in range(3):
        world.closed(town, (12, 0), name=f"示例问卷{n}")
    with clock_at(at(world.AFTER)), count_queries() as many:
        browser.get(town.federation.url("/surveys"))
    assert len(one) == len(many)


def test_a_paper_line_that_cannot_be_read_is_named_and_nothing_is_lost(town, as_):
    survey_id = world.opened(town)
    with town.on(world.OPENED):
        row = world.links(survey_id)[0]
    address = town.federation.url(f"/surveys/{survey_id}/links/{row.id}/paper")
    browser = as_(town.federation.officer)
    with clock_at(at(world.OPENED)):
        sent = browser.post(address, data={"forms": "1 1 1 3 1 2 1 1\n1 9"})
        assert sent.status_code == 422
        assert "Line 2" in sent.text
        assert "1 1 1 3 1 2 1 1" in sent.text
        assert browser.post(address, data={"forms": "1 1 1 3 1 2 1 1"}).status_code == 303
    with town.on(world.OPENED):
        assert world.links(survey_id)[0].returned == 1


def test_the_sheet_of_results_protects_as_the_page_does(town, as_):
    survey_id = world.closed(town, (12, 0), (11, 0), (3, 0))
    with clock_at(at(world.AFTER)):
        address = town.federation.url(f"/surveys/{survey_id}/results.csv")
        text = as_(town.federation.officer).get(address).get_data(as_text=True)
    lines = text.strip().splitlines()
    assert len(lines) == 4  # heads, all, and two blocks: the small unit stands with another
    assert "and 1 more, together" in text


def test_targets_are_compared_only_when_a_document_sets_them(town, as_):
    leader = as_(town.federation.approver)
    address = town.federation.url("/surveys/targets")
    assert leader.post(address, data={"awareness": "90"}).status_code == 422
    assert leader.post(address, data={"awareness": "90", "source": "示例1号"}).status_code == 303
    survey_id = world.closed(town, (2, 28))
    with clock_at(at(world.AFTER)):
        page = leader.get(town.federation.url(f"/surveys/{survey_id}"))
    assert "target 90% missed" in page.text.replace("90.0%", "90%")
