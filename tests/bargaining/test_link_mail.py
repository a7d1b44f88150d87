"""Links of one's own by mail: the officer chooses, each gets their own, nothing goes out twice."""

import pytest
from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.signing.views import links_of
from blueprints.notices.models import Notice
from blueprints.registry.models import Enterprise
from tenants.db import db
from tests.bargaining.test_accession import prepared
from tests.bargaining.test_demands import opened as opened_round
from tests.bargaining.test_undertakings import Room
from tests.bargaining.world import joined


@pytest.fixture
def room(ours, as_, visitor):
    """A representative with an address, who is asked for an undertaking."""
    made = Room(ours, as_, visitor)
    reachable(ours, made.case.id)
    assert made.ask().location.endswith("/information/mail")
    return made


def reachable(federation, case_id):
    """Everybody at the table has an address, but for the last; the enterprises have theirs."""
    with federation.scope():
        for one in queries.representatives_of(case_id)[:-1] or queries.representatives_of(case_id):
            one.email = f"r{one.id}@example.org"
        for row in queries.enterprises_of(case_id):
            firm = db.session.get_one(Enterprise, (federation.id, row.enterprise_id))
            firm.email = f"e{firm.id}@example.org"
        db.session.commit()


def mails(federation, kind):
    with federation.scope():
        query = select(Notice).where(Notice.kind == kind).order_by(Notice.id)
        return list(db.session.scalars(query))


def test_the_undertaking_is_mailed_to_whom_the_officer_chooses_with_the_link_beside(room):
    path = room.federation.url(f"/cases/{room.case.id}/information/mail")
    page = room.officer.get(path).text
    key, address = f"representative:{room.one.id}", f"r{room.one.id}@example.org"
    assert f'value="{key}" data-pick' in page
    assert address in page
    assert room.officer.post(path, data={"to": [key], "number": "1"}).status_code == 303
    (mail,) = mails(room.federation, "undertaking")
    assert (mail.recipient, mail.address) == (key, address)
    assert mail.fields["link_url"].endswith(f"/team-room/{room.one.room_token}")
    assert mail.fields["purpose_title"] == "确认保密承诺书"
    assert "Waiting to send" in room.officer.get(path).text
    info = room.federation.url(f"/cases/{room.case.id}/information")
    assert room.one.room_token in room.officer.get(info).text, "it can be copied as before"


def test_a_form_sent_twice_sends_once_and_a_second_sending_is_its_own(room):
    path = room.federation.url(f"/cases/{room.case.id}/information/mail")
    typed = {"to": [f"representative:{room.one.id}"], "number": "1"}
    for _again in range(2):
        room.officer.post(path, data=typed)
    assert [one.sequence for one in mails(room.federation, "undertaking")] == [1]
    room.officer.post(path, data={**typed, "number": "2"})
    assert [one.sequence for one in mails(room.federation, "undertaking")] == [1, 2]


@pytest.mark.parametrize(
    ("to", "says"),
    [([], "Choose who gets the link."), (["representative:0"], "valid choice")],
)
def test_a_choice_that_cannot_be_is_refused(room, to, says):
    path = room.federation.url(f"/cases/{room.case.id}/information/mail")
    refused = room.officer.post(path, data={"to": to, "number": "1"})
    assert refused.status_code == 422
    assert says in refused.text
    assert mails(room.federation, "undertaking") == []


def test_links_to_accede_go_to_the_enterprises_that_have_not_sealed(ours, theirs, as_):
    case, signing, first = prepared(ours)
    reachable(ours, case.case_id)
    path = ours.url(f"/signings/{signing.id}/links/mail")
    page = as_(ours.officer).get(path).text
    with ours.scope():
        links = links_of(signing)["enterprises"]
    for ident in links:
        picked = f'value="enterprise:{ident}" data-pick' in page
        checked = (
            f'name="to" value="enterprise:{ident}"' in page
            and "checked" in page.split(f'value="enterprise:{ident}"')[1].split(">")[0]
        )
        assert (picked, checked) == (True, ident != first.enterprise_id)
    chosen = [f"enterprise:{ident}" for ident in links if ident != first.enterprise_id]
    as_(ours.officer).post(path, data={"to": chosen, "number": "1"})
    sent = {one.recipient: one.fields["link_url"] for one in mails(ours, "personal_link")}
    assert sent == {
        f"enterprise:{ident}": url for ident, url in links.items() if ident != first.enterprise_id
    }
    assert as_(ours.auditor).get(path).status_code == 403
    assert as_(theirs.officer).get(path).status_code == 404


def test_a_round_of_demands_is_mailed_to_enterprises_while_it_is_open(ours, as_):
    case = joined(ours)
    call = opened_round(ours, case)
    reachable(ours, case.id)
    path = ours.url(f"/cases/{case.id}/demands/{call.id}/mail")
    with ours.scope():
        firm = queries.enterprises_of(case.id)[0].enterprise_id
    as_(ours.officer).post(path, data={"to": [f"enterprise:{firm}"], "number": "1"})
    (mail,) = mails(ours, "demand_round")
    assert mail.fields["link_url"].endswith(call.enterprise_token)
    as_(ours.officer).post(ours.url(f"/cases/{case.id}/demands/{call.id}/end"))
    closed = as_(ours.officer).get(path)
    assert closed.status_code == 409
    assert "no link is sent" in closed.text
