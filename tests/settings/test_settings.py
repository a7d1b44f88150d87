"""What the federation says of itself."""

import pytest

from tenants import trail
from tenants.federation import this_federation
from tenants.numbering import document_number
from tests.world import PASSWORD


def filled(ours, **more):
    kept = {"name": "示范市总工会", "name_en": "Model City Federation", "short_name": "示工"}
    return kept | {"contact_name": "王一", "contact_phone": "0716-0000000"} | more


def test_what_is_said_stands_in_letters_and_numbers(ours, as_):
    client = as_(ours.administrator)
    data = filled(ours, offer="示工要", contact_address="示范路1号", sender_name="示范市总")
    assert client.post(ours.url("/settings"), data=data).status_code == 303
    with ours.scope():
        tenant = this_federation()
        assert tenant.settings["contact"]["phone"] == "0716-0000000"
        assert tenant.settings["mail"]["name"] == "示范市总"
        assert document_number("offer", 2026, 17) == "示工要〔2026〕17号"
        assert document_number("feedback", 2026, 3) == "示工馈〔2026〕3号"
        (event,) = trail.of(("tenant", ours.id))
    assert event.payload["changed"]["contact_name"] == [None, "王一"]
    page = client.get(ours.url("/settings")).text
    assert "changed the settings" in page
    assert "示工要〔" in page


def test_the_new_name_is_seen_at_once(ours, as_, visitor):
    data = filled(ours, name_en="Renamed Federation")
    as_(ours.administrator).post(ours.url("/settings"), data=data)
    visitor.set_cookie("language", "en")
    assert "Renamed Federation" in visitor.get(ours.url("/sign-in")).text


def test_what_other_rooms_keep_in_the_settings_stays(ours, as_):
    from sqlalchemy import update

    from tenants.db import db
    from tenants.models import Tenant

    kept = {"conventions": {"make_up_days_count": False}, "demo_password": PASSWORD}
    with ours.scope():
        db.session.execute(update(Tenant).where(Tenant.id == ours.id).values(settings=kept))
        db.session.commit()
    as_(ours.administrator).post(ours.url("/settings"), data=filled(ours))
    with ours.scope():
        assert this_federation().settings.items() >= kept.items()


WRONG = [
    ({"name": ""}, "Please fill in this field"),
    ({"offer": "示工〔2026〕"}, "no bracket"),
    ({"short_name": "示 工"}, "no space"),
    ({"offer": "同", "letter": "同"}, "already uses this stem"),
    ({"feedback": "示工约"}, "already uses this stem"),
    ({"remind_before_days": "40"}, "Between 1 and 15 days."),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_what_cannot_be_is_said_beside_the_field(ours, as_, wrong, words):
    answer = as_(ours.administrator).post(ours.url("/settings"), data=filled(ours, **wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert "0716-0000000" in answer.text
    with ours.scope():
        assert trail.of(("tenant", ours.id)) == []


def test_saving_what_stands_already_writes_nothing(ours, as_):
    client = as_(ours.administrator)
    for _ in range(2):
        client.post(ours.url("/settings"), data=filled(ours))
    with ours.scope():
        assert len(trail.of(("tenant", ours.id))) == 1


def test_only_the_administrator_sets(ours, as_, theirs):
    for person in (ours.officer, ours.approver, ours.auditor, ours.partner):
        assert as_(person).post(ours.url("/settings"), data=filled(ours)).status_code == 403
    assert as_(ours.administrator).get(theirs.url("/settings")).status_code == 404
