"""What leaves the house and what becomes of it, over a real SMTP socket."""

import re
from datetime import timedelta

from sqlalchemy import text, update

from blueprints.notices import outbox, repairs
from blueprints.notices.mail.backoff import LADDER
from blueprints.notices.models import Message, Notice
from jobs.notices import drain, insist
from tenants import trail
from tenants.clock import at, now
from tenants.db import db
from tests.notices.world import deliveries, moment, open_repairs, owe, owe_many, reread, states


def test_mail_arrives_once_in_chinese_with_the_headers_it_needs(ours, mailroom, work):
    name = "示范市荆楚餐饮管理服务有限责任公司第一分店（江津路店）"
    with ours.scope():
        notice = owe(1, name=name)
        db.session.commit()
        work()
        assert reread(notice).state == "sent"
        assert deliveries(notice.id) == [("accepted", "250 taken")]
    (mail,) = mailroom.mails
    message = mail.message
    assert mail.header("To") == f"{name} <n1@firm.example>"
    assert message["Subject"] == "请于2026年4月21日前答复示工约〔2026〕17号"
    assert message["From"].addresses[0].display_name == f"示范市{ours.slug}总工会"
    assert message["Message-ID"] == f"<notice-{ours.id}-{notice.id}-1@yaoyue.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert mail.sender == "notices@yaoyue.example"
    words = message.get_content()
    assert words.startswith("示范餐饮1店：")
    assert "https://yaoyue.example/reply/abc" in words
    assert "{{" not in words


def test_lines_on_the_wire_are_short_seven_bit_and_end_in_crlf(ours, mailroom, work):
    with ours.scope():
        owe(1, name="长" * 200)
        db.session.commit()
        work()
    raw = mailroom.mails[0].raw
    assert raw.isascii()
    assert not re.search(rb"[^\r]\n", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_a_campaign_goes_out_over_one_line_and_a_second_run_sends_nothing(ours, mailroom):
    with ours.scope():
        owe_many(450)
        db.session.commit()
    with ours.app.app_context():
        assert drain(tenant_id=ours.id) == 450
        assert drain(tenant_id=ours.id) == 0
    assert mailroom.sessions == 1
    assert len(mailroom.counts) == len(mailroom.mails) == 450
    assert len({mail.ident for mail in mailroom.mails}) == 450


def test_posting_twice_owes_once(ours):
    with ours.scope():
        first = owe(1)
        db.session.commit()
        again = owe(1, address="other@firm.example")
        assert again.id == first.id
        assert again.address == "n1@firm.example"
        assert owe(1, sequence=2).id != first.id


def test_single_notices_of_one_kind_share_a_message(ours):
    with ours.scope():
        owe(1)
        owe(2)
        assert db.session.query(Message).count() == 1


def test_who_has_no_address_is_owed_paper_and_no_mail(ours, mailroom, work):
    with ours.scope():
        notice = owe(1, address=" ")
        db.session.commit()
        work()
        assert reread(notice).state == "paper"
    assert mailroom.mails == []


def test_what_is_due_later_waits_for_its_time(ours, mailroom, work):
    with ours.scope(at=moment("2026-04-01T01:00+00:00")):
        owe(1, due_at=now() + timedelta(days=2))
        db.session.commit()
        work()
    assert mailroom.mails == []
    with ours.app.app_context():
        assert drain(tenant_id=ours.id, at="2026-04-03T01:00+00:00") == 1


def test_one_message_that_cannot_be_made_stops_no_other(ours, mailroom):
    with ours.scope():
        owe_many(5)
        db.session.execute(update(Notice).where(Notice.subject_id == 3).values(fields={}))
        db.session.execute(
            update(Notice).where(Notice.subject_id == 4).values(address="not an address")
        )
        db.session.commit()
        drain(tenant_id=ours.id)
    with ours.scope():
        assert states() == {"sent": 3, "failed": 2}
        faulty, bad = db.session.query(Notice).filter_by(state="failed").order_by(Notice.id)
        assert deliveries(faulty.id) == [("faulty", "addressee_name")]
        assert deliveries(bad.id) == [("refused", "")]
        assert [task.reason for task in open_repairs()] == ["contact.domain_unknown"]


def test_a_full_server_is_asked_again_at_longer_and_longer_intervals(ours, mailroom):
    mailroom.says["n1@firm.example"] = "451 4.3.0 not now"
    start = moment("2026-04-01T01:00:00+00:00")
    with ours.scope(at=start):
        notice = owe(1)
        db.session.commit()
    asked = start
    for wait in LADDER:
        run(ours, asked)
        with ours.scope():
            notice = reread(notice)
            assert notice.state == "queued"
            assert wait <= notice.due_at - asked <= wait * 1.25
        run(ours, notice.due_at - timedelta(seconds=1))  # too early: nobody is asked
        asked = notice.due_at
    run(ours, asked)
    with ours.scope():
        assert reread(notice).state == "failed"
        assert deliveries(notice.id) == [("deferred", "451 4.3.0 not now")] * 6
        assert [task.reason for task in open_repairs()] == ["contact.temporary_failure"]
    assert mailroom.mails == []


def test_a_refused_address_becomes_a_task_and_the_mail_follows_the_new_one(ours, mailroom):
    mailroom.says["n1@firm.example"] = "550 5.1.1 no such user"
    with ours.scope():
        notice, second = owe(1), owe(1, kind="feedback")
        db.session.commit()
    run(ours)
    with ours.scope():
        assert reread(notice).state == "failed"
        (task,) = open_repairs()
        assert (task.reason, task.recipient) == ("contact.mailbox_unknown", "enterprise:1")
        assert [waiting.id for waiting in repairs.waiting_for(task)] == [notice.id, second.id]
        assert repairs.repair(task, "right@firm.example") == 2
        db.session.commit()
        assert open_repairs() == []
        assert trail.of(task)[0].verb == "contact.repaired"
    run(ours)
    with ours.scope():
        assert reread(notice).state == "sent"
        assert [outcome for outcome, _ in deliveries(notice.id)] == ["refused", "accepted"]
    assert mailroom.counts == {"right@firm.example": 2}


def test_an_address_nobody_can_find_turns_into_paper(ours, mailroom):
    mailroom.says["n1@firm.example"] = "550 5.1.1 no such user"
    with ours.scope():
        notice = owe(1)
        db.session.commit()
    run(ours)
    with ours.scope():
        assert repairs.to_paper(open_repairs()[0]) == 1
        db.session.commit()
        assert reread(notice).state == "paper"


def test_a_server_that_hangs_up_on_one_recipient_still_takes_the_others(ours, mailroom):
    mailroom.hang_up.add("n2@firm.example")
    with ours.scope():
        owe_many(3)
        db.session.commit()
    run(ours)
    with ours.scope():
        assert states() == {"sent": 2, "queued": 1}
    assert mailroom.counts == {"n1@firm.example": 1, "n3@firm.example": 1}


def test_a_line_that_dies_before_the_answer_leaves_the_notice_uncertain(ours, mailroom):
    mailroom.swallow.add("n2@firm.example")
    start = moment("2026-04-01T01:00+00:00")
    with ours.scope(at=start):
        owe_many(3)
        db.session.commit()
    run(ours, start)
    with ours.scope():
        assert states() == {"sent": 2, "uncertain": 1}
    mailroom.swallow.clear()
    run(ours, start + timedelta(minutes=2))
    with ours.scope():
        assert states() == {"sent": 3}
        notice = db.session.query(Notice).filter_by(subject_id=2).one()
        assert [outcome for outcome, _ in deliveries(notice.id)] == ["unknown", "accepted"]
    first, second = mailroom.to("n2@firm.example")
    assert first.ident == second.ident


def test_a_mail_server_that_is_away_costs_no_notice_an_attempt(ours, mailroom):
    port = mailroom.port
    mailroom.close()
    start = moment("2026-04-01T01:00+00:00")
    with ours.scope(at=start):
        owe_many(3)
        db.session.commit()
    for minute in range(20):
        run(ours, start + timedelta(minutes=2 * minute))
    with ours.scope():
        assert states() == {"queued": 3}
        notice = db.session.query(Notice).first()
        assert (notice.attempts, deliveries(notice.id), open_repairs()) == (0, [], [])
        assert "refused" in notice.last_answer.lower()
    mailroom.open(port)
    run(ours, start + timedelta(hours=1))
    assert len(mailroom.mails) == 3


def test_a_lease_that_ran_out_is_sent_again_under_the_same_number(ours, mailroom):
    start = moment("2026-04-01T01:00+00:00")
    with ours.scope(at=start):
        notice = owe(1)
        db.session.commit()
        assert [claimed.id for claimed in outbox.claim(10)] == [notice.id]
        db.session.commit()
    run(ours, start + timedelta(minutes=1))
    assert mailroom.mails == []  # somebody may still be at it
    run(ours, start + timedelta(minutes=10))
    with ours.scope():
        assert [outcome for outcome, _ in deliveries(notice.id)] == ["unknown", "accepted"]
    assert mailroom.mails[0].ident.startswith(f"<notice-{ours.id}-{notice.id}-1@")


def test_a_worker_that_comes_back_late_can_only_bring_good_news(ours):
    start = moment("2026-04-01T01:00+00:00")
    with ours.scope(at=start):
        notice = owe(1)
        (first,) = outbox.claim(1)
        with at(start + timedelta(hours=1)):
            outbox.lapse()
            (second,) = outbox.claim(1)
            outbox.settle([told(second, "refused", "failed")])
        outbox.settle([told(first, "deferred", "queued")])
        assert reread(notice).state == "failed"
        outbox.settle([told(first, "accepted", "sent")])
        assert reread(notice).state == "sent"
        db.session.commit()


def test_another_federations_notices_are_never_touched(ours, theirs, mailroom):
    with theirs.scope():
        notice = owe(1)
        db.session.commit()
    with ours.scope():
        owe(1, recipient="enterprise:9", address="ours@firm.example")
        db.session.commit()
    run(ours)
    assert mailroom.counts == {"ours@firm.example": 1}
    with theirs.scope():
        assert reread(notice).state == "queued"


def told(claimed, outcome, state):
    from blueprints.notices.models import NoticeState, Outcome

    return outbox.Told(claimed, Outcome(outcome), NoticeState(state), "", now())


def run(federation, when=None):
    with federation.app.app_context():
        drain(tenant_id=federation.id, at=when.isoformat() if when else None)


def test_what_was_answered_is_written_down_though_the_database_drops_us(ours):
    tries = []

    def write():
        tries.append(1)
        if len(tries) == 1:
            db.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        outbox.settle([told(claimed, "accepted", "sent")])

    with ours.scope():
        notice = owe(1)
        (claimed,) = outbox.claim(1)
        db.session.commit()
        insist(write)
        assert len(tries) == 2
        assert reread(notice).state == "sent"
