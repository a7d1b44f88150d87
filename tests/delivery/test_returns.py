"""What comes back names its notice by a token that only we can make, once, for a month."""

import hmac
import random
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from blueprints.notices import bounces, verp
from blueprints.notices.bounces import BounceReport
from blueprints.notices.models import Delivery, Notice
from blueprints.notices.returns import MailReturns
from blueprints.notices.suppressions import Suppression, standing_against
from jobs.bounces import import_file
from jobs.bounces import read as fetch
from jobs.notices import drain
from jobs.sweeps import sweep_notices
from tenants import trail
from tenants.db import db
from tests.delivery.returning import Mailbox, answer, report
from tests.notices.world import deliveries, moment, open_repairs, owe, reread, states

BASE = "returns@city.example"
NOON = "2026-04-01T04:00+00:00"


def sent(federation, *addresses, at=NOON):
    """Notices that went out, and the return address each of them bore."""
    with federation.scope(at=moment(at)):
        if db.session.scalar(select(MailReturns)) is None:
            db.session.add(MailReturns(address=BASE))
        notices = [owe(n, address=a) for n, a in enumerate(addresses, start=1)]
        db.session.commit()
        ids = [notice.id for notice in notices]
    with federation.app.app_context():
        drain(tenant_id=federation.id, at=at)
    return ids


def took(federation, *mails, at="2026-04-02T04:00+00:00"):
    with federation.scope(at=moment(at)):
        verdicts = [bounces.take_in(mail, source="file") for mail in mails]
        db.session.commit()
        return verdicts


def notice_of(ident):
    return db.session.get_one(Notice, (db.session.scalar(select(Notice.tenant_id)), ident))


def test_every_mail_bears_a_return_address_of_its_own(ours, mailroom):
    sent(ours, "n1@firm.example", "n2@firm.example")
    back = [mail.sender for mail in mailroom.mails]
    assert len(set(back)) == 2
    for sender in back:
        local, _, domain = sender.partition("@")
        assert domain == "city.example"
        assert local.startswith("returns+")
        assert len(local) <= 64
        assert local == local.lower()


def test_a_hard_bounce_suppresses_the_address_and_opens_one_task(ours, mailroom):
    (ident,) = sent(ours, "N1@firm.example")
    assert took(ours, report(mailroom.mails[0].sender)) == ["hard"]
    with ours.scope():
        notice = notice_of(ident)
        assert (notice.state, notice.bounce) == ("bounced", "hard")
        assert [outcome for outcome, _ in deliveries(ident)] == ["accepted", "bounced"]
        (task,) = open_repairs()
        assert task.reason == "contact.mailbox_unknown"
        standing = standing_against("n1@FIRM.example")
        assert standing.notice_id == ident
        assert trail.of(standing)[0].verb == "suppression.added"


def test_a_soft_bounce_is_sent_again_by_itself_twice_and_then_is_a_task(ours, mailroom):
    full = {"status": "5.2.2", "said": "552 5.2.2 mailbox full"}
    (ident,) = sent(ours, "n1@firm.example")
    waits = (timedelta(days=1), timedelta(days=3))
    day = moment(NOON)
    for wait in waits:
        assert took(ours, report(mailroom.mails[-1].sender, **full), at=day.isoformat()) == ["soft"]
        with ours.scope():
            notice = notice_of(ident)
            assert (notice.state, notice.bounce, open_repairs()) == ("bounced", "soft", [])
            assert standing_against("n1@firm.example") is None
        early, day = day + wait - timedelta(minutes=1), day + wait
        for when in (early, day):
            with ours.app.app_context():
                sweep_notices(tenant_id=ours.id, at=when.isoformat())
                assert drain(tenant_id=ours.id, at=when.isoformat()) == (when == day)
    assert len({mail.ident for mail in mailroom.mails}) == len(mailroom.mails) == 3
    assert took(ours, report(mailroom.mails[-1].sender, **full), at=day.isoformat()) == ["soft"]
    with ours.scope():
        assert [task.reason for task in open_repairs()] == ["contact.mailbox_full"]
        assert [o for o, _ in deliveries(ident)].count("soft_bounced") == 3


def test_a_server_that_still_tries_and_a_person_who_answers_change_nothing(ours, mailroom):
    (ident,) = sent(ours, "n1@firm.example")
    to = mailroom.mails[0].sender
    late = report(to, action="delayed", status="4.4.1", said="421 4.4.1 timed out")
    assert took(ours, late, answer(to)) == ["delayed", "no_bounce"]
    with ours.scope():
        assert notice_of(ident).state == "sent"
    assert took(ours, report(to)) == ["hard"]


def test_a_token_is_good_once_and_a_mail_is_looked_at_once(ours, mailroom):
    sent(ours, "n1@firm.example")
    mail = report(mailroom.mails[0].sender)
    other = report(mailroom.mails[0].sender, said="550 5.1.1 gone for ever")
    assert took(ours, mail, mail, other) == ["hard", None, "replayed"]
    with ours.scope():
        assert len(db.session.scalars(select(Delivery.id)).all()) == 2


def test_a_token_is_good_for_a_month(ours, mailroom):
    (ident,) = sent(ours, "n1@firm.example")
    mail = report(mailroom.mails[0].sender)
    late = (moment(NOON) + verp.GOOD_FOR + timedelta(days=1)).isoformat()
    assert took(ours, mail, at=late) == ["expired"]
    with ours.scope():
        assert notice_of(ident).state == "sent"


def test_a_token_of_another_federation_is_forged_here(ours, theirs, mailroom):
    sent(theirs, "n1@theirs.example")
    sent(ours, "n1@firm.example")
    assert took(ours, report(mailroom.mails[0].sender)) == ["forged"]
    with ours.scope():
        assert states() == {"sent": 1}
        assert db.session.scalars(select(BounceReport.notice_id)).all() == [None]


def test_a_thousand_changed_tokens_are_all_refused(ours, mailroom):
    """Any one sign of the token changed, left out, put in or moved."""
    sent(ours, "n1@firm.example")
    (token,) = verp.tokens_in(mailroom.mails[0].sender)
    chance = random.Random(32)
    signs = "0123456789abcdefghijklmnopqrstuvwxyz-"
    with ours.scope():
        assert verp.read(token) is not None
        tried = set()
        while len(tried) < 1000:
            at, sign = chance.randrange(len(token)), chance.choice(signs)
            changed = chance.choice(
                [
                    token[:at] + sign + token[at + 1 :],
                    token[:at] + token[at + 1 :],
                    token[:at] + sign + token[at:],
                    token[at:] + token[:at],
                ]
            )
            if changed != token and changed not in tried:
                tried.add(changed)
                assert verp.read(changed) is None, changed
    forged = [report(f"returns+{token}@city.example") for token in sorted(tried)[:20]]
    assert set(took(ours, *forged)) <= {"forged", "no_token"}
    with ours.scope():
        assert states() == {"sent": 1}


def test_the_signature_is_compared_in_constant_time(ours, mailroom, monkeypatch):
    sent(ours, "n1@firm.example")
    (token,) = verp.tokens_in(mailroom.mails[0].sender)
    compared = []
    real = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda a, b: compared.append((a, b)) or real(a, b))
    with ours.scope():
        assert verp.read(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
        assert verp.read(token) is not None
    assert [len(a) == len(b) == 16 for a, b in compared] == [True, True]


def test_another_key_makes_other_tokens(ours, mailroom):
    sent(ours, "n1@firm.example")
    (token,) = verp.tokens_in(mailroom.mails[0].sender)
    settings = ours.app.extensions["settings"]
    with ours.scope():
        before, settings.secret_key = settings.secret_key, "quite another key, for this test"
        try:
            assert verp.read(token) is None
        finally:
            settings.secret_key = before


def test_what_the_addressee_has_confirmed_no_bounce_takes_back(ours, mailroom):
    from blueprints.notices import news

    (ident,) = sent(ours, "n1@firm.example")
    with ours.scope():
        news.acknowledge(("offer", 1), recipient="enterprise:1")
        db.session.commit()
    assert took(ours, report(mailroom.mails[0].sender)) == ["late"]
    with ours.scope():
        assert notice_of(ident).state == "delivered"
        assert db.session.scalars(select(Suppression)).all() == []


def test_the_mailbox_is_read_once_and_what_is_strange_stands_there_as_such(ours, mailroom):
    sent(ours, "n1@firm.example", "n2@firm.example")
    first, second = (mail.sender for mail in mailroom.mails)
    stranger = (
        b"From: a@b.example\r\nTo: returns@city.example\r\nSubject: hello\r\n\r\n\xff\xfe\r\n"
    )
    with Mailbox([report(first), answer(second), stranger]) as box:
        with ours.scope():
            returns = db.session.scalars(select(MailReturns)).one()
            returns.host, returns.port, returns.tls = "127.0.0.1", box.port, "none"
            returns.account = "returns"
            db.session.commit()
        with ours.app.app_context():
            counts = fetch(tenant_id=ours.id, at="2026-04-02T04:00+00:00")
            assert {k: n for k, n in counts.items() if n} == {
                "hard": 1, "no_bounce": 1, "no_token": 1,
            }  # fmt: skip
            assert box.seen == {1, 2, 3}
            assert not any(fetch(tenant_id=ours.id).values())
            box.seen.clear()  # as after a crash between our commit and the mark
            assert fetch(tenant_id=ours.id)["seen"] == 3


def test_a_mailbox_that_cannot_be_opened_stops_nothing(ours):
    with ours.scope():
        db.session.add(MailReturns(address=BASE, host="127.0.0.1", port=1, tls="none"))
        db.session.commit()
    with ours.app.app_context():
        assert not any(fetch(tenant_id=ours.id).values())


def test_a_file_of_mails_is_taken_in_and_a_dry_run_changes_nothing(ours, mailroom, tmp_path):
    (ident,) = sent(ours, "n1@firm.example")
    mail = report(mailroom.mails[0].sender).replace(b"\r\n", b"\n")
    file = tmp_path / "returned.mbox"
    file.write_bytes(b"From MAILER-DAEMON Wed Apr  1 12:00:00 2026\n" + mail + b"\n")
    with ours.scope(at=moment(NOON)):
        assert import_file(file, dry_run=True)["hard"] == 1
        assert reread(notice_of(ident)).state == "sent"
        assert import_file(file)["hard"] == 1
        assert reread(notice_of(ident)).state == "bounced"
        assert import_file(file)["seen"] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bounce_report SET verdict = 'late'",
        "DELETE FROM bounce_report",
        (
            "INSERT INTO bounce_report (tenant_id, digest, source, verdict, notice_id, round,"
            " address, answer) SELECT tenant_id, repeat('0', 64), 'file', 'hard', notice_id, round,"
            " '', '' FROM bounce_report"
        ),
        (
            "INSERT INTO bounce_report (tenant_id, digest, source, verdict, address, answer)"
            " SELECT tenant_id, repeat('0', 64), 'file', 'hard', '', '' FROM bounce_report"
        ),
    ],
)
def test_the_database_keeps_reports_as_they_are_and_one_a_round(ours, mailroom, statement):
    sent(ours, "n1@firm.example")
    took(ours, report(mailroom.mails[0].sender))
    with ours.scope(), pytest.raises(DBAPIError):
        db.session.execute(text(statement))
