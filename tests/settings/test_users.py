"""Users and roles."""

import re

import pytest
from sqlalchemy import func, select

from blueprints.notices.models import Notice
from tenants import trail
from tenants.db import db
from tenants.models import User
from tenants.roles import Role
from tests.world import PASSWORD

NEW = {"name": "刘一", "email": "liu@city.example", "role": "officer", "locale": "zh_CN"}


def invite(client, federation, **more):
    return client.post(federation.url("/users"), data=NEW | more)


def as_sent(federation, user_id):
    """The values of the last mail to this user."""
    with federation.scope():
        query = select(Notice).where(Notice.recipient == f"user:{user_id}").order_by(Notice.id)
        return db.session.scalars(query).all()[-1]


def row_of(federation, user):
    with federation.scope():
        return db.session.scalars(select(User).where(User.id == user.id)).one()


def edited(user, **more):
    """The form of this user as it stands, with something changed."""
    kept = {"name": user.name, "email": user.email, "role": str(user.role), "status": user.status}
    return kept | {"locale": "en"} | more


def test_an_invitation_makes_an_account_and_owes_a_mail(ours, as_):
    answer = invite(as_(ours.administrator), ours)
    assert answer.status_code == 303
    user_id = int(answer.location.rsplit("/", 1)[1])
    page = as_(ours.administrator).get(answer.location)
    assert "刘一" in page.text
    assert "Send the invitation again" in page.text
    notice = as_sent(ours, user_id)
    assert notice.address == "liu@city.example"
    assert "/invitation/" in notice.fields["invitation_url"]
    with ours.scope():
        assert [event.verb for event in trail.of(("user", user_id))] == ["user.invited"]


def test_the_address_of_somebody_else_is_refused_beside_the_field(ours, as_):
    answer = invite(as_(ours.administrator), ours, email=ours.officer.email.upper())
    assert answer.status_code == 422
    assert "Somebody of your federation has this address already." in answer.text
    assert 'value="刘一"' in answer.text


def test_the_same_address_may_be_used_in_another_federation(ours, theirs, as_):
    assert invite(as_(ours.administrator), ours, email=theirs.officer.email).status_code == 303


@pytest.mark.parametrize("field", ["name", "email", "role"])
def test_what_is_missing_is_said_beside_the_field(ours, as_, field):
    answer = invite(as_(ours.administrator), ours, **{field: ""})
    assert answer.status_code == 422
    assert 'class="y-err"' in answer.text


def test_a_union_account_must_name_its_union(ours, as_):
    answer = invite(as_(ours.administrator), ours, role="union")
    assert "Say for which union this account speaks." in answer.text
    answer = invite(as_(ours.administrator), ours, role="union", union="没有这个工会")
    assert "There is no union of this name in the register." in answer.text


def test_a_changed_role_counts_at_the_next_request(ours, as_):
    officer = as_(ours.officer)
    assert officer.get(ours.url("/users")).status_code == 403
    data = edited(ours.officer, role="administrator")
    as_(ours.administrator).post(ours.url(f"/users/{ours.officer.id}"), data=data)
    assert officer.get(ours.url("/users")).status_code == 200


def test_a_disabled_user_is_out_at_the_next_request(ours, as_):
    officer = as_(ours.officer)
    data = edited(ours.officer, status="disabled")
    as_(ours.administrator).post(ours.url(f"/users/{ours.officer.id}"), data=data)
    assert officer.get(ours.url("/")).location.startswith(ours.url("/sign-in"))
    data = {"email": ours.officer.email, "password": PASSWORD}
    assert officer.post(ours.url("/sign-in"), data=data).status_code == 422
    page = as_(ours.administrator).get(ours.url(f"/users/{ours.officer.id}"))
    assert "disabled the account" in page.text


def test_an_enabled_user_comes_in_again(ours, as_, visitor):
    boss = as_(ours.administrator)
    for status in ("disabled", "active"):
        data = edited(ours.officer, status=status)
        assert boss.post(ours.url(f"/users/{ours.officer.id}"), data=data).status_code == 303
    data = {"email": ours.officer.email, "password": PASSWORD}
    assert visitor.post(ours.url("/sign-in"), data=data).status_code == 303


@pytest.mark.parametrize("change", [{"role": "officer"}, {"status": "disabled"}])
def test_the_last_administrator_stays(ours, as_, change):
    boss = ours.administrator
    answer = as_(boss).post(ours.url(f"/users/{boss.id}"), data=edited(boss, **change))
    assert answer.status_code == 422
    assert "This is the last active administrator." in answer.text
    field = re.search(r'<fieldset class="y-field has-err".*?</fieldset>', answer.text, re.DOTALL)
    assert "last active administrator" in field.group()
    assert row_of(ours, boss).role == Role.ADMINISTRATOR


def test_of_two_administrators_one_may_go(ours, as_):
    boss = as_(ours.administrator)
    data = edited(ours.officer, role="administrator")
    boss.post(ours.url(f"/users/{ours.officer.id}"), data=data)
    data = edited(ours.administrator, role="auditor")
    assert boss.post(ours.url(f"/users/{ours.administrator.id}"), data=data).status_code == 303
    assert boss.get(ours.url("/users")).status_code == 403


def test_nobody_shuts_out_themselves(ours, as_):
    boss = as_(ours.administrator)
    data = edited(ours.officer, role="administrator")
    boss.post(ours.url(f"/users/{ours.officer.id}"), data=data)
    data = edited(ours.administrator, status="disabled")
    answer = boss.post(ours.url(f"/users/{ours.administrator.id}"), data=data)
    assert "You cannot disable your own account" in answer.text


def test_an_invitation_is_sent_again_only_to_who_has_not_come_in(ours, as_):
    boss = as_(ours.administrator)
    user_id = int(invite(boss, ours).location.rsplit("/", 1)[1])
    assert boss.post(ours.url(f"/users/{user_id}/invitation")).status_code == 303
    answer = boss.post(ours.url(f"/users/{ours.officer.id}/invitation"))
    assert answer.status_code == 409


def test_the_list_searches_filters_and_sorts(ours, as_):
    boss = as_(ours.administrator)
    invite(boss, ours)
    assert "刘一" in boss.get(ours.url("/users?q=刘")).text
    assert "刘一" not in boss.get(ours.url("/users?role=auditor")).text
    only = boss.get(ours.url("/users?status=invited")).text
    assert "1 user" in only
    assert ours.officer.email not in only
    assert "Nothing matches your filters." in boss.get(ours.url("/users?q=%25")).text
    for sort in ("name", "-name", "email", "role", "status", "-seen", "nonsense"):
        assert boss.get(ours.url(f"/users?sort={sort}")).status_code == 200


def test_long_lists_turn_page_by_page_without_loss(ours, as_):
    with ours.scope(by=ours.administrator):
        names = [f"u{n:03}" for n in range(120)]
        for name in names:
            db.session.add(User(name=name, email=f"{name}@x.example", role="officer"))
        db.session.commit()
    boss, seen, address = as_(ours.administrator), [], ours.url("/users?q=@x.example")
    while address:
        text = boss.get(address).text
        seen += re.findall(r'users/\d+">(u\d+)</a>', text)
        link = re.search(r'rel="next" href="([^"]+)"', text)
        address = link.group(1).replace("&amp;", "&") if link else ""
    assert seen == names


def test_the_list_is_taken_away_as_filtered(ours, as_):
    boss = as_(ours.administrator)
    sheet = boss.get(ours.url("/users/export.csv?role=auditor"))
    assert ours.auditor.email in sheet.text
    assert ours.officer.email not in sheet.text
    assert boss.get(ours.url("/users/export.xlsx")).data[:2] == b"PK"


def test_a_list_of_thirty_asks_as_often_as_one_of_one(ours, as_, app):
    from sqlalchemy import event

    boss, asked = as_(ours.administrator), []
    with app.app_context():
        engine = db.engine

    def count(*_):
        asked.append(1)

    event.listen(engine, "before_cursor_execute", count)
    try:
        boss.get(ours.url("/users?role=auditor"))
        one = len(asked)
        with ours.scope():
            for n in range(30):
                db.session.add(User(name=f"a{n}", email=f"a{n}@x.example", role="auditor"))
            db.session.commit()
        asked.clear()
        boss.get(ours.url("/users?role=auditor"))
        assert len(asked) == one
    finally:
        event.remove(engine, "before_cursor_execute", count)


def test_only_administrators_manage_users(ours, as_):
    for role, person in ours.people.items():
        expected = 200 if role is Role.ADMINISTRATOR else 403
        assert as_(person).get(ours.url("/users")).status_code == expected, role


def test_users_of_another_federation_do_not_exist(ours, theirs, as_):
    boss = as_(ours.administrator)
    assert boss.get(ours.url(f"/users/{theirs.officer.id}")).status_code == 404
    assert boss.get(theirs.url("/users")).status_code == 404
    assert theirs.officer.email not in boss.get(ours.url("/users")).text
    data = edited(theirs.officer, role="auditor")
    assert boss.post(ours.url(f"/users/{theirs.officer.id}"), data=data).status_code == 404
    assert row_of(theirs, theirs.officer).role == Role.OFFICER


def test_nothing_is_written_when_nothing_is_changed(ours, as_):
    with ours.scope():
        user = db.session.scalars(select(User).where(User.id == ours.officer.id)).one()
        before = db.session.scalar(select(func.count()).select_from(User))
    as_(ours.administrator).post(ours.url(f"/users/{user.id}"), data=edited(user))
    with ours.scope():
        assert trail.of(("user", user.id)) == []
        assert db.session.scalar(select(func.count()).select_from(User)) == before
