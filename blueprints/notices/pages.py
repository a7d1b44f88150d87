"""What the page of one notice shows, gathered in one place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.notices import queries
from blueprints.notices.actions import may_retry
from blueprints.notices.labels import (
    OUTCOMES,
    STATES,
    bounce_words,
    in_plain_words,
    notice_kind,
    sent_again,
)
from blueprints.notices.letters.texts import NoSuchText, letter_text
from blueprints.notices.letters.values import MissingValue
from blueprints.notices.messages import as_sent, slots
from blueprints.notices.models import Delivery, Message, Notice, NoticeState
from blueprints.notices.outbox import NEVER_HELD
from blueprints.notices.sending import standing
from blueprints.notices.suppressions import standing_against
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.words import Text
from tenants import trail
from tenants.roles import May

_USED_UP = _l("The other side put us off until the retries were used up.")
PRIVATE = {"invitation", "password_reset"}  # their links open an account to whoever holds them
DOORS = {  # by the rooms' addresses; a room that is not there has no door
    "offer": ("offers.show", "offer_id"),
    "campaign": ("campaigns.show", "campaign_id"),
    "enterprise": ("registry.show", "enterprise_id"),
    "bargaining_case": ("cases.show", "case_id"),
    "dispute": ("table.dispute", "dispute_id"),
    "meeting": ("table.meeting", "meeting_id"),
}


@dataclass(frozen=True)
class Line:
    """One entry of the timeline."""

    at: datetime | None
    text: Any
    detail: Any = ""
    kind: str = ""


def notice_page(notice: Notice, viewer: Viewer) -> dict[str, Any]:
    message = queries.message_of(notice)
    attempts = queries.attempts_on(notice)
    subject, body = shown_text(message, notice)
    return {
        "notice": notice,
        "kind": notice_kind(notice.kind),
        "subject": subject,
        "body": body,
        "locale": message.locale,
        "meaning": meaning_of(notice, attempts),
        "bounce": bounce_words(notice.bounce) if notice.state == NoticeState.BOUNCED else None,
        "suppression": standing_against(notice.address),
        "attempts": [(attempt, plain_words(attempt)) for attempt in attempts],
        "timeline": timeline(notice, attempts),
        "acts": acts_on(notice) if viewer.may(May.NOTICES_SEND) else [],
        "about": door(notice.subject_kind, notice.subject_id),
        "recipient_url": door(*whose(notice.recipient)),
        "batch_url": door(notice.batch_kind, notice.batch_id),
    }


def shown_text(message: Message, notice: Notice) -> tuple[str, str]:
    """The text as it went out; a link that opens an account is kept from other eyes."""
    fields = dict(notice.fields)
    if notice.kind in PRIVATE:
        fields |= dict.fromkeys(_links(message), _("[a link that only the recipient sees]"))
    try:
        return as_sent(message, fields)
    except MissingValue:
        return message.subject, message.body


def _links(message: Message) -> list[str]:
    try:
        holders = letter_text(message.text_id).placeholders
    except NoSuchText:
        return slots(message)
    return [name for name in slots(message) if name in holders and holders[name].type == "url"]


def meaning_of(notice: Notice, attempts: list[Delivery]) -> str:
    """The state in a sentence, with what is special about this one."""
    if notice.state in {NoticeState.QUEUED, NoticeState.UNCERTAIN} and notice.paused:
        return str(_("Sending is paused."))
    if notice.state == NoticeState.QUEUED and notice.kind not in NEVER_HELD:
        held = standing().reason(notice.address, notice.recipient)
        if held is not None:
            return said(held)
    if notice.state == NoticeState.QUEUED and notice.deferrals:
        return str(
            _("The other side asked us to come back later; it will be tried again by itself.")
        )
    if notice.state in {NoticeState.FAILED, NoticeState.BOUNCED} and attempts:
        words = plain_words(attempts[0]) or str(_USED_UP)
        again = notice.bounce == "soft" and notice.repair_id is None
        return f"{words} {said(sent_again())}" if again else words
    return said(STATES[notice.state].explain)


def plain_words(attempt: Delivery) -> str:
    words = in_plain_words(attempt.outcome, attempt.answer)
    return "" if words is None else said(words)


def timeline(notice: Notice, attempts: list[Delivery]) -> list[Line]:
    """Newest on top: what comes next, the attempts, what people did, the posting."""
    lines = [
        Line(each.at, OUTCOMES[each.outcome], f"{each.address}　{each.answer}") for each in attempts
    ]
    words = {
        "notice.cancelled": Text("已撤回", "Cancelled"),
        "notice.retried": Text("要求重新发送", "Asked to be sent again"),
    }
    lines += [
        Line(event.at, words[event.verb], event.actor)
        for event in trail.of(notice)
        if event.verb in words
    ]
    if notice.delivered_at:
        lines.append(Line(notice.delivered_at, Text("对方确认收到", "The addressee has it")))
    lines.append(Line(notice.created_at, Text("写入待发", "Posted")))
    lines.sort(key=lambda line: line.at or notice.created_at, reverse=True)
    soft = notice.state == NoticeState.BOUNCED and notice.bounce == "soft"
    if (notice.state == NoticeState.QUEUED or (soft and not notice.repair_id)) and (
        not notice.paused
    ):
        lines.insert(0, Line(notice.due_at, Text("下一次发送", "Next attempt"), kind="next"))
    return lines


def acts_on(notice: Notice) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = []
    if may_retry(notice) and standing_against(notice.address) is None:
        acts.append(
            {
                "label": _("Try again now"),
                "act": _("Send again"),
                "url": url_for("notices.retry", notice_id=notice.id),
                "method": "post",
                "why": _("To the same address: %(address)s", address=notice.address),
            }
        )
    if notice.state in {NoticeState.QUEUED, NoticeState.PAPER, NoticeState.SUPPRESSED}:
        acts.append(
            {
                "label": _("Take it back before it goes out"),
                "act": _("Cancel the notice"),
                "url": url_for("notices.cancel", notice_id=notice.id),
                "method": "post",
                "grave": True,
                "confirm": _(
                    "%(name)s will not get this notice. It cannot be undone.",
                    name=notice.recipient_name,
                ),
            }
        )
    return acts


def door(kind: str | None, ident: int | None) -> str:
    """The page of what a notice is about; empty where there is none."""
    endpoint, name = DOORS.get(kind or "", ("", ""))
    if ident is None or endpoint not in current_app.view_functions:
        return ""
    values: dict[str, Any] = {name: ident}
    return url_for(endpoint, **values)


def whose(recipient: str) -> tuple[str, int | None]:
    kind, _colon, ident = recipient.partition(":")
    return kind, int(ident) if ident.isdecimal() else None
