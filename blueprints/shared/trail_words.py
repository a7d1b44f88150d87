"""The trail in words: what each verb and each kind of subject is called, and what changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.shared import trail_words_of_work as work
from blueprints.shared.role_names import ROLE_NAMES
from tenants.models import Event

KINDS = {
    **work.KINDS,
    "assigning_policy": _l("Weights of assignment"),
    "assignment_plan": _l("Plan of assignment"),
    "calendar_day": _l("Calendar"),
    "calendar_year": _l("Calendar"),
    "campaign": _l("Campaign"),
    "confirmed_rule": _l("Rule record"),
    "contact_repair": _l("Contact repair"),
    "deadline": _l("Deadline"),
    "employer_association": _l("Employer association"),
    "enterprise": _l("Enterprise"),
    "expert": _l("Expert"),
    "exposure": _l("Exposure"),
    "exposure_step": _l("Step of the ladder"),
    "import_run": _l("Import"),
    "leader_contact": _l("Leader's contact"),
    "letter_wording": _l("Letter template"),
    "mail_setup": _l("Sending"),
    "notice": _l("Notice"),
    "offer": _l("Offer"),
    "recount": _l("Recount of deadlines"),
    "reply": _l("Reply"),
    "supervisor": _l("Supervisor"),
    "supervisor_handover": _l("Handover"),
    "supervisor_quota": _l("Quota of supervisors"),
    "tenant": _l("Federation"),
    "trade_union": _l("Union"),
    "user": _l("User"),
}
VERBS = {
    **work.VERBS,
    "contact_link.begun": _l("linked the leader"),
    "contact_link.ended": _l("ended the contact"),
    "contact_link.settled": _l("noted that the next step is done"),
    "contact_link.visited": _l("recorded a visit of the leader"),
    "expert.advised": _l("kept the advice given"),
    "expert.booked": _l("booked the expert"),
    "expert.booking_cancelled": _l("cancelled the booking"),
    "expert.corrected": _l("corrected the expert"),
    "expert.taken_in": _l("took the expert in"),
    "handover.accepted": _l("accepted the handover"),
    "handover.declined": _l("declined the handover"),
    "handover.proposed": _l("proposed the handover"),
    "handover.withdrawn": _l("withdrew the handover"),
    "plan.adjusted": _l("adjusted the plan by hand"),
    "plan.applied": _l("applied the plan"),
    "plan.drawn_up": _l("drew the plan up"),
    "plan.dropped": _l("dropped the plan"),
    "plan.excluded": _l("excluded a supervisor by hand"),
    "plan.released": _l("took back what was fixed by hand"),
    "plan.solved": _l("worked the plan out"),
    "policy.set": _l("set the weights"),
    "quota.removed": _l("removed the quota"),
    "quota.set": _l("set the quota"),
    "supervisor.certificate_entered": _l("entered a certificate"),
    "supervisor.certificate_revoked": _l("took a certificate back"),
    "supervisor.leave_cancelled": _l("cancelled leave"),
    "supervisor.leave_entered": _l("entered leave"),
    "supervisor.step_appraise": _l("recorded the yearly appraisal"),
    "supervisor.step_certify": _l("recorded the certificate of the candidate"),
    "supervisor.step_end": _l("ended the engagement"),
    "supervisor.step_engage": _l("engaged the supervisor"),
    "supervisor.step_renew": _l("renewed the engagement"),
    "supervisor.step_train": _l("recorded the training of the candidate"),
    "supervisor.tie_ended": _l("ended the tie to a firm"),
    "supervisor.tie_recorded": _l("recorded a tie to a firm"),
    "association.corrected": _l("corrected the association"),
    "association.registered": _l("registered the association"),
    "calendar.changed": _l("changed a day of the calendar"),
    "calendar.conventions_changed": _l("changed how days are counted"),
    "calendar.entered": _l("entered a day in the calendar"),
    "calendar.removed": _l("removed a day from the calendar"),
    "calendar.year_completed": _l("declared a year of the calendar complete"),
    "calendar.year_reopened": _l("reopened a year of the calendar"),
    "campaign.approved": _l("approved the campaign"),
    "campaign.attached": _l("added an attachment"),
    "campaign.cancelled": _l("cancelled the campaign"),
    "campaign.completed": _l("completed the campaign"),
    "campaign.content_changed": _l("changed the content"),
    "campaign.created": _l("began the campaign"),
    "campaign.detached": _l("removed an attachment"),
    "campaign.issued": _l("issued the offers"),
    "campaign.issuers_changed": _l("changed the issuers"),
    "campaign.paused": _l("paused the sending"),
    "campaign.picked": _l("changed the hand-picked enterprises"),
    "campaign.resumed": _l("resumed the sending"),
    "campaign.returned": _l("sent the campaign back"),
    "campaign.scope_changed": _l("changed the scope"),
    "campaign.shared": _l("changed who it is shared with"),
    "campaign.submitted": _l("submitted for approval"),
    "campaign.unshared": _l("stopped sharing the campaign"),
    "campaign.wording_changed": _l("changed the wording"),
    "contact.failed": _l("found an address that does not work"),
    "contact.given_up": _l("gave up looking for an address"),
    "contact.repaired": _l("corrected the contact"),
    "deadline.recounted": _l("recounted the deadline"),
    "enterprise.corrected": _l("corrected the enterprise"),
    "enterprise.merged": _l("merged a double into it"),
    "enterprise.merged_away": _l("merged it into another"),
    "enterprise.registered": _l("registered the enterprise"),
    "enterprise.union_linked": _l("linked its union"),
    "exposure.approved_first": _l("gave the first approval"),
    "exposure.checked": _l("passed the legal check"),
    "exposure.corrected": _l("corrected the announcement, with an apology"),
    "exposure.decided": _l("gave the second approval"),
    "exposure.dropped": _l("ended the matter without publication"),
    "exposure.excluded": _l("recorded a reason that excludes publication"),
    "exposure.exclusion_lifted": _l("lifted a reason that excluded publication"),
    "exposure.intent_served": _l("recorded the service of the notice of intent"),
    "exposure.interview_held": _l("recorded the minutes of the interview"),
    "exposure.objected": _l("recorded an objection"),
    "exposure.opinion_recorded": _l("recorded the opinion of the partners"),
    "exposure.proposed": _l("proposed a publication"),
    "exposure.published": _l("published the announcement"),
    "exposure.sent_to_check": _l("sent it to the legal check"),
    "exposure.statement_examined": _l("examined the statement"),
    "exposure.statement_recorded": _l("recorded the statement of the enterprise"),
    "exposure.statement_waived": _l("noted that no statement was made"),
    "exposure.step_answered": _l("recorded the answer"),
    "exposure.step_dropped": _l("dropped the step"),
    "exposure.step_examined": _l("examined the answer"),
    "exposure.step_issued": _l("issued the document"),
    "exposure.step_proposed": _l("proposed the step"),
    "exposure.step_served": _l("recorded the service of the document"),
    "exposure.upheld": _l("found the objection unfounded"),
    "exposure.withdrawn": _l("took the announcement down"),
    "federation.changed": _l("changed the settings"),
    "import.confirmed": _l("confirmed the import"),
    "import.dropped": _l("dropped the import"),
    "import.failed": _l("saw the import fail"),
    "import.finished": _l("finished the import"),
    "import.received": _l("uploaded a ledger"),
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
    "offer.enterprise_gone": _l("closed the offer: the enterprise is gone"),
    "offer.feedback_given": _l("gave feedback"),
    "offer.issued": _l("issued the offer"),
    "offer.lapsed": _l("found the reply period lapsed"),
    "offer.link_renewed": _l("renewed the link"),
    "offer.reminded": _l("sent a reminder"),
    "offer.replied": _l("recorded the reply"),
    "offer.reply_corrected": _l("corrected the reply"),
    "offer.served": _l("recorded the service"),
    "offer.service_failed": _l("recorded a service that failed"),
    "offer.withdrawn": _l("withdrew the offer"),
    "recount.decided": _l("decided on a recount of deadlines"),
    "recount.finished": _l("finished a recount of deadlines"),
    "registry.exported": _l("exported the register"),
    "reply.reviewed": _l("reviewed the reason"),
    "rule.confirmed": _l("confirmed a rule"),
    "rule.corrected": _l("corrected a rule"),
    "rule.withdrawn": _l("withdrew a rule"),
    "supervisor.assigned": _l("assigned enterprises"),
    "supervisor.assignment_ended": _l("ended an assignment"),
    "supervisor.assignment_struck": _l("struck an assignment that had not begun"),
    "supervisor.corrected": _l("corrected the supervisor"),
    "supervisor.engaged": _l("put the supervisor on the roster"),
    "supervisor.handed_over": _l("handed enterprises over"),
    "supervisor.took_over": _l("took enterprises over"),
    "union.corrected": _l("corrected the union"),
    "union.dissolved": _l("recorded the dissolution"),
    "union.registered": _l("registered the union"),
    "user.accepted_invitation": _l("accepted the invitation"),
    "user.asked_for_reset": _l("asked for another password"),
    "user.changed": _l("changed the account"),
    "user.changed_own_details": _l("changed their own details"),
    "user.changed_password": _l("changed the password"),
    "user.chose_digest": _l("chose how often the digest comes"),
    "user.disabled": _l("disabled the account"),
    "user.enabled": _l("enabled the account again"),
    "user.invited": _l("invited"),
    "user.invited_again": _l("sent the invitation again"),
    "user.reset_password": _l("chose another password by mail link"),
    "user.signed_in": _l("signed in"),
    "wording.approved": _l("approved the wording"),
    "wording.proposed": _l("proposed another wording"),
    "wording.returned": _l("sent the wording back"),
    "wording.withdrawn": _l("withdrew the proposed wording"),
}
FIELDS = {
    **work.FIELDS,
    "assigned": _l("Assigned"),
    "capacity": _l("Weighted capacity"),
    "elsewhere_note": _l("Used for what"),
    "elsewhere_percent": _l("Used elsewhere, %"),
    "engagement": _l("Engagement"),
    "enterprise": _l("Enterprise"),
    "enterprises": _l("Enterprises"),
    "industries": _l("Industries"),
    "languages": _l("Languages"),
    "left_out": _l("Left out"),
    "level": _l("Level"),
    "number": _l("Number"),
    "outcome": _l("What came of it"),
    "side": _l("Role"),
    "since": _l("From"),
    "state": _l("State"),
    "supervisor": _l("Supervisor"),
    "topic": _l("Topic"),
    "until": _l("Until"),
    "account": _l("Account"),
    "article": _l("Article"),
    "contact_address": _l("Address"),
    "contact_name": _l("Contact person"),
    "contact_phone": _l("Telephone"),
    "days": _l("Days"),
    "due_on": _l("Date"),
    "email": _l("E-mail"),
    "digest": _l("Digest by mail"),
    "first": _l("First day"),
    "host": _l("Mail server"),
    "locale": _l("Language"),
    "make_up_days_count": _l("Days worked in exchange count"),
    "name": _l("Name"),
    "name_en": _l("English name"),
    "notice": _l("Notice"),
    "off": _l("Days off"),
    "own_list": _l("Own list for the trial"),
    "password": _l("Password of the account"),
    "per_day": _l("Mails a day, at most"),
    "per_domain": _l("Mails a day to one domain, at most"),
    "phone": _l("Telephone"),
    "port": _l("Port"),
    "quiet_from": _l("Quiet from"),
    "quiet_until": _l("Quiet until"),
    "reason": _l("Reason"),
    "role": _l("Role"),
    "roll_off_rest_days": _l("The last day moves off days of rest"),
    "rule": _l("Rule"),
    "sender": _l("Sender address"),
    "sender_name": _l("Sender name"),
    "short_name": _l("Document characters"),
    "status": _l("Status"),
    "title": _l("Office held"),
    "tls": _l("Encryption"),
    "union": _l("Union"),
    "worked": _l("Days worked instead"),
    "year": _l("Year"),
}
STATUSES = {
    "active": _l("Active"),
    "disabled": _l("Disabled"),
    "invited": _l("Invited"),
    "system": _l("the system"),
    "visitor": _l("without an account"),
}
LONGEST = 200


def verb_words(verb: str) -> str:
    """What was done; a verb without words yet stands for itself."""
    return str(VERBS.get(verb, verb.replace("_", " ").replace(".", ": ")))


def kind_words(kind: str) -> str:
    return str(KINDS.get(kind, kind.replace("_", " ")))


def actor_words(actor: str) -> str:
    """Who did it; jobs and visitors have words too."""
    return str(STATUSES[actor]) if actor in {"system", "visitor"} else actor


def payload_words(payload: Mapping[str, Any]) -> str:
    """What changed, in a line: "Role: Officer → Auditor; Status: …"."""
    parts = []
    for name, value in payload.items():
        if name == "changed" and isinstance(value, Mapping):
            parts += [f"{_field(key)}: {_change(pair)}" for key, pair in value.items()]
        elif value not in (None, "", [], {}):
            parts.append(f"{_field(name)}: {_value(value)}")
    line = "; ".join(parts)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def history(events: Iterable[Event]) -> list[dict[str, str | datetime]]:
    """Entries for the timeline of one row."""
    return [
        {
            "at": event.at,
            "text": _("%(who)s %(did)s", who=actor_words(event.actor), did=verb_words(event.verb)),
            "detail": payload_words(event.payload),
        }
        for event in events
    ]


def _field(name: str) -> str:
    return str(FIELDS.get(name, name.replace("_", " ")))


def _change(pair: Any) -> str:
    if isinstance(pair, list | tuple) and len(pair) == 2:
        return f"{_value(pair[0])} → {_value(pair[1])}"
    return _value(pair)


def _value(value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, str):
        return str(ROLE_NAMES.get(value) or STATUSES.get(value) or value)  # type: ignore[call-overload]
    if isinstance(value, Mapping):
        return ", ".join(f"{_field(str(key))} {_value(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_value(inner) for inner in value[:5]) + ("…" if len(value) > 5 else "")
    return str(value)
