"""Information before the table: asked, handed over, kept by the two teams; and commitments."""

import io
from datetime import date

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.information import actions as info
from blueprints.bargaining.information import commitments
from blueprints.bargaining.information.contributions import of_the_information
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.test_teams import seat
from tests.bargaining.world import WHEN, by_hand, joined

ASK = {
    "by_side": "workers", "asked": "上年度工资总额\n人均工资", "asked_on": "2026-03-20",
    "meeting_on": "2026-05-20",
}  # fmt: skip
PROMISE = {
    "workers_name": "示范市餐饮行业工会联合会", "employer_name": "示范市餐饮行业协会",
    "matters": "工种工价", "signed_on": "2026-03-20", "bargain_by": "2026-06-30",
    "ends_on": "2026-12-31",
}  # fmt: skip


def asked(federation, as_, case):
    address = federation.url(f"/cases/{case.id}/information")
    assert as_(federation.officer).post(address, data=ASK).status_code == 303
    with federation.scope():
        return info.requests_of(case.id)[0]


def handed(federation, as_, case, request, **typed):
    address = federation.url(f"/cases/{case.id}/information/{request.id}/items")
    data = {"what": "工资汇总", "handed_on": "2026-04-20", "handed_by": "陈某某",
            "file": (io.BytesIO(PDF), "工资.pdf"), **typed}  # fmt: skip
    assert as_(federation.officer).post(address, data=data).status_code == 303
    with federation.scope():
        return info.items_of(case.id)[-1]


def test_the_last_day_is_counted_back_from_the_meeting_with_the_article(theirs, as_):
    case = joined(theirs)
    request = asked(theirs, as_, case)
    assert request.due_on < date(2026, 5, 20)
    page = as_(theirs.officer).get(theirs.url(f"/cases/{case.id}/information"))
    assert request.document_no in page.text
    letter = theirs.url(f"/cases/{case.id}/information/{request.id}/letter.pdf")
    assert as_(theirs.officer).get(letter).data[:4] == b"%PDF"


def test_a_file_is_opened_by_who_runs_the_case_and_by_nobody_else_who_reads_it(ours, as_):
    case = joined(ours)
    item = handed(ours, as_, case, asked(ours, as_, case))
    address = ours.url(f"/cases/{case.id}/information/items/{item.id}")
    assert as_(ours.officer).get(address).data == PDF
    for person in (ours.approver, ours.auditor, ours.administrator):
        assert as_(person).get(ours.url(f"/cases/{case.id}")).status_code == 200
        assert as_(person).get(address).status_code == 404
        paper = ours.url(f"/cases/{case.id}/documents/{item.document_id}")
        assert as_(person).get(paper).status_code == 404


def test_the_condition_holds_once_something_was_handed_over(ours, as_):
    case = joined(ours)
    request = asked(ours, as_, case)
    with ours.scope():
        assert not of_the_information(queries.get_case(case.id))["information_supplied"]
    handed(ours, as_, case, request, file="")
    with ours.scope():
        assert of_the_information(queries.get_case(case.id))["information_supplied"]


def test_a_representative_reads_secret_files_under_an_undertaking_only(ours, as_, visitor):
    case = joined(ours)
    with ours.scope(at=WHEN):
        one = seat(queries.get_case(case.id, lock=True), Side.WORKERS, "赵某某")
        db.session.commit()
    request = asked(ours, as_, case)
    open_one = handed(ours, as_, case, request)
    secret = handed(ours, as_, case, request, confidential="y")
    room = ours.url(f"/team-room/{one.room_token}")
    assert visitor.get(room).status_code == 200
    assert visitor.get(f"{room}/files/{open_one.id}").data == PDF
    assert visitor.get(f"{room}/files/{secret.id}").status_code == 404
    typed = {"representative_id": str(one.id), "signed_on": "2026-04-01", "until_on": "2099-01-01",
             "covers": "成本资料", "scan": (io.BytesIO(PDF), "承诺书.pdf")}  # fmt: skip
    done = as_(ours.officer).post(ours.url(f"/cases/{case.id}/undertakings"), data=typed)
    assert done.status_code == 303
    assert visitor.get(f"{room}/files/{secret.id}").data == PDF


def test_who_has_left_the_team_has_left_the_room(ours, theirs, as_, visitor):
    case = joined(ours)
    with ours.scope(at=WHEN):
        one = seat(queries.get_case(case.id, lock=True), Side.WORKERS, "赵某某")
        token = one.room_token
        db.session.commit()
    assert visitor.get(theirs.url(f"/team-room/{token}")).status_code == 404
    address = ours.url(f"/cases/{case.id}/representatives/{one.id}/departure")
    as_(ours.officer).post(address, data={"on": "2026-03-21", "reason": "辞职"})
    assert visitor.get(ours.url(f"/team-room/{token}")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"ends_on": "2026-03-20"}, "ends before it begins"),
        ({"bargain_by": "2027-06-30"}, "outside the term"),
        ({"signed_on": "2099-01-01"}, "has not come yet"),
    ],
)
def test_a_commitment_has_an_end_of_its_own(ours, as_, typed, says):
    case = by_hand(ours)
    address = ours.url(f"/cases/{case.id}/commitments")
    refused = as_(ours.officer).post(address, data={**PROMISE, **typed})
    assert refused.status_code == 422
    assert says in refused.text


def test_a_commitment_is_numbered_printed_and_ended_and_moves_no_case(ours, as_):
    case = by_hand(ours)
    browser = as_(ours.officer)
    assert browser.post(ours.url(f"/cases/{case.id}/commitments"), data=PROMISE).status_code == 303
    with ours.scope():
        (one,) = commitments.commitments_of(case.id)
        assert queries.get_case(case.id).state == "preparing"
    page = browser.get(ours.url(f"/cases/{case.id}")).text
    assert one.document_no in page
    paper = browser.get(ours.url(f"/cases/{case.id}/commitments/{one.id}.pdf"))
    assert paper.data[:4] == b"%PDF"
    end = {"ended": "kept", "ended_on": "2026-06-01", "ended_note": "已开始协商"}
    address = ours.url(f"/cases/{case.id}/commitments/{one.id}/end")
    assert browser.post(address, data=end).status_code == 303
    assert "已开始协商" in browser.get(ours.url(f"/cases/{case.id}")).text
