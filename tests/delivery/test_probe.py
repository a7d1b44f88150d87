"""The test mail goes the way of every notice, and the page says what that has proven."""

import re

import dkim
import pytest
from sqlalchemy import select

from blueprints.delivery import probe_actions
from blueprints.delivery.returns_actions import make_key, switch
from blueprints.notices import bounces
from blueprints.notices.models import Notice
from blueprints.notices.returns import MailReturns
from blueprints.notices.sending import standing
from blueprints.notices.signing import mail_signature
from blueprints.notices.suppressions import Dead, standing_against, suppress
from blueprints.shared.guards import Viewer
from jobs.notices import drain
from jobs.sweeps import sweep_notices
from rules.contacts import MAILBOX_UNKNOWN
from tenants import trail
from tenants.db import db
from tests.delivery.returning import report
from tests.delivery.test_sending import told
from tests.notices.world import deliveries, moment, open_repairs

STEP = re.compile(r"<dt><span[^>]*>([^<]+)</span></dt><dd[^>]*>([^<]*)</dd>")


def press(federation, as_):
    answer = as_(federation.administrator).post(federation.url("/delivery/test"))
    _, _, proven = answer.text.partition('id="proven"')
    return answer.text, dict(STEP.findall(proven.partition("</dl>")[0]))


def tried(federation):
    """The test mails, the first first."""
    with federation.scope():
        query = select(Notice).where(Notice.kind == "mail_test").order_by(Notice.sequence)
        return list(db.session.scalars(query))


def signing(federation):
    with federation.scope():
        make_key("city.example", "k1")
        switch(on=True)
        db.session.add(MailReturns(address="returns@city.example"))
        db.session.commit()
        return mail_signature().record


def test_a_plain_setup_shows_what_is_there_and_what_is_not(ours, mailroom, as_):
    page, proven = press(ours, as_)
    assert "The server took the mail." in page
    assert proven == {
        "Connection": f"{mailroom.host}:{mailroom.port}",
        "Encryption": "not encrypted",
        "Sender": "notices@yaoyue.example",
        "DKIM signature": "not signed",
        "Return address": "the sender&#39;s; what comes back is not read here",
    }
    (mail,) = mailroom.to(ours.administrator.email)
    assert mail.sender == "notices@yaoyue.example"
    assert mail.header("Subject") == "Test of the mail settings"


def test_it_bears_the_signature_and_the_return_address_of_a_notice(ours, mailroom, as_):
    record = signing(ours)
    _, proven = press(ours, as_)
    (mail,) = mailroom.mails
    assert dkim.verify(mail.raw, dnsfunc=lambda *_, **__: record.encode())
    assert proven["DKIM signature"] == "d=city.example s=k1"
    assert proven["Return address"] == mail.sender
    assert mail.sender.startswith("returns+")


def test_a_test_that_comes_back_is_understood_like_any_notice(ours, mailroom, as_):
    signing(ours)
    press(ours, as_)
    (mail,) = mailroom.mails
    with ours.scope():
        assert bounces.take_in(report(mail.sender), source="file") == "hard"
        db.session.commit()
        assert standing_against(ours.administrator.email) is not None
        (task,) = open_repairs()
        assert task.recipient == f"user:{ours.administrator.id}"
    (notice,) = tried(ours)
    assert (notice.state, notice.bounce) == ("bounced", "hard")
    assert "lift that first" in press(ours, as_)[0]
    assert len(mailroom.mails) == 1


def test_a_test_stands_in_the_list_and_each_has_its_own_number(ours, mailroom, as_):
    press(ours, as_)
    press(ours, as_)
    first, second = tried(ours)
    assert (first.state, second.state, second.sequence) == ("sent", "sent", 2)
    assert len({mail.ident for mail in mailroom.mails}) == 2
    shown = as_(ours.officer).get(ours.url(f"/notices/{first.id}")).text
    assert "Test of the mail settings" in shown
    history = as_(ours.administrator).get(ours.url("/delivery")).text
    assert "Taken: yes; What was answered: 250 taken" in history
    with ours.scope():
        tested = [event for event in trail.of(standing().setup) if event.verb == "mail.tested"]
        assert [event.payload["fine"] for event in tested] == [True, True]


@pytest.mark.parametrize(
    "case",
    [
        ("550 5.1.1 no such mailbox", "refuses the mail to", "cancelled"),
        ("451 4.7.1 come back later", "puts the mail off for now", "queued"),
    ],
)
def test_what_the_server_answers_is_said_and_carried_out(ours, mailroom, as_, case):
    says, words, state = case
    mailroom.says[ours.administrator.email] = says
    page, _ = press(ours, as_)
    assert words in page
    assert says in page
    (notice,) = tried(ours)
    assert notice.state == state
    with ours.scope():
        assert [answer for _, answer in deliveries(notice.id)] == [says]
        assert open_repairs() == []
        assert standing_against(ours.administrator.email) is None


def test_a_line_that_breaks_after_the_text_leaves_it_to_a_worker(ours, mailroom, as_):
    mailroom.swallow.add(ours.administrator.email)
    page, _ = press(ours, as_)
    assert "The line broke before the answer came." in page
    mailroom.swallow.clear()
    (notice,) = tried(ours)
    assert notice.state == "uncertain"
    with ours.app.app_context():
        assert drain(tenant_id=ours.id, at="2099-01-01T00:00+00:00") == 1
    assert len({mail.ident for mail in mailroom.mails}) == 1


@pytest.mark.parametrize(
    "case",
    [
        ({"tls": "starttls"}, "does not offer what was asked for", {"Connection"}),
        ({"tls": "tls"}, "did not come about; try another kind", set()),
        ({"port": 1}, "cannot be reached at port 1", set()),
    ],
)
def test_a_server_that_cannot_be_used_says_why_and_leaves_nothing_in_line(
    ours, mailroom, as_, case
):
    facts, words, came = case
    told(ours, **{"host": mailroom.host, "port": mailroom.port, "sender": "a@city.example"} | facts)
    told(ours, per_day=30)
    page, proven = press(ours, as_)
    assert words in page
    assert proven.keys() == came
    (notice,) = tried(ours)
    assert notice.state == "cancelled"
    with ours.scope():
        assert standing().room == 30


def test_a_test_goes_through_a_pause_and_a_trial_and_counts(ours, mailroom, as_):
    told(ours, paused_at=moment("2026-04-01T04:00+00:00"), paused_reason="x", trial=True)
    told(ours, per_day=30)
    assert "The server took the mail." in press(ours, as_)[0]
    with ours.scope():
        assert standing().room == 29


def test_a_test_whose_process_dies_goes_out_by_a_worker_under_the_same_number(ours, mailroom):
    who = ours.administrator
    viewer = Viewer(who.id, ours.id, 0, who.role, who.name, who.email, "en", None)
    with ours.scope(by=who):
        taken = probe_actions.owe_test(viewer)
        db.session.commit()
    later = "2099-01-01T00:00+00:00"
    with ours.app.app_context():
        sweep_notices(tenant_id=ours.id, at=later)
        assert drain(tenant_id=ours.id, at=later) == 1
    (mail,) = mailroom.mails
    assert mail.ident.startswith(f"<notice-{ours.id}-{taken.id}-1@")


def test_a_listed_address_of_ones_own_is_said_before_anything_is_tried(ours, mailroom, as_):
    with ours.scope():
        suppress([Dead(ours.administrator.email, MAILBOX_UNKNOWN, "550")])
        db.session.commit()
    assert "lift that first" in press(ours, as_)[0]
    assert mailroom.mails == []
    assert tried(ours) == []
