"""How long to wait, reckoned the same by everybody."""

from datetime import UTC, datetime, timedelta

from blueprints.notices.mail.backoff import LADDER, next_try
from rules.contacts import reason_for

START = datetime(2026, 4, 1, tzinfo=UTC)


def test_the_ladder_grows_and_ends():
    waits = [next_try(7, step, START) - START for step in range(len(LADDER))]
    assert waits == sorted(waits)
    assert next_try(7, len(LADDER), START) is None


def test_a_thousand_put_off_at_once_come_back_spread_out():
    waits = {next_try(notice, 3, START) for notice in range(1000)}
    assert len(waits) > 200
    assert max(waits) - min(waits) > timedelta(minutes=25)


def test_what_a_server_says_names_the_cause():
    told = {
        (550, "5.1.1 user unknown"): "contact.mailbox_unknown",
        (550, "5.1.2 bad domain"): "contact.domain_unknown",
        (552, "5.2.2 over quota"): "contact.mailbox_full",
        (452, "4.2.2 over quota"): "contact.mailbox_full",
        (550, "5.7.1 blocked"): "contact.rejected_as_spam",
        (554, "no thanks"): "contact.rejected_as_spam",
        (553, "no such"): "contact.mailbox_unknown",
        (451, "4.7.1 greylisted"): "contact.temporary_failure",
        (0, "timed out"): "contact.temporary_failure",
    }
    for (code, answer), reason in told.items():
        assert reason_for(code, answer) == reason, answer
