"""What was done, of notices, letters and what comes back."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "contact.failed": _l("found an address that does not work"),
    "contact.given_up": _l("gave up looking for an address"),
    "contact.repaired": _l("corrected the contact"),
    "mail.changed": _l("changed the mail settings"),
    "mail.opened": _l("opened sending to everybody"),
    "mail.paused": _l("paused all sending"),
    "mail.resumed": _l("resumed all sending"),
    "mail.tested": _l("sent a test mail"),
    "mail.trial_begun": _l("began a trial of sending"),
    "notice.cancelled": _l("cancelled the notice"),
    "notice.retried": _l("sent the notice again"),
    "notices.cancelled": _l("cancelled what was not sent"),
    "notices.paused": _l("paused the sending"),
    "notices.resumed": _l("resumed the sending"),
    "returns.changed": _l("changed the mailbox of returns"),
    "signature.made": _l("made a key for signing"),
    "signature.switched_off": _l("switched the signing off"),
    "signature.switched_on": _l("switched the signing on"),
    "suppression.added": _l("put the address on the list of those without mail"),
    "suppression.lifted": _l("took the address off the list"),
    "wording.approved": _l("approved the wording"),
    "wording.proposed": _l("proposed another wording"),
    "wording.returned": _l("sent the wording back"),
    "wording.withdrawn": _l("withdrew the proposed wording"),
}
