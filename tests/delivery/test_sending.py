"""What holds mail back, who may change it, and that nothing is lost by it."""

import re
from datetime import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from blueprints.delivery import actions
from blueprints.notices.mail.identity import account_of, greeting
from blueprints.notices.models import Notice
from blueprints.notices.sealing import unseal
from blueprints.notices.sending import MailSetup, mail_setup, standing
from jobs.notices import drain
from jobs.sweeps import sweep_notices
from tenants import trail
from tenants.db import db
from tenants.federation import this_federation
from tests.notices.world import deliveries, moment, owe, owe_many, reread, states

NOON = "2026-04-01T04:00+00:00"  # in Shanghai


def told(federation, **facts):
    """The federation's mail settings, as its administrator would leave them."""
    with federation.scope(by=federation.administrator):
        setup = actions.setup_row()
        for name, value in facts.items():
            setattr(setup, name, value)
        db.session.commit()


def run(federation, at=NOON):
    with federation.app.app_context():
        return drain(tenant_id=federation.id, at=at)


def owed(federation, *addresses, **more):
    with federation.scope(at=None):
        for number, address in enumerate(addresses, start=1):
            owe(number, address=address, due_at=moment(NOON), **more)
        db.session.commit()


def page(federation, as_, path="/delivery", by=None):
    return as_(by or federation.administrator).get(federation.url(path))


FORM = {
    "host": "smtp.city.example", "port": "587", "tls": "starttls", "account": "union",
    "password": "geheim!", "sender": "union@city.example", "own_list": "lead@city.example",
}  # fmt: skip


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("https://yaoyue.city.example/", "yaoyue.city.example"),
        ("http://192.0.2.7:8000", "[192.0.2.7]"),
        ("http://[2001:db8::7]:8000", "[IPv6:2001:db8::7]"),
        ("http://localhost:8000", "[127.0.0.1]"),
    ],
)
def test_a_mail_server_is_greeted_by_the_name_people_know_us_by(ours, base_url, said):
    """Nobody is asked for it: a name server that is slow would hold back every mail."""
    settings = ours.app.extensions["settings"].model_copy(update={"base_url": base_url})
    assert greeting(settings) == said


def test_the_password_is_stored_sealed_and_never_shown(ours, as_):
    administrator = as_(ours.administrator)
    assert administrator.post(ours.url("/delivery/settings"), data=FORM).status_code == 303
    with ours.scope():
        setup = mail_setup()
        assert "geheim" not in setup.password
        assert unseal(setup.password) == "geheim!"
        account = account_of(this_federation())
        assert (account.host, account.user, account.password) == (
            "smtp.city.example", "union", "geheim!",
        )  # fmt: skip
        assert account.tls == "starttls"
        (event,) = trail.of(setup)
        assert "geheim" not in str(event.payload)
    for path in ("/delivery", "/delivery/settings"):
        assert "geheim" not in administrator.get(ours.url(path)).text
    kept = {**FORM, "password": "", "per_day": "100"}
    administrator.post(ours.url("/delivery/settings"), data=kept)
    with ours.scope():
        assert unseal(mail_setup().password) == "geheim!"


def test_who_names_a_first_server_is_offered_encryption(ours, as_):
    administrator = as_(ours.administrator)
    limits = {"host": "", "port": "", "tls": "none", "per_day": "9"}
    assert administrator.post(ours.url("/delivery/settings"), data=limits).status_code == 303
    page = administrator.get(ours.url("/delivery/settings")).text
    chosen = re.findall(r"<input[^>]* checked[^>]*>", page)
    assert [re.search(r'value="(\w+)"', each)[1] for each in chosen] == ["starttls"]
    assert re.search(r'name="port"[^>]* value="587"', page)


def test_another_server_begins_a_trial_and_only_another_person_opens_it(ours, as_):
    as_(ours.administrator).post(ours.url("/delivery/settings"), data=FORM)
    with ours.scope():
        assert mail_setup().trial
    for person in (ours.administrator, ours.officer):
        assert as_(person).post(ours.url("/delivery/opening")).status_code == 403
    assert as_(ours.approver).post(ours.url("/delivery/opening")).status_code == 303
    with ours.scope():
        assert not mail_setup().trial
        with pytest.raises(IntegrityError, match="opened_by_another"):
            db.session.execute(text("UPDATE mail_setup SET opened_by_id = entered_by_id"))
    as_(ours.administrator).post(
        ours.url("/delivery/settings"), data={**FORM, "password": "", "per_day": "9"}
    )
    with ours.scope():
        assert not mail_setup().trial


def test_in_a_trial_only_the_own_list_and_own_accounts_get_mail(ours, mailroom, as_):
    told(ours, trial=True, own_list=["lead@city.example", "@union.example"])
    owed(ours, "n1@firm.example", "Lead@city.example", "chair@union.example")
    with ours.scope():
        owe(9, recipient="user:1", address="me@elsewhere.example", due_at=moment(NOON))
        db.session.commit()
    assert run(ours) == 3
    assert {m.recipient for m in mailroom.mails} == {
        "Lead@city.example", "chair@union.example", "me@elsewhere.example",
    }  # fmt: skip
    with ours.scope():
        held = db.session.scalars(select(Notice).where(Notice.address == "n1@firm.example")).one()
        assert held.state == "queued"
        assert held.attempts == 0
    shown = page(ours, as_, f"/notices/{held.id}", by=ours.officer).text
    assert "Trial: mail goes only to the federation" in shown
    told(ours, trial=False)
    assert run(ours) == 1


def test_quiet_hours_are_local_and_run_over_midnight(ours, mailroom):
    told(ours, quiet_from=time(20), quiet_until=time(8))
    owed(ours, "n1@firm.example")
    assert run(ours, "2026-04-01T13:00+00:00") == 0  # nine in the evening there
    assert run(ours, "2026-04-01T23:59+00:00") == 0
    assert mailroom.mails == []
    assert run(ours, "2026-04-02T00:00+00:00") == 1


def test_a_paused_federation_sends_nothing_says_why_and_loses_nothing(ours, theirs, mailroom, as_):
    officer = as_(ours.officer)
    assert officer.post(ours.url("/delivery/pause"), data={}).status_code == 422
    officer.post(ours.url("/delivery/pause"), data={"reason": "抬头有误"})
    owed(ours, "n1@firm.example")
    owed(theirs, "n1@theirs.example")
    assert run(ours) == 0
    assert run(theirs) == 1
    assert "抬头有误" in officer.get(ours.url("/notices")).text
    with ours.scope():
        (notice,) = db.session.scalars(select(Notice))
    assert "抬头有误" in officer.get(ours.url(f"/notices/{notice.id}")).text
    officer.post(ours.url("/delivery/resumption"))
    assert run(ours) == 1


def test_a_link_that_opens_an_account_goes_out_whatever_is_held_back(ours, mailroom):
    told(
        ours,
        paused_at=moment(NOON),
        paused_reason="x",
        trial=True,
        quiet_from=time(0),
        quiet_until=time(23),
    )
    owed(ours, "new@firm.example", kind="invitation")
    assert run(ours) == 1


def test_a_day_has_its_limit_and_the_rest_goes_the_next_day(ours, mailroom):
    told(ours, per_day=30)
    with ours.scope(at=moment(NOON)):
        owe_many(70)
        db.session.commit()
    assert run(ours) == 30
    assert run(ours) == 0
    with ours.scope(at=moment(NOON)):
        assert "limit of 30 is reached" in standing().reason().en
        assert states() == {"queued": 40, "sent": 30}
    assert run(ours, "2026-04-01T15:59+00:00") == 0
    assert run(ours, "2026-04-01T16:01+00:00") == 30  # past midnight there
    assert run(ours, "2026-04-03T04:00+00:00") == 10
    assert len(mailroom.counts) == 70


def test_a_domain_has_its_limit_and_stops_no_other(ours, mailroom, as_):
    told(ours, per_domain=5)
    with ours.scope(at=moment(NOON)):
        owe_many(20)
        last = owe(99, address="one@other.example", due_at=moment("2026-04-01T04:00:01+00:00"))
        db.session.commit()
    assert run(ours, "2026-04-01T05:00+00:00") == 6
    with ours.scope(at=moment(NOON)):
        assert reread(last).state == "sent"
        assert states() == {"queued": 15, "sent": 6}
        waiting = db.session.scalars(select(Notice).where(Notice.state == "queued")).first()
        reason = standing().reason(waiting.address).en
        assert reason == "Today's limit of 5 to firm.example is reached; it goes on tomorrow."
        assert waiting.attempts == 0
        assert deliveries(waiting.id) == []


def test_a_sweep_does_not_wake_workers_for_what_is_held_back(ours, app):
    told(ours, paused_at=moment(NOON), paused_reason="x")
    owed(ours, "n1@firm.example")
    app.extensions["rq"].empty()
    with ours.app.app_context():
        sweep_notices(tenant_id=ours.id, at=NOON)
    assert app.extensions["rq"].count == 0


def test_what_could_not_be_tried_does_not_count(ours, mailroom):
    told(ours, per_day=30)
    with ours.scope(at=moment(NOON)):
        owe_many(20)
        db.session.commit()
    mailroom.close()
    assert run(ours) == 0
    with ours.scope(at=moment(NOON)):
        assert standing().room == 30
    mailroom.open(mailroom.port)
    assert run(ours, "2026-04-01T05:00+00:00") == 20


def test_a_federation_sends_over_its_own_server_as_itself(ours, theirs, mailroom):
    told(ours, host=mailroom.host, port=mailroom.port, sender="union@city.example")
    owed(ours, "n1@firm.example")
    owed(theirs, "n1@theirs.example")
    assert run(ours) == run(theirs) == 1
    senders = {mail.recipient: mail.sender for mail in mailroom.mails}
    assert senders == {
        "n1@firm.example": "union@city.example",
        "n1@theirs.example": "notices@yaoyue.example",
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tls": "none"}, "not sent over an open line"),
        ({"sender": ""}, "needs an address of your own"),
        ({"sender": "a b"}, "no e-mail address"),
        ({"host": "smtp example"}, "no name of a server"),
        ({"quiet_from": "20:00"}, "when it begins and when it ends"),
        ({"own_list": "lead"}, "no address and no @domain"),
    ],
)
def test_what_cannot_work_is_said_beside_its_field(ours, as_, change, words):
    path = ours.url("/delivery/settings")
    answer = as_(ours.administrator).post(path, data={**FORM, **change})
    assert answer.status_code == 422
    assert words in answer.text
    with ours.scope():
        assert db.session.scalars(select(MailSetup)).all() == []


def test_who_may_not_change_it_sees_how_it_stands(ours, as_):
    assert page(ours, as_, by=ours.auditor).status_code == 200
    assert page(ours, as_, "/delivery/settings", by=ours.auditor).status_code == 403
    assert page(ours, as_, by=ours.union).status_code == 403
