"""What a mail server's refusal says about an address, as a contact_repair code of reasons.yaml."""

import re

_ENHANCED = re.compile(r"\b[45]\.(\d{1,3})\.(\d{1,3})\b")
MAILBOX_UNKNOWN = "contact.mailbox_unknown"
DOMAIN_UNKNOWN = "contact.domain_unknown"
MAILBOX_FULL = "contact.mailbox_full"
REJECTED = "contact.rejected_as_spam"
TEMPORARY = "contact.temporary_failure"
WRONG_ADDRESSEE = "contact.wrong_addressee"
UNSUBSCRIBED = "contact.unsubscribed"
HARD = frozenset({MAILBOX_UNKNOWN, DOMAIN_UNKNOWN})  # nothing will ever arrive there

_BY_STATUS = {  # RFC 3463, subject and detail
    ("1", "2"): DOMAIN_UNKNOWN,
    ("1", "10"): DOMAIN_UNKNOWN,
    ("4", "4"): DOMAIN_UNKNOWN,
    ("2", "2"): MAILBOX_FULL,
}
_BY_SUBJECT = {"1": MAILBOX_UNKNOWN, "2": MAILBOX_UNKNOWN, "7": REJECTED}
_BY_CODE = {550: MAILBOX_UNKNOWN, 551: MAILBOX_UNKNOWN, 553: MAILBOX_UNKNOWN, 552: MAILBOX_FULL}


def reason_for(code: int, answer: str) -> str:
    """The cause a server names for not taking a message, by its code and its extended status.

    A server that only ever put us off has said nothing about the address: a temporary failure.
    """
    status = _ENHANCED.search(answer)
    if status and (found := _BY_STATUS.get((status[1], status[2]))):
        return found
    if not 500 <= code < 600:
        return MAILBOX_FULL if code == 452 else TEMPORARY
    if status and (found := _BY_SUBJECT.get(status[1])):
        return found
    return _BY_CODE.get(code, REJECTED)
