"""What a mail server's refusal says about an address."""

import pytest

from rules.contacts import reason_for


@pytest.mark.parametrize(
    ("code", "answer", "reason"),
    [
        (550, "5.1.1 no such user", "contact.mailbox_unknown"),
        (550, "5.1.2 no such host", "contact.domain_unknown"),
        (550, "5.1.10 null MX", "contact.domain_unknown"),
        (452, "4.2.2 over quota", "contact.mailbox_full"),
        (554, "5.7.1 looks like spam", "contact.rejected_as_spam"),
        (550, "5.2.1 disabled", "contact.mailbox_unknown"),
        (550, "5.5.0 refused", "contact.mailbox_unknown"),
        (552, "full", "contact.mailbox_full"),
        (553, "not here", "contact.mailbox_unknown"),
        (554, "no", "contact.rejected_as_spam"),
        (452, "no room", "contact.mailbox_full"),
        (421, "try later", "contact.temporary_failure"),
        (451, "4.7.0 greylisted", "contact.temporary_failure"),
    ],
)
def test_a_refusal_names_its_cause(code, answer, reason):
    assert reason_for(code, answer) == reason
