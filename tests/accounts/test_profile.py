"""One's own account."""

from tenants import trail
from tests.accounts.letters import row_of
from tests.world import PASSWORD

FRESH = "four words without sense"


def test_details_are_changed_and_noted(ours, as_):
    client = as_(ours.supervisor)
    data = {"name": "周远航", "title": "指导员", "phone": "0716-0000000", "locale": "zh_CN"}
    assert client.post(ours.url("/profile"), data=data).status_code == 303
    page = client.get(ours.url("/profile"))
    assert 'lang="zh-CN"' in page.text
    assert page.text.count("周远航") > 1
    with ours.scope():
        (event,) = trail.of(ours.supervisor)
    assert event.verb == "user.changed_own_details"
    assert event.payload["changed"]["phone"] == [None, "0716-0000000"]


def test_nobody_gives_themselves_another_role(ours, as_):
    data = {"name": "x", "locale": "en", "role": "administrator", "email": "other@x.example"}
    as_(ours.supervisor).post(ours.url("/profile"), data=data)
    row = row_of(ours, ours.supervisor)
    assert (row.role, row.email) == ("supervisor", ours.supervisor.email)


def test_an_empty_name_is_refused_and_what_was_typed_stays(ours, as_):
    data = {"name": "", "title": "a title of mine", "locale": "en"}
    answer = as_(ours.officer).post(ours.url("/profile"), data=data)
    assert answer.status_code == 422
    assert "a title of mine" in answer.text


def test_a_new_password_ends_the_other_sessions_and_not_this_one(ours, as_):
    here, elsewhere = as_(ours.officer), as_(ours.officer)
    data = {"current": PASSWORD, "password": FRESH, "again": FRESH}
    assert here.post(ours.url("/profile/password"), data=data).status_code == 303
    assert here.get(ours.url("/")).status_code == 200
    assert elsewhere.get(ours.url("/")).status_code == 302


def test_the_current_password_must_be_right(ours, as_):
    data = {"current": "something else", "password": FRESH, "again": FRESH}
    answer = as_(ours.officer).post(ours.url("/profile/password"), data=data)
    assert answer.status_code == 422
    assert "This is not your current password." in answer.text


def test_a_visitor_is_led_to_the_sign_in(ours, visitor):
    answer = visitor.get(ours.url("/profile"))
    assert answer.location.startswith(ours.url("/sign-in?next="))


def test_an_ended_session_tells_htmx_to_load_the_sign_in(ours, visitor):
    answer = visitor.get(ours.url("/profile"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(ours.url("/sign-in"))
