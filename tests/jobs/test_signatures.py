"""A signed mail is genuine in the eyes of a verifier that is not ours."""

import dkim
import pytest
from sqlalchemy import text

from blueprints.delivery.returns_actions import make_key, switch
from blueprints.notices.signing import mail_signature
from jobs.notices import drain
from tenants import trail
from tenants.db import db
from tests.notices.world import owe, owe_many


def verified(raw, record):
    asked = []

    def names(name, timeout=5):
        asked.append(name.decode())
        return record.encode()

    return dkim.verify(raw, dnsfunc=names), asked


def signed(federation, count=1, name="示范市荆楚餐饮管理服务有限责任公司第一分店（江津路店）"):
    with federation.scope():
        make_key("city.example", "k1")
        switch(on=True)
        if count > 1:
            owe_many(count)
        else:
            owe(1, name=name)
        db.session.commit()
        record = mail_signature().record
    with federation.app.app_context():
        drain(tenant_id=federation.id)
    return record


def test_every_mail_of_a_run_is_signed_and_verifies(ours, mailroom):
    record = signed(ours, 5)
    for mail in mailroom.mails:
        fine, asked = verified(mail.raw, record)
        assert fine
        assert asked == ["k1._domainkey.city.example."]


def test_a_long_chinese_name_and_a_folded_head_verify_too(ours, mailroom):
    record = signed(ours)
    assert b"\r\n =?utf-8?b?" in mailroom.mails[0].raw
    assert verified(mailroom.mails[0].raw, record)[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"\r\n\r\n", b"\r\n\r\nQUFB"), (b"Subject: ", b"Subject: x"), (b"<n1@", b"<n2@")],
)
def test_a_changed_mail_does_not(ours, mailroom, before, after):
    record = signed(ours)
    changed = mailroom.mails[0].raw.replace(before, after, 1)
    assert changed != mailroom.mails[0].raw
    assert not verified(changed, record)[0]


def test_another_key_does_not_verify_it(ours, theirs, mailroom):
    signed(ours)
    first = mailroom.mails[0].raw
    assert not verified(first, signed(theirs))[0]


def test_nothing_is_signed_before_it_is_switched_on_and_the_key_is_shown_nowhere(
    ours, mailroom, as_
):
    with ours.scope():
        make_key("city.example", "k1")
        owe(1)
        db.session.commit()
        kept = mail_signature()
        assert "PRIVATE" not in kept.private_key
        assert "PRIVATE" not in str([event.payload for event in trail.of(kept)])
        sealed = kept.private_key
    with ours.app.app_context():
        drain(tenant_id=ours.id)
    assert b"DKIM-Signature" not in mailroom.mails[0].raw
    page = as_(ours.administrator).get(ours.url("/delivery/signature")).text
    assert "v=DKIM1; k=rsa; p=" in page
    assert sealed not in page


def test_a_key_sealed_under_another_secret_sends_unsigned_and_loses_nothing(ours, mailroom):
    with ours.scope():
        make_key("city.example", "k1")
        switch(on=True)
        db.session.execute(text("UPDATE mail_signature SET private_key = 'gAAAAA=='"))
        owe(1)
        db.session.commit()
    with ours.app.app_context():
        assert drain(tenant_id=ours.id) == 1
    assert b"DKIM-Signature" not in mailroom.mails[0].raw
