"""The pages of the table: every act has one, in both languages, and nothing typed is lost."""

import io

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.signature_models import LinkPurpose, Party
from blueprints.bargaining.meetings.queries import attendance_of
from blueprints.bargaining.outward.at_the_table import CASE, DESKS
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.table.links import link_for
from tenants.clock import at as clock_at
from tenants.db import db
from tests.bargaining.table_world import MET, SIGNED, VOTED, opened, voting
from tests.offers.world import instant


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_act_on_a_case_has_a_page_whatever_its_state(ours, as_, locale):
    here = opened(ours)
    browser = as_(ours.officer)
    browser.set_cookie("language", locale)
    for name in CASE.acts:
        page = browser.get(ours.url(f"/cases/{here.case_id}/table/{name}"))
        assert page.status_code == 200, name


def test_no_two_acts_share_an_address():
    addresses = [(desk.path, act) for desk in DESKS for act in desk.acts]
    assert len(addresses) == len(set(addresses))


def test_an_act_whose_time_has_not_come_is_refused_on_its_form_and_nothing_is_lost(ours, as_):
    here = opened(ours)
    typed = {"day": "2026-05-04", "time": "9点", "minutes_long": "120", "place": "职工之家",
             "agenda": "岗位工资"}  # fmt: skip
    with clock_at(instant("2026-04-11")):
        answer = as_(ours.officer).post(
            ours.url(f"/cases/{here.case_id}/table/meeting"), data=typed
        )
    assert answer.status_code == 422
    assert "岗位工资" in answer.text
    assert 'value="9点"' in answer.text


def test_more_votes_than_people_are_explained_beside_their_field(ours, as_):
    here = voting(ours)
    here.open()
    url = ours.url(f"/voting-units/{here.unit_id()}/count")
    typed = {"present": "80", "in_favour": "70", "against": "11", "abstained": "0",
             "invalid": "0", "tellers": "冯某某"}  # fmt: skip
    with clock_at(instant(VOTED, 16)):
        answer = as_(ours.officer).post(url, data=typed)
        many = as_(ours.officer).post(url, data={**typed, "present": "91"})
    assert answer.status_code == many.status_code == 422
    assert "There are more votes than people present." in answer.text
    assert "More than the 90 who may vote" in many.text
    assert 'value="70"' in answer.text


def test_a_file_that_is_not_what_it_says_is_refused_and_the_count_is_kept_on_the_form(ours, as_):
    here = voting(ours)
    here.open()
    typed = {
        "present": "80",
        "in_favour": "70",
        "against": "10",
        "abstained": "0",
        "invalid": "0",
        "tellers": "冯某某",
    }
    typed["scan"] = (io.BytesIO(b"MZ"), "计票.pdf")  # what it says it is not
    with clock_at(instant(VOTED, 16)):
        answer = as_(ours.officer).post(
            ours.url(f"/voting-units/{here.unit_id()}/count"), data=typed
        )
    assert answer.status_code == 422
    assert "This file type is not accepted" in answer.text
    assert 'value="70"' in answer.text
    with here.at(VOTED, 17):
        assert here.unit().in_favour is None


def test_needs_are_shown_before_anything_is_counted(ours, as_):
    here = voting(ours)
    with here.at(VOTED, 8):
        url = ours.url(f"/votes/{here.ballot().id}")
    page = as_(ours.officer).get(url).text
    assert "At least 2/3 of 90 is 60." in page
    assert "Counted over all 90, not over those present: at least half is 45." in page
    assert "National default, local rule not confirmed" in page


def test_a_representative_puts_the_meeting_into_a_calendar_and_confirms_the_minutes(ours, visitor):
    here = opened(ours).meet()
    with here.at(MET, 14):
        case, meeting = here.case, here.meeting()
        who = next(one for one in attendance_of(meeting.id) if not one.chief)
        link = link_for(case, LinkPurpose.MEETING, meeting_id=meeting.id,
                        representative_id=who.representative_id)  # fmt: skip
        db.session.commit()
        url = ours.url(f"/sign/{link.token}")
    entry = visitor.get(f"{url}/meeting.ics")
    assert entry.mimetype == "text/calendar"
    assert b"DTSTART:20260420T010000Z\r\n" in entry.data
    assert all(len(line) <= 75 for line in entry.data.split(b"\r\n"))
    assert "服务员最低工资" in visitor.get(url).text
    assert visitor.post(url).status_code == 303
    assert visitor.post(url).status_code == 422, "each signs once"


def test_chiefs_and_enterprises_sign_and_accede_by_links_of_their_own(ours, visitor):
    here = voting(ours).count().sign()
    with here.at(SIGNED):
        case = here.case
        signing = signing_queries.standing_signing(case.id)
        urls = [
            ours.url("/sign/" + link_for(
                case, LinkPurpose.SIGNATURE, signing_id=signing.id,
                representative_id=queries.chief_of(case.id, side).id).token)
            for side in ("workers", "employer")
        ]  # fmt: skip
        db.session.commit()
    with clock_at(instant(SIGNED)):
        assert visitor.post(urls[0]).status_code == 422, "unread is unsigned"
        for url in urls:
            assert visitor.post(url, data={"read": "y"}).status_code == 303
    assert here.state() == "signed"
    with here.at(SIGNED):
        names = signing_queries.names_under(signing.id)
    assert {party: one.method for party, one in names.items()} == {
        Party.WORKERS: "link", Party.EMPLOYER: "link",
    }  # fmt: skip
